package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.spi.AlertCodes;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.OpaqueKeys;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a client thinks of a server's certificate, by OpenSSL's names. */
public abstract class CertificateContract extends ProviderContract {
  private static final int CERTIFICATE_EXPIRED = 45;
  private static final int UNKNOWN_CA = 48;

  @Rule("5.1")
  @EachVersion
  void chainByAnIntermediateIsAuthorized(ProtocolVersion version) {
    TestIdentity leaf = Identities.root().authority("an intermediate").leaf(Identities.localhost());
    Connection connection = bench().connection(server(version, leaf).build(), client(version));
    assertTrue(connection.client().socket().authorized());
    assertEquals(2, connection.client().socket().peerCertificate().orElseThrow().chain().size());
  }

  @Rule("5.1")
  @EachVersion
  void selfSignedServerIsAuthorizedIfItIsTrusted(ProtocolVersion version) {
    TestIdentity lone = Identities.pki().selfSigned(Identities.localhost());
    ConnectOptions.Builder client =
        ConnectOptions.builder()
            .servername("localhost")
            .context(c -> c.ca(lone.certificate()).minVersion(version).maxVersion(version));
    assertTrue(
        bench().connection(server(version, lone).build(), client).client().socket().authorized());
  }

  @Rule("5.2")
  @EachVersion
  void expired(ProtocolVersion version) {
    assertVerdict(version, leaf(Identities.localhost().expired()), ErrorCode.CERT_HAS_EXPIRED);
  }

  @Rule("5.2")
  @EachVersion
  void notYetValid(ProtocolVersion version) {
    assertVerdict(
        version, leaf(Identities.localhost().notYetValid()), ErrorCode.CERT_NOT_YET_VALID);
  }

  @Rule("5.2")
  @EachVersion
  void selfSigned(ProtocolVersion version) {
    assertVerdict(
        version,
        Identities.pki().selfSigned(Identities.localhost()),
        ErrorCode.DEPTH_ZERO_SELF_SIGNED_CERT);
  }

  @Rule("5.2")
  @EachVersion
  void unknownAuthority(ProtocolVersion version) {
    assertVerdict(
        version,
        Identities.stranger().leaf(Identities.localhost()),
        ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE);
  }

  @Rule("5.2")
  @EachVersion
  void unknownAuthorityWhoseRootIsShown(ProtocolVersion version) {
    TestAuthority stranger = Identities.stranger();
    TestIdentity leaf = stranger.leaf(Identities.localhost());
    ServerOptions server =
        ServerOptions.builder()
            .context(
                c ->
                    c.key(leaf.key())
                        .cert(joined(leaf.certificate(), stranger.certificate()))
                        .minVersion(version)
                        .maxVersion(version))
            .build();
    assertVerdict(version, server, ErrorCode.SELF_SIGNED_CERT_IN_CHAIN);
  }

  private static Pem joined(Pem first, Pem second) {
    byte[] a = first.bytes();
    byte[] b = second.bytes();
    byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return Pem.of(both);
  }

  @Rule("5.2")
  @EachVersion
  void missingIntermediate(ProtocolVersion version) {
    TestIdentity leaf = Identities.root().authority("an intermediate").leaf(Identities.localhost());
    ServerOptions server =
        ServerOptions.builder()
            .context(
                c ->
                    c.key(leaf.key())
                        .cert(leaf.certificate())
                        .minVersion(version)
                        .maxVersion(version))
            .build();
    assertVerdict(version, server, ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE);
  }

  @Rule("5.2")
  @EachVersion
  void certificateOfAClient(ProtocolVersion version) {
    assertVerdict(
        version,
        leaf(CertificateSpec.client("localhost").dns("localhost")),
        ErrorCode.INVALID_PURPOSE);
  }

  @Rule("5.3")
  @EachVersion
  void wrongHost(ProtocolVersion version) {
    assertVerdict(
        version, Identities.server("elsewhere.example"), ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID);
  }

  @Rule("5.3")
  @EachVersion
  void hostThatIsAnAddressIsLookedUpAmongTheAddresses(ProtocolVersion version) {
    ConnectOptions.Builder byAddress =
        ConnectOptions.builder()
            .context(c -> c.ca(Identities.ca()).minVersion(version).maxVersion(version));
    Connection connection = bench().connection(server(version).build(), byAddress);
    assertTrue(connection.client().socket().authorized());
    assertEquals(Optional.empty(), connection.server().socket().servername());
  }

  @Rule("5.4")
  @EachVersion
  void ownCheckOfTheHostReplacesTheRules(ProtocolVersion version) {
    AtomicReference<String> asked = new AtomicReference<>();
    Connection connection =
        bench()
            .connection(
                server(version, Identities.server("elsewhere.example")).build(),
                client(version)
                    .checkServerIdentity(
                        (host, certificate) -> {
                          asked.set(host + " " + certificate.subject().first("CN").orElse(""));
                          return Optional.empty();
                        }));
    assertTrue(connection.client().socket().authorized());
    assertEquals("localhost elsewhere.example", asked.get());
  }

  @Rule("5.4")
  @EachVersion
  void ownCheckOfTheHostMayRefuse(ProtocolVersion version) {
    AuthorizationError pinned =
        new AuthorizationError(ErrorCode.CERT_UNTRUSTED, "not the pinned one", 0);
    ServerCapture server = bench().listen(server(version).build());
    Capture client =
        bench()
            .connect(
                server.port(),
                client(version).checkServerIdentity((host, certificate) -> Optional.of(pinned)));
    assertEquals(ErrorCode.CERT_UNTRUSTED, client.awaitError().code());
    assertServerGetsNothing(server);
  }

  @Rule("5.8")
  @EachVersion
  void rejectedServerIsToldByAnAlert(ProtocolVersion version) {
    ServerCapture server =
        bench().listen(server(version, leaf(Identities.localhost().expired())).build());
    Capture client = bench().connect(server.port(), client(version));
    assertEquals(ErrorCode.CERT_HAS_EXPIRED, client.awaitError().code());
    RefusalAlerts.assertAlert(bench(), CERTIFICATE_EXPIRED, server.nextClientError().error());
  }

  @Rule("5.8")
  @Requires(Capability.ALERT_CHOICE)
  @EachVersion
  void alertIsTheOneThatFits(ProtocolVersion version) {
    demand(Capability.ALERT_CHOICE);
    TestIdentity old = leaf(Identities.localhost().expired());
    TestIdentity strange = Identities.stranger().leaf(Identities.localhost());
    Map.of(old, CERTIFICATE_EXPIRED, strange, UNKNOWN_CA)
        .forEach(
            (identity, alert) -> {
              ServerCapture server = bench().listen(server(version, identity).build());
              bench().connect(server.port(), client(version)).awaitError();
              assertEquals(AlertCodes.code(alert), server.nextClientError().error().code());
            });
  }

  @Rule("5.8")
  @Test
  void alertOfTls12IsTheLastThatAClientSends() {
    TestIdentity old = leaf(Identities.localhost().expired());
    Joined joined =
        bench()
            .pairs(
                SocketOptions.builder()
                    .servername("localhost")
                    .rejectUnauthorized(true)
                    .context(c -> c.ca(Identities.ca()).maxVersion(ProtocolVersion.TLS_1_2))
                    .build(),
                SocketOptions.builder()
                    .isServer(true)
                    .context(c -> c.key(old.key()).cert(old.chain()))
                    .build());
    Wire wire = joined.join();
    joined.client().awaitClose();
    joined.server().awaitError();
    RefusalAlerts.assertLastRecord(bench(), CERTIFICATE_EXPIRED, wire.sentByFirst().bytes());
  }

  @Rule("5.9")
  @EachVersion
  void strictNamesTakeNoCommonName(ProtocolVersion version) {
    CertificateSpec unnamed =
        CertificateSpec.of("local.host.example").usage(CertificateSpec.Usage.SERVER);
    ServerOptions commonName = server(version, leaf(unnamed)).build();
    ConnectOptions.Builder named = client(version).servername("local.host.example");
    assertTrue(bench().connection(commonName, named).client().socket().authorized());
    Capture strict = bench().connect(bench().listen(commonName).port(), named.strictNames(true));
    assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, strict.awaitError().code());
    ServerOptions whole = server(version, Identities.server("local.host.example")).build();
    assertTrue(bench().connection(whole, named).client().socket().authorized());
  }

  @Rule("5.10")
  @EachVersion
  void rootsOfTheBuilderAreTrustedWhereNoneAreGiven(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    Pem stranger = Identities.stranger().certificate();
    for (Tls trusting :
        List.of(
            bench().tls(builder -> builder.defaultCa(Identities.ca())),
            bench().tls(builder -> builder.extraCa(Identities.ca())))) {
      assertTrue(secure(trusting, server, version, c -> {}));
      assertTrue(secure(trusting, server, version, c -> c.ca(stranger).addDefaultRoots(true)));
      assertFalse(secure(trusting, server, version, c -> c.ca(stranger)));
      assertFalse(secure(trusting, server, version, c -> c.ca()));
    }
    assertFalse(secure(bench().tls(), server, version, c -> {}));
  }

  @Rule("5.11")
  @EachVersion
  void certificateOfARejectedServerStandsInTheError(ProtocolVersion version) {
    TestIdentity old = leaf(Identities.localhost().expired());
    ServerCapture server = bench().listen(server(version, old).build());
    Capture client = bench().connect(server.port(), client(version));
    RefusalAlerts.assertTold(ErrorCode.CERT_HAS_EXPIRED, old, client.awaitError(), client.socket());
    assertServerGetsNothing(server);
  }

  @Rule("5.12")
  @EachVersion
  void loneCertificateIsFollowedByItsIssuersInCa(ProtocolVersion version) {
    TestAuthority middle = Identities.root().authority("an intermediate");
    TestIdentity leaf = middle.leaf(Identities.localhost());
    List<X509Certificate> whole =
        List.of(leaf.x509(), middle.identity().x509(), Identities.root().identity().x509());
    assertServed(whole, version, leaf, leaf.certificate(), middle);
    assertServed(whole.subList(0, 2), version, leaf, leaf.chain(), middle);
  }

  private void assertServed(
      List<X509Certificate> expected,
      ProtocolVersion version,
      TestIdentity leaf,
      Pem cert,
      TestAuthority middle) {
    ServerOptions.Builder server =
        ServerOptions.builder()
            .context(
                c ->
                    c.key(leaf.key())
                        .cert(cert)
                        .ca(Identities.ca(), middle.certificate())
                        .minVersion(version)
                        .maxVersion(version));
    TLSSocket seen = bench().connection(server.build(), client(version)).client().socket();
    assertTrue(seen.authorized());
    assertEquals(expected, seen.peerCertificate().orElseThrow().chain());
  }

  private boolean secure(
      Tls tls,
      ServerCapture server,
      ProtocolVersion version,
      Consumer<SecureContextOptions.Builder> trust) {
    TLSSocket socket =
        tls.connect(
            ConnectOptions.builder()
                .host("127.0.0.1")
                .port(server.port())
                .servername("localhost")
                .rejectUnauthorized(false)
                .context(trust)
                .context(c -> c.minVersion(version).maxVersion(version))
                .build());
    Patience.await(socket.secured(), "secured()");
    boolean authorized = socket.authorized();
    socket.destroy();
    return authorized;
  }

  @Rule("5.5")
  @EachVersion
  void keyBelowTheClientsSecurityLevelIsRefused(ProtocolVersion version) {
    ServerCapture server =
        bench()
            .listen(server(version, Identities.server(KeyKind.RSA_2048)).build(), Capture::collect);
    ConnectOptions.Builder demanding =
        ConnectOptions.builder()
            .servername("localhost")
            .context(
                c ->
                    c.ca(Identities.ca())
                        .ciphers("ECDHE+AESGCM:@SECLEVEL=3")
                        .minVersion(version)
                        .maxVersion(version));
    TlsException error = bench().connect(server.port(), demanding).awaitError();
    assertEquals(ErrorCode.EE_KEY_TOO_SMALL, error.code(), error::toString);
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("2048 bits") && message.contains("level 3"), message);
    Connection fine =
        bench()
            .connection(
                server(version, Identities.server(KeyKind.RSA_2048)).build(), client(version));
    assertTrue(fine.client().socket().authorized());
  }

  @Rule("5.6")
  @Test
  void keyBelowTheContextsOwnSecurityLevelIsRefused() {
    TestIdentity identity = Identities.server(KeyKind.RSA_2048);
    SecureContextOptions options =
        SecureContextOptions.builder()
            .key(identity.key())
            .cert(identity.chain())
            .ciphers("ECDHE+AESGCM:@SECLEVEL=3")
            .build();
    Tls tls = bench().tls();
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> tls.createSecureContext(options));
    assertEquals(ErrorCode.ERR_SSL_EE_KEY_TOO_SMALL, refused.code(), refused::toString);
    tls.createSecureContext(options.toBuilder().ciphers("ECDHE+AESGCM").build());
  }

  @Rule("5.7")
  @EachVersion
  void everyKindOfKeyIsShownOrRefusedByName(ProtocolVersion version) {
    for (KeyKind kind : KeyKind.values()) {
      TestIdentity identity = Identities.server(kind);
      try {
        bench()
            .tls()
            .createSecureContext(
                SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build());
      } catch (TlsException refused) {
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(bench().tls().provider().name()), message);
        continue;
      }
      Connection connection =
          bench().connection(server(version, identity).build(), client(version));
      assertTrue(connection.client().socket().authorized(), kind::name);
    }
  }

  @Rule("5.14")
  @Requires(Capability.OPAQUE_KEYS)
  @EachVersion
  void keyOfADeviceSigns(ProtocolVersion version) {
    for (KeyKind kind : List.of(KeyKind.EC_P256, KeyKind.RSA_2048)) {
      TestIdentity identity = Identities.server(kind);
      ServerOptions.Builder options =
          ServerOptions.builder()
              .context(
                  c ->
                      c.keyEntry(OpaqueKeys.handle(identity), List.of(identity.x509()))
                          .minVersion(version)
                          .maxVersion(version));
      int signatures =
          OpaqueKeys.signaturesOf(
              () -> {
                Connection connection = bench().connection(options.build(), client(version));
                assertTrue(connection.client().socket().authorized(), kind::name);
              });
      assertTrue(signatures > 0, kind::name);
    }
  }

  @Rule("5.15")
  @Requires(Capability.ED25519)
  @EachVersion
  void ed25519IsShownByBothSides(ProtocolVersion version) {
    TestIdentity server = Identities.server(KeyKind.ED25519);
    TestIdentity client =
        Identities.root().leaf(CertificateSpec.client("a client").key(KeyKind.ED25519));
    Connection connection =
        bench()
            .connection(
                server(version, server)
                    .context(c -> c.ca(Identities.ca()))
                    .requestCert(true)
                    .build(),
                client(version).context(c -> c.key(client.key()).cert(client.chain())));
    assertTrue(connection.client().socket().authorized());
    assertTrue(connection.server().socket().authorized());
  }

  private static TestIdentity leaf(CertificateSpec spec) {
    return Identities.root().leaf(spec);
  }

  @Rule("5.13")
  @EachVersion
  void serverWithoutACertificateRefusesItsClients(ProtocolVersion version) {
    ServerOptions none =
        ServerOptions.builder().context(c -> c.minVersion(version).maxVersion(version)).build();
    ServerCapture server = bench().listen(none);
    for (int attempt = 0; attempt < 2; attempt++) {
      Capture client = bench().connect(server.port(), client(version));
      assertEquals(ErrorCode.ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE, client.awaitError().code());
      assertEquals(ErrorCode.ERR_SSL_NO_SHARED_CIPHER, server.nextClientError().error().code());
    }
    assertEquals(0, server.secureConnections());
  }

  private void assertVerdict(ProtocolVersion version, TestIdentity identity, ErrorCode code) {
    assertVerdict(version, server(version, identity).build(), code);
  }

  private void assertVerdict(ProtocolVersion version, ServerOptions options, ErrorCode code) {
    assertRejected(version, options, code);
    assertTolerated(version, options, code);
  }

  private void assertRejected(ProtocolVersion version, ServerOptions options, ErrorCode code) {
    ServerCapture server = bench().listen(options, Capture::collect);
    Capture client = bench().connect(server.port(), client(version));
    client.socket().write("nobody may read this");
    TlsException error = client.awaitError();
    assertEquals(code, error.code(), error::toString);
    assertTrue(error instanceof HandshakeException, error::toString);
    assertEquals(
        Optional.of(code),
        ((HandshakeException) error).authorizationError().map(AuthorizationError::code));
    assertEquals(code, Patience.awaitFailure(client.socket().secured(), "secured()").code());
    client.awaitClose();
    assertEquals(0, client.count("secureConnect"));
    assertServerGetsNothing(server);
  }

  private static void assertServerGetsNothing(ServerCapture server) {
    server.nextClientError();
    assertEquals(0, server.secureConnections());
  }

  private void assertTolerated(ProtocolVersion version, ServerOptions options, ErrorCode code) {
    Connection connection = bench().connection(options, client(version).rejectUnauthorized(false));
    assertFalse(connection.client().socket().authorized());
    assertEquals(
        Optional.of(code),
        connection.client().socket().authorizationError().map(AuthorizationError::code));
    assertTrue(connection.client().socket().peerCertificate().isPresent());
  }
}
