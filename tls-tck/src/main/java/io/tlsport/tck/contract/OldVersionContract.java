package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.RawHello;
import io.tlsport.tck.fixture.RawPeer;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Versions before TLS 1.2: only by name, and never by somebody between the two sides. */
public abstract class OldVersionContract extends ProviderContract {
  private static final List<ProtocolVersion> OLD =
      List.of(ProtocolVersion.TLS_1_0, ProtocolVersion.TLS_1_1);
  private static final String CIPHERS = "DEFAULT@SECLEVEL=0";

  private static final int SSL_3 = 0x0300;
  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;
  private static final int ILLEGAL_PARAMETER = 47;

  /** Where the end of the random stands in the first record of a server. */
  private static final int MARK = 5 + 4 + 2 + 24;

  private static final byte[] TALKED_DOWN_TO_1_2 = mark(1);
  private static final byte[] TALKED_DOWN_FURTHER = mark(0);

  private static byte[] mark(int last) {
    byte[] mark = Arrays.copyOf("DOWNGRD".getBytes(StandardCharsets.US_ASCII), 8);
    mark[7] = (byte) last;
    return mark;
  }

  private static ServerOptions.Builder oldServer(ProtocolVersion version, KeyKind key) {
    return server(version, Identities.server(key)).context(c -> c.ciphers(CIPHERS));
  }

  private static ConnectOptions.Builder oldClient(ProtocolVersion version) {
    return client(version).context(c -> c.ciphers(CIPHERS));
  }

  // --- by name

  @Rule("16.4")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  @Timeout(60)
  void oldVersionsCarryBulkBothWays() {
    Payload payload = Payload.of(bench().bulk(1024 * 1024));
    for (ProtocolVersion version : OLD) {
      Connection connection =
          bench()
              .connection(
                  oldServer(version, KeyKind.RSA_2048).build(),
                  oldClient(version),
                  server -> server.socket().pipeTo(server.socket()));
      Capture client = connection.client().collect();
      assertEquals(Optional.of(version), client.socket().protocol());
      assertEquals(Optional.of(version), connection.server().socket().protocol());
      client.socket().write(payload.bytes());
      assertEquals(payload.sha256(), client.awaitBulk(payload.size()).sha256());
      client.socket().end();
      client.awaitEnd();
      client.awaitClose();
      assertTrue(client.socket().closedCleanly());
      assertEquals(List.of(), client.errors());
    }
  }

  @Rule("16.4")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  void oldVersionsHaveTheirSuitesForEachKey() {
    for (ProtocolVersion version : OLD) {
      assertSuite("ECDHE-RSA-AES128-SHA", version, KeyKind.RSA_2048);
      assertSuite("DHE-RSA-AES256-SHA", version, KeyKind.RSA_2048);
      assertSuite("AES128-SHA", version, KeyKind.RSA_2048);
      assertSuite("ECDHE-ECDSA-AES256-SHA", version, KeyKind.EC_P256);
    }
  }

  private void assertSuite(String suite, ProtocolVersion version, KeyKind key) {
    ServerOptions.Builder server =
        server(version, Identities.server(key))
            .context(c -> c.ciphers("ECDHE+AESGCM:" + suite + "@SECLEVEL=0"));
    Connection connection = bench().connection(server.build(), oldClient(version));
    assertEquals(suite, connection.client().socket().cipher().orElseThrow().name());
    assertEquals(suite, connection.server().socket().cipher().orElseThrow().name());
  }

  @Rule("16.4")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  void oldVersionsJudgeClients() {
    TestIdentity identity = Identities.client();
    for (ProtocolVersion version : OLD) {
      ServerOptions server =
          oldServer(version, KeyKind.RSA_2048)
              .requestCert(true)
              .rejectUnauthorized(true)
              .context(c -> c.ca(Identities.ca()))
              .build();
      Connection connection =
          bench()
              .connection(
                  server,
                  oldClient(version).context(c -> c.key(identity.key()).cert(identity.chain())));
      assertTrue(connection.server().socket().authorized());
      Capture stranger = bench().connect(connection.listener().port(), oldClient(version));
      stranger.awaitError();
      assertEquals(
          ErrorCode.ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE,
          connection.listener().nextClientError().error().code());
    }
  }

  @Rule("16.4")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  void methodOfAnOldVersionIsThatVersionAlone() {
    for (String method : List.of("TLSv1_method", "TLSv1_server_method", "TLSv1_client_method")) {
      assertMethod(method, ProtocolVersion.TLS_1_0);
    }
    for (String method : List.of("TLSv1_1_method", "TLSv1_1_server_method")) {
      assertMethod(method, ProtocolVersion.TLS_1_1);
    }
  }

  private void assertMethod(String method, ProtocolVersion version) {
    ServerOptions server =
        server(Identities.server()).context(c -> c.secureProtocol(method).ciphers(CIPHERS)).build();
    ConnectOptions.Builder client =
        client().context(c -> c.minVersion(ProtocolVersion.TLS_1_0).ciphers(CIPHERS));
    Connection connection = bench().connection(server, client);
    assertEquals(Optional.of(version), connection.client().socket().protocol(), method);
  }

  @Rule("16.4")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  void serverOfARangeSpeaksTheNewestOfEachClient() {
    ServerOptions range =
        server(Identities.server())
            .context(c -> c.minVersion(ProtocolVersion.TLS_1_0).ciphers(CIPHERS))
            .build();
    ServerCapture server = bench().listen(range);
    for (ProtocolVersion version : ProtocolVersion.values()) {
      ConnectOptions.Builder client =
          client()
              .context(
                  c -> c.minVersion(ProtocolVersion.TLS_1_0).maxVersion(version).ciphers(CIPHERS));
      TLSSocket socket = bench().connect(server.port(), client).awaitSecure();
      assertEquals(Optional.of(version), socket.protocol());
    }
  }

  @Rule("16.4")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  void refusesOldVersionsAboveSecurityLevelZero() {
    tls()
        .createSecureContext(
            SecureContextOptions.builder()
                .minVersion(ProtocolVersion.TLS_1_0)
                .ciphers(CIPHERS)
                .build());
    for (String ciphers : List.of("DEFAULT", "DEFAULT@SECLEVEL=1", "HIGH@SECLEVEL=2")) {
      assertNotSigned(SecureContextOptions.builder().ciphers(ciphers));
    }
    assertNotSigned(SecureContextOptions.builder());
  }

  private void assertNotSigned(SecureContextOptions.Builder options) {
    for (ProtocolVersion version : OLD) {
      SecureContextOptions old = options.minVersion(version).build();
      ConfigurationException refused =
          assertThrows(ConfigurationException.class, () -> tls().createSecureContext(old));
      assertEquals(ErrorCode.ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM, refused.code());
    }
  }

  @Rule("16.4")
  @Test
  void oldVersionsAreNeverSpokenByDefault() {
    ServerCapture server = bench().listen(server(Identities.server(KeyKind.RSA_2048)).build());
    for (ProtocolVersion version : OLD) {
      assertTold(PROTOCOL_VERSION, server, version.code());
    }
  }

  @Rule("16.5")
  @Test
  void clientsOfSsl3AreRefused() {
    assertTold(
        PROTOCOL_VERSION,
        bench().listen(server(Identities.server(KeyKind.RSA_2048)).build()),
        SSL_3);
  }

  @Rule("16.5")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  void clientsOfSsl3AreRefusedBesideOldVersions() {
    ServerOptions old =
        server(Identities.server(KeyKind.RSA_2048))
            .context(c -> c.minVersion(ProtocolVersion.TLS_1_0).ciphers(CIPHERS))
            .build();
    assertTold(PROTOCOL_VERSION, bench().listen(old), SSL_3);
  }

  private void assertTold(int alert, ServerCapture server, int version) {
    RawPeer peer = bench().keep(RawPeer.connect(server.port()));
    peer.send(RawHello.ofVersion(version));
    byte[] answer = peer.readAll();
    assertEquals(7, answer.length, "one alert");
    assertEquals(ALERT, answer[0]);
    assertEquals(alert, answer[6]);
    assertEquals(ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL, server.nextClientError().error().code());
    assertEquals(0, server.secureConnections());
  }

  @Rule("16.5")
  @Test
  void refusesTheMethodOfSsl3() {
    for (String method :
        List.of("SSLv3_method", "SSLv3_client_method", "SSLv3_server_method", "SSLv2_method")) {
      SecureContextOptions options =
          SecureContextOptions.builder().secureProtocol(method).ciphers(CIPHERS).build();
      ConfigurationException refused =
          assertThrows(ConfigurationException.class, () -> tls().createSecureContext(options));
      assertEquals(ErrorCode.ERR_TLS_INVALID_PROTOCOL_METHOD, refused.code());
    }
  }

  // --- talked down

  private byte[] markOfServer(SocketOptions client, SocketOptions server) {
    var joined = bench().pairs(client, server);
    Wire wire = joined.join();
    joined.client().awaitSecure();
    return Arrays.copyOfRange(wire.sentBySecond().bytes(), MARK, MARK + 8);
  }

  private static SocketOptions pairOfRange(ProtocolVersion oldest, ProtocolVersion newest) {
    SocketOptions.Builder server = serverPair(oldest).context(c -> c.maxVersion(newest));
    boolean old = oldest.compareTo(ProtocolVersion.TLS_1_2) < 0;
    return (old ? server.context(c -> c.ciphers(CIPHERS)) : server).build();
  }

  private static SocketOptions oldClientPair(ProtocolVersion version) {
    return clientPair(version).context(c -> c.ciphers(CIPHERS)).build();
  }

  @Rule("16.6")
  @Test
  void serverThatCouldDoBetterMarksItsRandom() {
    ProtocolVersion tls12 = ProtocolVersion.TLS_1_2;
    assertArrayEquals(
        TALKED_DOWN_TO_1_2,
        markOfServer(clientPair(tls12).build(), pairOfRange(tls12, ProtocolVersion.TLS_1_3)));
    assertFalse(
        Arrays.equals(
            TALKED_DOWN_TO_1_2,
            markOfServer(clientPair(tls12).build(), pairOfRange(tls12, tls12))));
  }

  @Rule("16.6")
  @Test
  @Requires(Capability.LEGACY_PROTOCOLS)
  void serverThatCouldDoBetterMarksItsRandomInOldVersions() {
    for (ProtocolVersion version : OLD) {
      for (ProtocolVersion newest : List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)) {
        assertArrayEquals(
            TALKED_DOWN_FURTHER,
            markOfServer(oldClientPair(version), pairOfRange(ProtocolVersion.TLS_1_0, newest)),
            () -> version + " of a server that has " + newest);
      }
    }
  }

  @Rule("16.6")
  @Test
  void clientThatIsTalkedDownRefuses() {
    SocketOptions client =
        clientPair(ProtocolVersion.TLS_1_2)
            .context(c -> c.maxVersion(ProtocolVersion.TLS_1_3))
            .build();
    var joined =
        bench().pairs(client, pairOfRange(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3));
    Wire wire =
        Wire.changing(
            joined.clientPair().encrypted(),
            joined.serverPair().encrypted(),
            HelloBytes::withoutSupportedVersions);
    joined.client().awaitError();
    joined.client().awaitClose();
    assertEquals(0, joined.client().count("secureConnect"));
    byte[] sent = wire.sentByFirst().bytes();
    byte[] last = Arrays.copyOfRange(sent, sent.length - 7, sent.length);
    assertEquals(ALERT, last[0]);
    assertEquals(ILLEGAL_PARAMETER, last[6]);
    assertNotEquals(0, wire.sentBySecond().count(), "the server has answered");
  }
}
