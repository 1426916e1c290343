package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.CipherInfo;
import io.tlsport.ErrorCode;
import io.tlsport.PeerCertificate;
import io.tlsport.ProtocolVersion;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Versions, ciphers, certificates and events of a handshake. */
public abstract class HandshakeContract extends ProviderContract {
  private static final List<Suite> TLS_1_2_SUITES =
      List.of(
          suite(0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
          suite(0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
          suite(0xc02f, "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
          suite(0xc030, "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
          suite(0xcca8, "ECDHE-RSA-CHACHA20-POLY1305", "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
          suite(0xc027, "ECDHE-RSA-AES128-SHA256", "ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
          new Suite(
              0xc013, "ECDHE-RSA-AES128-SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLSv1.0"));

  private static final List<Suite> TLS_1_3_SUITES =
      List.of(
          tls13(0x1301, "TLS_AES_128_GCM_SHA256"),
          tls13(0x1302, "TLS_AES_256_GCM_SHA384"),
          tls13(0x1303, "TLS_CHACHA20_POLY1305_SHA256"));

  /**
   * The suites of TLS 1.3, those with ECDHE and an AEAD, and what stands for renegotiation_info.
   */
  private static final Set<Integer> STRONG =
      Set.of(0x1301, 0x1302, 0x1303, 0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9, 0x00ff);

  /** A suite as it is numbered on the wire, named by OpenSSL and IANA, and first to be had. */
  private record Suite(int code, String name, String standardName, String version) {
    KeyKind key() {
      return name.contains("ECDSA") ? KeyKind.EC_P256 : KeyKind.RSA_2048;
    }
  }

  private static Suite suite(int code, String name, String rest) {
    return new Suite(code, name, "TLS_" + rest, "TLSv1.2");
  }

  private static Suite tls13(int code, String name) {
    return new Suite(code, name, name, "TLSv1.3");
  }

  @Rule("1.1")
  @EachVersion
  void agreesOnTheOnlyVersionThatIsEnabled(ProtocolVersion version) {
    Connection connection = connection(version);
    assertEquals(Optional.of(version), connection.client().socket().protocol());
    assertEquals(Optional.of(version), connection.server().socket().protocol());
  }

  @Rule("1.1")
  @Requires(Capability.TLS_1_2)
  @Test
  void speaksTls12() {
    assertEquals(
        Optional.of(ProtocolVersion.TLS_1_2),
        connection(ProtocolVersion.TLS_1_2).client().socket().protocol());
  }

  @Rule("1.1")
  @Requires(Capability.TLS_1_3)
  @Test
  void speaksTls13() {
    assertEquals(
        Optional.of(ProtocolVersion.TLS_1_3),
        connection(ProtocolVersion.TLS_1_3).client().socket().protocol());
  }

  @Rule("1.14")
  @EachVersion
  void whoSetsNothingCannotBeWrong(ProtocolVersion ofServer) {
    SocketOptions client =
        SocketOptions.builder()
            .servername("localhost")
            .rejectUnauthorized(true)
            .context(c -> c.ca(Identities.ca()))
            .build();
    Workbench.Joined joined = bench().pairs(client, serverPair(ofServer).build());
    Wire wire = joined.join();
    joined.client().awaitSecure();
    byte[] hello = wire.sentByFirst().bytes();
    assertEquals(
        List.of(),
        HelloBytes.suites(hello).stream()
            .filter(suite -> !STRONG.contains(suite))
            .map(Integer::toHexString)
            .toList());
    assertEquals(List.of(0), HelloBytes.compressions(hello));
    assertEquals(0, HelloBytes.compression(wire.sentBySecond().bytes()));
  }

  @Rule("1.2")
  @Test
  void agreesOnTheHighestVersion() {
    Connection connection = bench().connection(server(Identities.server()).build(), client());
    assertEquals(Optional.of(ProtocolVersion.TLS_1_3), connection.client().socket().protocol());
    assertEquals(Optional.of(ProtocolVersion.TLS_1_3), connection.server().socket().protocol());
  }

  @Rule("1.3")
  @Test
  void refusesClientsWithoutACommonVersion() {
    ServerCapture server = bench().listen(server(ProtocolVersion.TLS_1_3).build());
    Capture client = bench().connect(server.port(), client(ProtocolVersion.TLS_1_2));
    TlsException refused = client.awaitError();
    assertEquals(ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL, server.nextClientError().error().code());
    assertEquals(ErrorCode.ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION, refused.code());
  }

  @Rule("1.4")
  @EachVersion
  void shakesHandsWithAnRsaIdentity(ProtocolVersion version) {
    assertCipherFits("RSA", version, KeyKind.RSA_2048);
  }

  @Rule("1.4")
  @EachVersion
  void shakesHandsWithAnEcIdentity(ProtocolVersion version) {
    assertCipherFits("ECDSA", version, KeyKind.EC_P256);
  }

  @Rule("1.4")
  @EachVersion
  void shakesHandsWithAnIdentityOnP384(ProtocolVersion version) {
    assertCipherFits("ECDSA", version, KeyKind.EC_P384);
  }

  private void assertCipherFits(String signature, ProtocolVersion version, KeyKind key) {
    Connection connection =
        bench().connection(server(version, Identities.server(key)).build(), client(version));
    CipherInfo cipher = connection.client().socket().cipher().orElseThrow();
    assertEquals(Optional.of(cipher), connection.server().socket().cipher());
    if (version == ProtocolVersion.TLS_1_2) {
      assertTrue(cipher.name().contains("-" + signature + "-"), cipher::toString);
      assertTrue(cipher.standardName().contains("_" + signature + "_WITH_"), cipher::toString);
    } else {
      assertEquals(cipher.name(), cipher.standardName());
      assertTrue(cipher.name().startsWith("TLS_"), cipher::toString);
    }
    assertTrue(connection.client().socket().authorized());
  }

  @Rule("1.5")
  @EachVersion
  void clientSeesTheCertificateOfTheServer(ProtocolVersion version) {
    TestIdentity identity = Identities.server();
    Connection connection = bench().connection(server(version, identity).build(), client(version));
    PeerCertificate seen = connection.client().socket().peerCertificate().orElseThrow();
    assertEquals(Optional.of("localhost"), seen.subject().first("CN"));
    assertArrayEquals(identity.der(), encoded(seen));
    assertTrue(connection.client().socket().authorized());
    assertEquals(Optional.empty(), connection.client().socket().authorizationError());
  }

  private static byte[] encoded(PeerCertificate certificate) {
    try {
      return certificate.x509().getEncoded();
    } catch (java.security.cert.CertificateEncodingException broken) {
      throw new AssertionError("the certificate has no encoding", broken);
    }
  }

  @Rule("1.6")
  @EachVersion
  void serverThatAsksForNothingSeesNothing(ProtocolVersion version) {
    Capture server = connection(version).server();
    assertFalse(server.socket().authorized());
    assertEquals(Optional.empty(), server.socket().authorizationError());
    assertTrue(server.socket().peerCertificate().isEmpty());
  }

  @Rule("1.7")
  @EachVersion
  void secureEventsComeOnce(ProtocolVersion version) {
    Connection connection = connection(version);
    // Data and an end follow, so that later messages of the handshake have been read too.
    connection.server().collect().socket().write("hello");
    connection.client().collect().awaitBytes(5);
    connection.client().socket().end();
    connection.client().awaitClose();
    connection.server().awaitClose();
    assertEquals(1, connection.client().count("secureConnect"), connection.client()::toString);
    assertEquals(1, connection.server().count("secureConnect"), connection.server()::toString);
    assertEquals(1, connection.listener().secureConnections());
    assertEquals(0, connection.listener().clientErrors());
  }

  @Rule("1.8")
  @EachVersion
  void nothingIsKnownBeforeTheHandshake(ProtocolVersion version) {
    Capture client = pairs(version).client();
    assertFalse(client.socket().secure());
    assertFalse(client.socket().authorized());
    assertEquals(Optional.empty(), client.socket().cipher());
    assertEquals(Optional.empty(), client.socket().protocol());
    assertEquals(Optional.empty(), client.socket().alpnProtocol());
    assertTrue(client.socket().peerCertificate().isEmpty());
  }

  @Rule("1.13")
  @EachVersion
  void everythingIsStillKnownAfterTheEnd(ProtocolVersion version) {
    Connection connection = connection(version);
    TLSSocket client = connection.client().socket();
    List<Object> before = told(client);
    client.destroy();
    connection.client().awaitClose();
    assertEquals(before, told(client));
    assertTrue(client.secure());
  }

  private static List<Object> told(TLSSocket socket) {
    return List.of(
        socket.protocol(),
        socket.cipher(),
        socket.authorized(),
        socket.servername(),
        socket.ephemeralKeyInfo(),
        socket.remoteAddress(),
        socket.peerCertificate().orElseThrow().fingerprint256());
  }

  @Rule("1.9")
  @EachVersion
  void plaintextIsNeverOnTheWire(ProtocolVersion version) {
    var joined = pairs(version);
    Wire wire = joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    joined.client().socket().write("a secret that the wire may not know");
    joined.server().socket().write("an answer that the wire may not know");
    joined.server().collect().awaitBytes(35);
    joined.client().collect().awaitBytes(36);
    assertNotOnTheWire(wire, "secret");
    assertNotOnTheWire(wire, "answer");
    assertTrue(wire.sentByFirst().count() > 35);
    assertTrue(wire.sentBySecond().count() > 36);
  }

  private static void assertNotOnTheWire(Wire wire, String word) {
    String forth = new String(wire.sentByFirst().bytes(), StandardCharsets.ISO_8859_1);
    String back = new String(wire.sentBySecond().bytes(), StandardCharsets.ISO_8859_1);
    assertFalse(forth.contains(word), "\"" + word + "\" is on the wire");
    assertFalse(back.contains(word), "\"" + word + "\" is on the wire");
  }

  @Rule("1.10")
  @Test
  void cipherOfTls12IsTheOneOnTheWire() {
    List<String> here = tls().getCiphers();
    for (Suite suite : TLS_1_2_SUITES) {
      if (here.contains(suite.name())) {
        assertCipher(
            ProtocolVersion.TLS_1_2, Optional.of(suite.name()), List.of(suite), suite.key());
      }
    }
    assertTrue(here.contains(TLS_1_2_SUITES.get(0).name()), here::toString);
  }

  @Rule("1.10")
  @Test
  void cipherOfTls13IsTheOneOnTheWire() {
    assertCipher(ProtocolVersion.TLS_1_3, Optional.empty(), TLS_1_3_SUITES, KeyKind.EC_P256);
  }

  private void assertCipher(
      ProtocolVersion version, Optional<String> only, List<Suite> known, KeyKind key) {
    TestIdentity identity = Identities.server(key);
    SocketOptions.Builder client = clientPair(version);
    only.ifPresent(name -> client.context(c -> c.ciphers(name)));
    var joined =
        bench()
            .pairs(
                client.build(),
                SocketOptions.builder()
                    .isServer(true)
                    .context(
                        c ->
                            c.key(identity.key())
                                .cert(identity.chain())
                                .ciphers("ALL")
                                .minVersion(version)
                                .maxVersion(version))
                    .build());
    Wire wire = joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    CipherInfo cipher = joined.client().socket().cipher().orElseThrow();
    assertEquals(Optional.of(cipher), joined.server().socket().cipher());
    int code = suiteOfServerHello(wire.sentBySecond().bytes());
    Suite seen = known.stream().filter(suite -> suite.code() == code).findFirst().orElseThrow();
    assertEquals(new CipherInfo(seen.name(), seen.standardName(), seen.version()), cipher);
    assertEquals(Optional.of(version), joined.client().socket().protocol());
    assertEquals(Optional.of(version), joined.server().socket().protocol());
  }

  /** Headers of record and message, version and random stand before the session id. */
  private static int suiteOfServerHello(byte[] sent) {
    int at = 5 + 4 + 2 + 32;
    int suite = at + 1 + (sent[at] & 0xff);
    return (sent[suite] & 0xff) << 8 | (sent[suite + 1] & 0xff);
  }

  @Rule("1.11")
  @EachVersion
  void ownCertificateIsWhatThePeerSees(ProtocolVersion version) {
    TestIdentity ours = Identities.client();
    Connection connection =
        bench()
            .connection(
                server(version).requestCert(true).context(c -> c.ca(Identities.ca())).build(),
                client(version).context(c -> c.key(ours.key()).cert(ours.chain())));
    TLSSocket client = connection.client().socket();
    TLSSocket server = connection.server().socket();
    assertArrayEquals(
        server.certificate().orElseThrow().raw(), client.peerCertificate().orElseThrow().raw());
    assertArrayEquals(
        client.certificate().orElseThrow().raw(), server.peerCertificate().orElseThrow().raw());
  }

  @Rule("1.11")
  @EachVersion
  void clientWithoutCertificateHasNone(ProtocolVersion version) {
    assertTrue(connection(version).client().socket().certificate().isEmpty());
  }

  @Rule("1.12")
  @EachVersion
  void certificateLeadsToTheTrustedRoot(ProtocolVersion version) {
    TestIdentity deep = Identities.root().authority("middle").leaf(Identities.localhost());
    Connection connection = bench().connection(server(version, deep).build(), client(version));
    PeerCertificate leaf = connection.client().socket().peerCertificate().orElseThrow();
    PeerCertificate middle = leaf.issuerCertificate().orElseThrow();
    PeerCertificate root = middle.issuerCertificate().orElseThrow();
    assertEquals(Optional.of("middle"), middle.subject().first("CN"));
    assertEquals(middle.issuer(), root.subject());
    assertSame(root, root.issuerCertificate().orElseThrow());
  }
}
