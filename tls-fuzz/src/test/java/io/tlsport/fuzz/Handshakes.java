package io.tlsport.fuzz;

import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.tck.fixture.EngineSide;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Both sides of one provider, in memory. */
final class Handshakes {

  /** Tells each failed handshake, with a stack; a logger that nobody holds forgets its level. */
  private static final Logger BC_JSSE = Logger.getLogger("org.bouncycastle.jsse");

  private static final Made CA = CertificateMaker.authority("CN=an authority").make();
  private static final Made SERVER =
      CertificateMaker.leaf("CN=localhost").hosts("localhost").issuer(CA).make();
  private static final Made CLIENT = CertificateMaker.leaf("CN=a client").issuer(CA).make();

  static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private final Map<ProtocolVersion, SecureContext> servers = new EnumMap<>(ProtocolVersion.class);
  private final Map<ProtocolVersion, SecureContext> clients = new EnumMap<>(ProtocolVersion.class);

  Handshakes(String provider) {
    BC_JSSE.setLevel(Level.OFF);
    Tls tls = Tls.builder().provider(provider).build();
    for (ProtocolVersion version : VERSIONS) {
      servers.put(version, context(tls, version, SERVER));
      clients.put(version, context(tls, version, CLIENT));
    }
  }

  private static SecureContext context(Tls tls, ProtocolVersion version, Made identity) {
    return tls.createSecureContext(
        SecureContextOptions.builder()
            .minVersion(version)
            .maxVersion(version)
            .ca(Pem.of(CA.pem()))
            .key(Pem.of(identity.keyPem()))
            .cert(Pem.of(identity.pem()))
            .build());
  }

  /** A server that asks its clients for certificates, or not. */
  EngineSide server(ProtocolVersion version, boolean asks) {
    SocketOptions.Builder options =
        SocketOptions.builder()
            .isServer(true)
            .alpnProtocols("h2", "http/1.1")
            .requestCert(asks)
            .rejectUnauthorized(asks);
    return new EngineSide(of(servers, version).newEngine(options.build()));
  }

  EngineSide client(ProtocolVersion version) {
    SocketOptions.Builder options =
        SocketOptions.builder().servername("localhost").alpnProtocols("h2", "http/1.1");
    return new EngineSide(of(clients, version).newEngine(options.build()));
  }

  private static SecureContext of(
      Map<ProtocolVersion, SecureContext> contexts, ProtocolVersion version) {
    SecureContext context = contexts.get(version);
    if (context == null) {
      throw new IllegalArgumentException(version.id());
    }
    return context;
  }

  /** What nobody has changed. */
  List<byte[]> honest(ProtocolVersion version) {
    EngineSide client = client(version);
    EngineSide server = server(version, true);
    List<byte[]> flights = EngineSide.flights(client, server, List.of(), List.of());
    if (!client.isSecure() || !server.isSecure()) {
      throw new IllegalStateException(client.failure() + " and " + server.failure());
    }
    client.end();
    server.end();
    return flights;
  }

  /** All that one side sends. */
  static byte[] sent(List<byte[]> flights, boolean byServer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = byServer ? 1 : 0; i < flights.size(); i += 2) {
      out.writeBytes(flights.get(i));
    }
    return out.toByteArray();
  }
}
