package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import java.util.Arrays;
import java.util.Optional;

/** What two providers are tried for, each as server and as client. */
enum PairFeature {
  /** A handshake that both accept, and bytes there and back. */
  ECHO("echo", Optional.empty()),
  /** The server's choice of an application protocol. */
  ALPN("alpn", Optional.of(Capability.ALPN)) {
    @Override
    void server(ServerOptions.Builder options, PairIdentities identities) {
      options.alpnProtocols("second", "first");
    }

    @Override
    void client(ConnectOptions.Builder options, PairIdentities identities) {
      options.alpnProtocols("first", "second");
    }

    @Override
    Optional<String> wrong(TLSSocket client, TLSSocket server) {
      return differs("second", client.alpnProtocol().orElse("none"))
          .or(() -> differs("second", server.alpnProtocol().orElse("none")));
    }
  },
  /** The server name that a client sends. */
  SNI("sni", Optional.of(Capability.SNI)) {
    @Override
    Optional<String> wrong(TLSSocket client, TLSSocket server) {
      return differs("localhost", server.servername().orElse("none"));
    }
  },
  /** A client that proves who it is. */
  CLIENT_CERTIFICATE("clientCertificate", Optional.of(Capability.CLIENT_CERTIFICATES)) {
    @Override
    void server(ServerOptions.Builder options, PairIdentities identities) {
      options.requestCert(true).rejectUnauthorized(true);
    }

    @Override
    void client(SecureContextOptions.Builder context, PairIdentities identities) {
      context.key(identities.clientKey()).cert(identities.clientCertificate());
    }

    @Override
    Optional<String> wrong(TLSSocket client, TLSSocket server) {
      return server.authorized()
          ? Optional.empty()
          : Optional.of("the server did not accept the client: " + server.authorizationError());
    }
  },
  /** A second connection that goes on with the session of the first. */
  RESUMPTION("sessionResumption", Optional.of(Capability.SESSION_RESUMPTION)) {
    @Override
    boolean again() {
      return true;
    }

    @Override
    Optional<String> wrong(TLSSocket client, TLSSocket server) {
      return client.sessionReused() && server.sessionReused()
          ? Optional.empty()
          : Optional.of("the second connection made a full handshake");
    }
  },
  /** Keys for other protocols, which both sides derive alike. */
  KEYING_MATERIAL("keyingMaterial", Optional.of(Capability.KEYING_MATERIAL)) {
    @Override
    Optional<String> wrong(TLSSocket client, TLSSocket server) {
      byte[] ours = client.exportKeyingMaterial(MATERIAL, LABEL, Optional.empty());
      byte[] theirs = server.exportKeyingMaterial(MATERIAL, LABEL, Optional.empty());
      return Arrays.equals(ours, theirs)
          ? Optional.empty()
          : Optional.of("the two sides export different keys");
    }
  };

  private static final int MATERIAL = 32;
  private static final String LABEL = "EXPERIMENTAL-tlsport-matrix";

  private final String word;
  private final Optional<Capability> needs;

  PairFeature(String word, Optional<Capability> needs) {
    this.word = word;
    this.needs = needs;
  }

  /** Its name in reports. */
  String word() {
    return word;
  }

  /** What both sides need for it. */
  Optional<Capability> needs() {
    return needs;
  }

  /** What a server needs for it. */
  void server(ServerOptions.Builder options, PairIdentities identities) {}

  /** What a client needs for it. */
  void client(ConnectOptions.Builder options, PairIdentities identities) {}

  /** What a client's context needs for it. */
  void client(SecureContextOptions.Builder context, PairIdentities identities) {}

  /** Whether it is about a second connection, with the session of the first. */
  boolean again() {
    return false;
  }

  /** What a connection does wrong, if anything. */
  Optional<String> wrong(TLSSocket client, TLSSocket server) {
    return Optional.empty();
  }

  private static Optional<String> differs(String expected, String actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of("expected " + expected + ", got " + actual);
  }

  /** The session that a client was given, if the feature is about one. */
  static void resume(ConnectOptions.Builder options, Optional<Session> session) {
    session.ifPresent(options::session);
  }
}
