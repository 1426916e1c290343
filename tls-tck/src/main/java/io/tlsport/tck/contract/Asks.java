package io.tlsport.tck.contract;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiateOptions;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.SessionStore;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.io.Serial;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Every way of the API to ask for a capability. The switch has no default: who adds a capability
 * says here how it is asked for, or that nothing asks for it.
 */
final class Asks {
  private Asks() {}

  /**
   * One way to ask.
   *
   * @param option what the application writes
   * @param reads it asks a connection that is there, whose version is known then, or only one that
   *     is enabled
   * @param call the call that has to be refused
   */
  record Ask(String option, boolean reads, Consumer<Tls> call) {
    Ask reading() {
      return new Ask(option, true, call);
    }
  }

  static List<Ask> of(Capability capability) {
    return switch (capability) {
      case TLS_1_2 -> versionOnly(ProtocolVersion.TLS_1_2);
      case TLS_1_3 -> versionOnly(ProtocolVersion.TLS_1_3);
      case LEGACY_PROTOCOLS ->
          List.of(
              context("minVersion TLSv1", c -> c.minVersion(ProtocolVersion.TLS_1_0)),
              context("minVersion TLSv1.1", c -> c.minVersion(ProtocolVersion.TLS_1_1)),
              context("secureProtocol TLSv1_method", c -> c.secureProtocol("TLSv1_method")));
      case TLS_1_3_CIPHERS ->
          List.of(
              context("ciphers with a suite of TLS 1.3", c -> c.ciphers("TLS_AES_128_GCM_SHA256")));
      case CLIENT_CIPHER_ORDER ->
          List.of(context("honorCipherOrder false", c -> c.honorCipherOrder(false)));
      case SERVER_CIPHER_ORDER ->
          List.of(context("honorCipherOrder true", c -> c.honorCipherOrder(true)));
      case NAMED_GROUPS -> List.of(context("ecdhCurve", c -> c.ecdhCurve("prime256v1")));
      case POST_QUANTUM_GROUPS ->
          List.of(
              context("ecdhCurve X25519MLKEM768", c -> c.ecdhCurve("X25519MLKEM768")),
              context("postQuantum REQUIRE", c -> c.postQuantum(PostQuantum.REQUIRE)));
      case DHE ->
          List.of(
              context("dhparam", c -> c.dhparam(Pem.of("parameters"))),
              context("dhparam auto", SecureContextOptions.Builder::dhparamAuto),
              context(
                  "ecdhCurve false with TLS 1.3",
                  c -> c.minVersion(ProtocolVersion.TLS_1_3).disableEcdh()));
      case DH_PARAMETERS ->
          // DHE is asked first where both are missing: CipherContract has a test for it.
          List.of();
      case SIGNATURE_SCHEMES -> List.of(context("sigalgs", c -> c.sigalgs("rsa_pss_rsae_sha256")));
      case ED25519 -> List.of(context("an Ed25519 key", Asks::edwards));
      case OPAQUE_KEYS -> List.of(context("a key without an encoding", Asks::opaque));
      case CLIENT_CERTIFICATES ->
          List.of(
              server("requestCert", s -> s.requestCert(true)),
              pair("requestCert of a pair", p -> p.requestCert(true)));
      case SNI ->
          List.of(
              server(
                  "SNICallback",
                  s -> s.sniCallback(name -> CompletableFuture.completedFuture(Optional.empty()))),
              pair(
                  "SNICallback of a pair",
                  p -> p.sniCallback(name -> CompletableFuture.completedFuture(Optional.empty()))),
              ask(
                  "addContext",
                  tls ->
                      tls.createServer(serverOptions().build())
                          .addContext("a.example", serverContext().build())),
              connect("servername", c -> c.servername("a.example")));
      case ALPN ->
          List.of(
              server("ALPNProtocols of a server", s -> s.alpnProtocols("one")),
              server("ALPNCallback", s -> s.alpnCallback((name, offered) -> Optional.empty())),
              connect("ALPNProtocols of a client", c -> c.alpnProtocols("one")),
              pair("ALPNProtocols of a pair", p -> p.alpnProtocols("one")));
      case NPN ->
          List.of(
              server("NPNProtocols of a server", s -> s.npnProtocols("one")),
              connect("NPNProtocols of a client", c -> c.npnProtocols("one")),
              pair("NPNProtocols of a pair", p -> p.npnProtocols("one")));
      case SESSION_RESUMPTION ->
          List.of(
              connect("session", c -> c.session(Session.of(new byte[1]))),
              clientPair("session of a pair", p -> p.session(Session.of(new byte[1]))),
              socket("getSession()", TLSSocket::session).reading());
      case SESSION_TICKET -> List.of(socket("getTLSTicket()", TLSSocket::tlsTicket).reading());
      case TICKET_KEYS ->
          List.of(
              context("ticketKeys", c -> c.ticketKey(new byte[48])),
              ask(
                  "setTicketKeys",
                  tls ->
                      tls.createServer(serverOptions().build())
                          .setTicketKeys(List.of(new byte[48]))),
              ask("ticketKeys()", tls -> tls.createServer(serverOptions().build()).ticketKeys()));
      case SESSION_STORE ->
          List.of(server("newSession and resumeSession", s -> s.sessionStore(new NoStore())));
      case SESSION_TIMEOUT ->
          List.of(context("sessionTimeout", c -> c.sessionTimeout(Duration.ofMinutes(1))));
      case SESSION_ID_CONTEXT ->
          List.of(context("sessionIdContext", c -> c.sessionIdContext("a context")));
      case OCSP_STAPLING ->
          List.of(
              server(
                  "OCSPRequest",
                  s ->
                      s.context(c -> c.ca(Identities.ca()))
                          .ocspResponder(
                              (certificate, issuer) ->
                                  CompletableFuture.completedFuture(Optional.empty()))));
      case OCSP_REQUEST ->
          List.of(
              connect("requestOCSP", c -> c.requestOcsp(true)),
              clientPair("requestOCSP of a pair", p -> p.requestOcsp(true)));
      case RENEGOTIATION ->
          List.of(
              socket("renegotiate()", s -> s.renegotiate(new RenegotiateOptions(false, false)))
                  .reading());
      case MAX_SEND_FRAGMENT ->
          List.of(socket("setMaxSendFragment()", s -> s.setMaxSendFragment(1024)));
      case HALF_CLOSE ->
          List.of(
              server("allowHalfOpen of a server", s -> s.allowHalfOpen(true)),
              connect("allowHalfOpen of a client", c -> c.allowHalfOpen(true)),
              pair("allowHalfOpen of a pair", p -> p.allowHalfOpen(true)));
      case KEYING_MATERIAL ->
          List.of(
              socket(
                  "exportKeyingMaterial()",
                  s -> s.exportKeyingMaterial(32, "EXPERIMENTAL tck", Optional.empty())));
      case PSK ->
          List.of(
              server(
                  "pskCallback of a server",
                  s ->
                      s.pskCallback(
                          (socket, identity) ->
                              CompletableFuture.completedFuture(Optional.empty()))),
              connect("pskCallback of a client", c -> c.pskCallback(hint -> Optional.empty())));
      case FIPS, KEY_LOG ->
          // Asked of the builder: RefusalContract and KeyLogContract have tests for them.
          List.of();
      case ALERT_CHOICE, SESSION_EXPORT, FINISHED_MESSAGES, EARLY_DATA, ENCRYPTED_CLIENT_HELLO ->
          // No option asks for these: require() is the only way.
          List.of();
    };
  }

  private static List<Ask> versionOnly(ProtocolVersion version) {
    return List.of(context("only " + version, c -> c.minVersion(version).maxVersion(version)));
  }

  private static Ask ask(String option, Consumer<Tls> call) {
    return new Ask(option, false, call);
  }

  private static Ask context(String option, UnaryOperator<SecureContextOptions.Builder> setter) {
    return ask(option, tls -> tls.createSecureContext(setter.apply(serverContext()).build()));
  }

  private static Ask server(String option, UnaryOperator<ServerOptions.Builder> setter) {
    return ask(option, tls -> tls.createServer(setter.apply(serverOptions()).build()));
  }

  private static Ask connect(String option, UnaryOperator<ConnectOptions.Builder> setter) {
    return ask(
        option,
        tls -> {
          ConnectOptions.Builder options =
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(9)
                  .context(c -> c.ca(Identities.ca()));
          try (TLSSocket socket = tls.connect(setter.apply(options).build())) {
            socket.pause();
          }
        });
  }

  private static Ask pair(String option, UnaryOperator<SocketOptions.Builder> setter) {
    return ask(
        option,
        tls -> {
          SocketOptions.Builder options =
              SocketOptions.builder().isServer(true).context(serverContext().build());
          tls.createSecurePair(setter.apply(options).build()).destroy();
        });
  }

  private static Ask clientPair(String option, UnaryOperator<SocketOptions.Builder> setter) {
    return ask(
        option,
        tls -> {
          SocketOptions.Builder options =
              SocketOptions.builder().context(c -> c.ca(Identities.ca()));
          tls.createSecurePair(setter.apply(options).build()).destroy();
        });
  }

  private static Ask socket(String option, Function<TLSSocket, Object> call) {
    return ask(
        option,
        tls -> {
          var pair =
              tls.createSecurePair(
                  SocketOptions.builder().context(c -> c.ca(Identities.ca())).build());
          try {
            Object answer = call.apply(pair.cleartext());
            if (answer == null) {
              throw new AssertionError(option + " gave null");
            }
          } finally {
            pair.destroy();
          }
        });
  }

  private static SecureContextOptions.Builder serverContext() {
    TestIdentity identity = Identities.server();
    return SecureContextOptions.builder().key(identity.key()).cert(identity.chain());
  }

  private static ServerOptions.Builder serverOptions() {
    return ServerOptions.builder().context(serverContext().build());
  }

  private static SecureContextOptions.Builder edwards(SecureContextOptions.Builder unused) {
    TestIdentity identity = Identities.server(KeyKind.ED25519);
    return SecureContextOptions.builder().key(identity.key()).cert(identity.chain());
  }

  private static SecureContextOptions.Builder opaque(SecureContextOptions.Builder unused) {
    return SecureContextOptions.builder()
        .keyEntry(new OpaqueKey(), List.of(Identities.server().x509()));
  }

  /** A key as a device shows it. */
  private static final class OpaqueKey implements PrivateKey {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    @SuppressWarnings("NullAway") // Absent by the contract of java.security.Key.
    public String getFormat() {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // Absent by the contract of java.security.Key.
    public byte[] getEncoded() {
      return null;
    }
  }

  private static final class NoStore implements SessionStore {
    @Override
    public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  /** Whether anything but {@code require()} asks for it. */
  static Stream<Capability> withAnOption() {
    return Stream.of(Capability.values()).filter(capability -> !of(capability).isEmpty());
  }
}
