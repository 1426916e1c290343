package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.spi.AlertCodes;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a server asks of its clients, and what it then thinks of them. */
@Requires(Capability.CLIENT_CERTIFICATES)
public abstract class ClientAuthContract extends ProviderContract {
  private static final int HANDSHAKE_FAILURE = 40;
  private static final int UNSUPPORTED_CERTIFICATE = 43;
  private static final int CERTIFICATE_EXPIRED = 45;
  private static final int UNKNOWN_CA = 48;
  private static final int CERTIFICATE_REQUIRED = 116;

  @Rule("6.1")
  @EachVersion
  void trustedClientIsAuthorized(ProtocolVersion version) {
    for (boolean reject : new boolean[] {false, true}) {
      TLSSocket seen = accepted(version, reject, client(version, Identities.client()));
      assertTrue(seen.authorized());
      assertEquals(Optional.empty(), seen.authorizationError());
      assertEquals(
          Optional.of("a client"), seen.peerCertificate().orElseThrow().subject().first("CN"));
    }
  }

  @Rule("6.1")
  @EachVersion
  void trustedClientWithAnRsaKeyIsAuthorized(ProtocolVersion version) {
    TestIdentity rsa =
        Identities.root().leaf(CertificateSpec.client("an RSA client").key(KeyKind.RSA_2048));
    assertTrue(accepted(version, true, client(version, rsa)).authorized());
  }

  @Rule("5.12")
  @EachVersion
  void clientWhoseIssuersAreInItsCaIsAuthorized(ProtocolVersion version) {
    TestAuthority middle = Identities.root().authority("an intermediate");
    TestIdentity leaf = middle.leaf(CertificateSpec.client("a client of an intermediate"));
    ConnectOptions.Builder alone =
        client(version)
            .context(c -> c.key(leaf.key()).cert(leaf.certificate()).ca(middle.certificate()));
    TLSSocket seen = accepted(version, true, alone);
    assertTrue(seen.authorized());
    assertEquals(3, seen.peerCertificate().orElseThrow().chain().size());
  }

  @Rule("6.2")
  @EachVersion
  void clientWithoutACertificateIsToleratedUnlessItIsRejected(ProtocolVersion version) {
    TLSSocket seen = accepted(version, false, client(version));
    assertUnauthorized(seen, ErrorCode.UNABLE_TO_GET_ISSUER_CERT);
    assertTrue(seen.peerCertificate().isEmpty());
    assertRejected(version, client(version), ErrorCode.ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE);
  }

  @Rule("6.3")
  @EachVersion
  void clientOfAnUnknownAuthority(ProtocolVersion version) {
    assertVerdict(version, Identities.strangeClient(), ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE);
  }

  @Rule("6.3")
  @EachVersion
  void selfSignedClient(ProtocolVersion version) {
    assertVerdict(
        version,
        Identities.pki().selfSigned(CertificateSpec.client("a lone client")),
        ErrorCode.DEPTH_ZERO_SELF_SIGNED_CERT);
  }

  @Rule("6.3")
  @EachVersion
  void expiredClient(ProtocolVersion version) {
    assertVerdict(
        version,
        Identities.root().leaf(CertificateSpec.client("an old client").expired()),
        ErrorCode.CERT_HAS_EXPIRED);
  }

  @Rule("6.3")
  @EachVersion
  void clientWithTheCertificateOfAServer(ProtocolVersion version) {
    assertVerdict(version, Identities.server(), ErrorCode.INVALID_PURPOSE);
  }

  @Rule("6.4")
  @EachVersion
  void rejectUnauthorizedMeansNothingWithoutRequestCert(ProtocolVersion version) {
    ServerOptions options =
        server(version)
            .context(c -> c.ca(Identities.ca()))
            .requestCert(false)
            .rejectUnauthorized(true)
            .build();
    // The capability is asked for by this second server, so that a provider without it refuses.
    bench().server(authServer(version, true));
    Connection connection = bench().connection(options, client(version, Identities.client()));
    assertFalse(connection.server().socket().authorized());
    assertTrue(connection.server().socket().peerCertificate().isEmpty());
  }

  @Rule("6.5")
  @EachVersion
  void nothingOfARejectedClientIsDelivered(ProtocolVersion version) {
    ServerCapture server = bench().listen(authServer(version, true), Capture::collect);
    Capture client = bench().connect(server.port(), client(version, Identities.strangeClient()));
    client.collect().socket().write("nobody may read this");
    server.nextClientError();
    client.awaitClose();
    assertEquals(0, server.secureConnections());
    assertEquals(1, server.clientErrors());
    assertEquals(1, client.errors().size(), client::toString);
  }

  @Rule("6.6")
  @EachVersion
  void rejectedClientIsToldByAnAlert(ProtocolVersion version) {
    TestIdentity old = Identities.root().leaf(CertificateSpec.client("an old client").expired());
    ServerCapture server = bench().listen(authServer(version, true));
    Capture client = bench().connect(server.port(), client(version, old));
    assertEquals(ErrorCode.CERT_HAS_EXPIRED, server.nextClientError().error().code());
    RefusalAlerts.assertAlert(bench(), CERTIFICATE_EXPIRED, client.awaitError());
  }

  @Rule("6.6")
  @EachVersion
  void alertTellsWhatIsWrongWithTheClient(ProtocolVersion version) {
    Map<TestIdentity, Integer> alerts =
        Map.of(
            Identities.strangeClient(), UNKNOWN_CA, Identities.server(), UNSUPPORTED_CERTIFICATE);
    alerts.forEach(
        (identity, alert) -> {
          ServerCapture server = bench().listen(authServer(version, true));
          Capture client = bench().connect(server.port(), client(version, identity));
          RefusalAlerts.assertAlert(bench(), alert, client.awaitError());
        });
  }

  @Rule("6.6")
  @EachVersion
  void rejectedClientWithoutACertificateIsToldWhereTheAlertCanBeChosen(ProtocolVersion version) {
    ServerCapture server = bench().listen(authServer(version, true));
    Capture client = bench().connect(server.port(), client(version));
    server.nextClientError();
    ErrorCode told = client.awaitError().code();
    boolean chosen = bench().tls().capabilities().supports(Capability.ALERT_CHOICE);
    int alert = version == ProtocolVersion.TLS_1_3 ? CERTIFICATE_REQUIRED : HANDSHAKE_FAILURE;
    Set<ErrorCode> allowed =
        chosen
            ? Set.of(AlertCodes.code(alert))
            : Set.of(ErrorCode.ECONNRESET, ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING);
    assertTrue(allowed.contains(told), () -> told + " is none of " + allowed);
  }

  @Rule("6.7")
  @EachVersion
  void clientErrorHasTheReasonAndTheCertificate(ProtocolVersion version) {
    TestIdentity old = Identities.root().leaf(CertificateSpec.client("an old client").expired());
    ServerCapture server = bench().listen(authServer(version, true));
    bench().connect(server.port(), client(version, old));
    ServerCapture.ClientError told = server.nextClientError();
    RefusalAlerts.assertTold(ErrorCode.CERT_HAS_EXPIRED, old, told.error(), told.socket());
    bench().connect(server.port(), client(version));
    ServerCapture.ClientError none = server.nextClientError();
    assertEquals(
        Optional.of(ErrorCode.ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE),
        none.socket().authorizationError().map(AuthorizationError::code));
    assertTrue(none.socket().peerCertificate().isEmpty());
  }

  private static ServerOptions authServer(ProtocolVersion version, boolean reject) {
    return server(version)
        .context(c -> c.ca(Identities.ca()))
        .requestCert(true)
        .rejectUnauthorized(reject)
        .build();
  }

  private static ConnectOptions.Builder client(ProtocolVersion version, TestIdentity identity) {
    return client(version).context(c -> c.key(identity.key()).cert(identity.chain()));
  }

  /** The server's side of a connection that it takes. */
  private TLSSocket accepted(
      ProtocolVersion version, boolean reject, ConnectOptions.Builder client) {
    return bench().connection(authServer(version, reject), client).server().socket();
  }

  private void assertVerdict(ProtocolVersion version, TestIdentity identity, ErrorCode code) {
    TLSSocket seen = accepted(version, false, client(version, identity));
    assertUnauthorized(seen, code);
    assertTrue(seen.peerCertificate().isPresent());
    assertRejected(version, client(version, identity), code);
  }

  private static void assertUnauthorized(TLSSocket seen, ErrorCode code) {
    assertFalse(seen.authorized());
    assertEquals(Optional.of(code), seen.authorizationError().map(AuthorizationError::code));
  }

  private void assertRejected(
      ProtocolVersion version, ConnectOptions.Builder options, ErrorCode code) {
    ServerCapture server = bench().listen(authServer(version, true));
    Capture client = bench().connect(server.port(), options);
    assertEquals(code, server.nextClientError().error().code());
    client.awaitClose();
    assertEquals(0, server.secureConnections());
  }
}
