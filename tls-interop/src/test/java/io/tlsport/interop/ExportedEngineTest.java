package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.ProtocolVersion;
import io.tlsport.ReloadableContext;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.testpki.TestIdentity;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines of a secure context, moved by hand: our policy and verdicts on every provider. */
@Timeout(60)
class ExportedEngineTest {
  private static final int WHOLE = Integer.MAX_VALUE;

  static List<String> providers() {
    return List.of("jdk", "conscrypt", "bcjsse", "bctls");
  }

  static List<Arguments> versions() {
    return providers().stream()
        .flatMap(
            provider ->
                List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3).stream()
                    .map(version -> Arguments.of(provider, version)))
        .toList();
  }

  private static SecureContext context(
      Tls tls, ProtocolVersion version, Consumer<SecureContextOptions.Builder> more) {
    TestIdentity identity = Identities.server();
    SecureContextOptions.Builder options =
        SecureContextOptions.builder()
            .key(identity.key())
            .cert(identity.chain())
            .ca(Identities.ca())
            .minVersion(version)
            .maxVersion(version);
    more.accept(options);
    return tls.createSecureContext(options.build());
  }

  private static SocketOptions.Builder client() {
    return SocketOptions.builder().servername("localhost").rejectUnauthorized(true);
  }

  private static SocketOptions.Builder server() {
    return SocketOptions.builder().isServer(true);
  }

  private static TlsException failure(EngineSide one, EngineSide other) {
    SSLException thrown = assertThrows(SSLException.class, () -> EngineSide.run(one, other, WHOLE));
    return assertInstanceOf(TlsException.class, thrown.getCause(), thrown::toString);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("versions")
  void twoEnginesTalkAndEnd(String provider, ProtocolVersion version) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, version, c -> {});
      EngineSide client =
          new EngineSide(context.newEngine(client().alpnProtocols("b", "a").build()));
      EngineSide server =
          new EngineSide(context.newEngine(server().alpnProtocols("a", "b").build()));
      byte[] bulk = new byte[200_000];
      Arrays.fill(bulk, (byte) 'x');
      client.say(bulk);
      server.say("welcome".getBytes(StandardCharsets.US_ASCII));
      EngineSide.run(client, server, WHOLE);

      assertArrayEquals(bulk, server.heard());
      assertEquals("welcome", client.heardText());
      assertEquals(1, client.finished, "the client is told the end of the handshake");
      assertEquals(1, server.finished, "the server is told the end of the handshake");
      assertTrue(client.tasks > 0 && server.tasks > 0, "handshakes are tasks");
      assertEquals("a", client.engine.getApplicationProtocol());
      assertEquals("a", server.engine.getApplicationProtocol());
      assertEquals(version.id(), client.engine.getSession().getProtocol());
      assertTrue(client.engine.getSession().getCipherSuite().startsWith("TLS_"));
      assertEquals(Identities.server().x509(), client.engine.getSession().getPeerCertificates()[0]);
      assertThrows(
          SSLPeerUnverifiedException.class, () -> server.engine.getSession().getPeerPrincipal());
      assertEquals(HandshakeStatus.NOT_HANDSHAKING, client.engine.getHandshakeStatus());

      client.engine.closeOutbound();
      EngineSide.run(client, server, WHOLE);
      assertTrue(server.engine.isInboundDone(), "the server knows the end");
      assertTrue(client.engine.isOutboundDone());
      assertTrue(server.engine.isOutboundDone(), "the end of one side is answered");
      assertTrue(server.ends.contains(Status.CLOSED));
      server.engine.closeInbound();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void recordsMayComeInPieces(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, ProtocolVersion.TLS_1_3, c -> {});
      EngineSide client = new EngineSide(context.newEngine(client().build()));
      EngineSide server = new EngineSide(context.newEngine(server().build()));
      client.say("in pieces".getBytes(StandardCharsets.US_ASCII));
      EngineSide.run(client, server, 7);
      assertEquals("in pieces", server.heardText());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("versions")
  void aServerOfAnotherNameIsRefusedWithOurCode(String provider, ProtocolVersion version) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, version, c -> {});
      EngineSide client =
          new EngineSide(context.newEngine(client().servername("other.example").build()));
      EngineSide server = new EngineSide(context.newEngine(server().build()));
      HandshakeException refused =
          assertInstanceOf(HandshakeException.class, failure(client, server));
      assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, refused.code());
      assertTrue(client.engine.isOutboundDone() && client.engine.isInboundDone());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("versions")
  void aClientThatIsNotTrustedIsRefusedByAnAlert(String provider, ProtocolVersion version)
      throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      TestIdentity stranger = Identities.strangeClient();
      SecureContext serving = context(tls, version, c -> {});
      SecureContext connecting =
          tls.createSecureContext(
              SecureContextOptions.builder()
                  .key(stranger.key())
                  .cert(stranger.chain())
                  .ca(Identities.ca())
                  .minVersion(version)
                  .maxVersion(version)
                  .build());
      EngineSide client = new EngineSide(connecting.newEngine(client().build()));
      SSLEngine made = serving.newEngine(server().build());
      made.setNeedClientAuth(true);
      EngineSide server = new EngineSide(made);
      assertInstanceOf(HandshakeException.class, failure(client, server));
      HandshakeException told = assertInstanceOf(HandshakeException.class, failure(client, server));
      assertFalse(told.getMessage().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aClientThatIsTrustedShowsItsCertificate(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      TestIdentity trusted = Identities.client();
      SecureContext connecting =
          tls.createSecureContext(
              SecureContextOptions.builder()
                  .key(trusted.key())
                  .cert(trusted.chain())
                  .ca(Identities.ca())
                  .build());
      SecureContext serving = context(tls, ProtocolVersion.TLS_1_3, c -> {});
      EngineSide client = new EngineSide(connecting.newEngine(client().build()));
      EngineSide server =
          new EngineSide(
              serving.newEngine(server().requestCert(true).rejectUnauthorized(true).build()));
      EngineSide.run(client, server, WHOLE);
      assertEquals(
          trusted.x509().getSubjectX500Principal(), server.engine.getSession().getPeerPrincipal());
      X509Certificate own = (X509Certificate) client.engine.getSession().getLocalCertificates()[0];
      assertEquals(trusted.x509(), own);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aHookThatTakesItsTimeIsATask(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, ProtocolVersion.TLS_1_3, c -> {});
      CompletableFuture<Optional<SecureContext>> answer =
          new CompletableFuture<Optional<SecureContext>>()
              .completeOnTimeout(Optional.of(context), 200, TimeUnit.MILLISECONDS);
      EngineSide client = new EngineSide(context.newEngine(client().build()));
      EngineSide server =
          new EngineSide(context.newEngine(server().sniCallback(name -> answer).build()));
      client.say("after the hook".getBytes(StandardCharsets.US_ASCII));
      EngineSide.run(client, server, WHOLE);
      assertEquals("after the hook", server.heardText());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void parametersNarrowTheContextAndNeverWidenIt(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      TestIdentity identity = Identities.server();
      SecureContext context =
          tls.createSecureContext(
              SecureContextOptions.builder()
                  .key(identity.key())
                  .cert(identity.chain())
                  .ca(Identities.ca())
                  .build());
      SSLEngine narrowed = context.newEngine(client().build());
      SSLParameters parameters = narrowed.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.2"});
      parameters.setApplicationProtocols(new String[] {"h2"});
      narrowed.setSSLParameters(parameters);
      assertThrows(
          IllegalArgumentException.class,
          () -> narrowed.setEnabledProtocols(new String[] {"SSLv3"}));
      assertThrows(
          IllegalArgumentException.class,
          () -> narrowed.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_NULL_SHA"}));
      EngineSide client = new EngineSide(narrowed);
      SSLEngine serving = context.newEngine(server().build());
      serving.setHandshakeApplicationProtocolSelector(
          (engine, offered) -> offered.contains("h2") ? "h2" : null);
      EngineSide server = new EngineSide(serving);
      EngineSide.run(client, server, WHOLE);
      assertEquals("TLSv1.2", server.engine.getSession().getProtocol());
      assertEquals("h2", client.engine.getApplicationProtocol());
      assertThrows(IllegalArgumentException.class, () -> narrowed.setUseClientMode(false));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void enginesFollowAReload(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      TestIdentity renewed = Identities.root().leaf(Identities.localhost().dns("renewed.example"));
      SecureContextOptions trust = SecureContextOptions.builder().ca(Identities.ca()).build();
      TestIdentity old = Identities.server();
      ReloadableContext context =
          tls.createReloadableContext(
              SecureContextOptions.builder().key(old.key()).cert(old.chain()).build());
      SSLEngine made = context.sslContext().createSSLEngine();
      context.replace(
          SecureContextOptions.builder().key(renewed.key()).cert(renewed.chain()).build());
      EngineSide client =
          new EngineSide(tls.createSecureContext(trust).newEngine(client().build()));
      EngineSide.run(client, new EngineSide(made), WHOLE);
      assertEquals(renewed.x509(), client.engine.getSession().getPeerCertificates()[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void whatIsAskedWronglyIsRefusedAtOnce(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, ProtocolVersion.TLS_1_3, c -> {});
      assertEquals(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          assertThrows(
                  ConfigurationException.class,
                  () -> context.newEngine(client().secureContext(context).build()))
              .code());
      SSLEngine nameless = context.sslContext().createSSLEngine();
      nameless.setUseClientMode(true);
      SSLException refused = assertThrows(SSLException.class, nameless::beginHandshake);
      assertEquals(
          ErrorCode.ERR_TLS_REQUIRED_SERVER_NAME,
          assertInstanceOf(TlsException.class, refused.getCause()).code());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anEndWithoutCloseNotifyIsNoEnd(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, ProtocolVersion.TLS_1_3, c -> {});
      EngineSide client = new EngineSide(context.newEngine(client().build()));
      EngineSide server = new EngineSide(context.newEngine(server().build()));
      EngineSide.run(client, server, WHOLE);
      SSLException cut = assertThrows(SSLException.class, client.engine::closeInbound);
      assertEquals(
          ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING,
          assertInstanceOf(TlsException.class, cut.getCause()).code());
      assertInstanceOf(SSLHandshakeException.class, cut);
    }
  }
}
