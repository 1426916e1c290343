package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiateOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Peers that do not know RFC 5746. A client may connect and not renegotiate, whoever asks for it. A
 * server is refused at once, as by OpenSSL: only it could tell that somebody else has begun.
 */
@Timeout(60)
class InsecureRenegotiationTest {
  private static final TestIdentity IDENTITY = Identities.server(KeyKind.EC_P256);

  private static Server server(Tls tls, BlockingQueue<TLSSocket> accepted) {
    return tls.createServer(
        ServerOptions.builder()
            .context(
                c ->
                    c.key(IDENTITY.key())
                        .cert(IDENTITY.chain())
                        .maxVersion(ProtocolVersion.TLS_1_2))
            .build(),
        accepted::add);
  }

  private static CompletableFuture<TlsException> errorOf(TLSSocket socket) {
    CompletableFuture<TlsException> error = new CompletableFuture<>();
    socket.onError(error::complete);
    return error;
  }

  /** How each provider refuses, and what it calls that. */
  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("jdk", "handshake_failure(40)", ErrorCode.ERR_TLS_RENEGOTIATION_FAILED),
        Arguments.of("bctls", "no_renegotiation(100)", ErrorCode.ERR_TLS_RENEGOTIATION_FAILED),
        Arguments.of(
            "conscrypt", "no_renegotiation(100)", ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED),
        Arguments.of("bcjsse", "no_renegotiation(100)", ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aClientWithoutItConnectsAndMayNotRenegotiate(String provider, String alert, ErrorCode code)
      throws Exception {
    BlockingQueue<TLSSocket> accepted = new LinkedBlockingQueue<>();
    try (Tls tls = Tls.builder().provider(provider).build();
        Server server = server(tls, accepted)) {
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
      try (BareClient client = BareClient.connect(port, false)) {
        CompletableFuture<TlsException> error =
            errorOf(Patience.take(accepted, "secureConnection"));
        client.repeatHello();
        client.awaitClose();
        assertEquals(List.of(alert), client.alerts());
        assertEquals(code, Patience.await(error, "the server's error").code());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "bctls"})
  void aServerAsksSuchAClientInVain(String provider) throws Exception {
    BlockingQueue<TLSSocket> accepted = new LinkedBlockingQueue<>();
    try (Tls tls = Tls.builder().provider(provider).build();
        Server server = server(tls, accepted)) {
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
      try (BareClient client = BareClient.connect(port, false)) {
        TLSSocket socket = Patience.take(accepted, "secureConnection");
        CompletableFuture<TlsException> error = errorOf(socket);
        CompletionStage<Void> asked = socket.renegotiate(new RenegotiateOptions(false, false));
        client.awaitClose();
        assertEquals(
            ErrorCode.ERR_TLS_RENEGOTIATION_FAILED,
            Patience.awaitFailure(asked, "the renegotiation to fail").code());
        assertEquals(
            ErrorCode.ERR_TLS_RENEGOTIATION_FAILED,
            Patience.await(error, "the server's error").code());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "bctls", "conscrypt", "bcjsse"})
  void aServerWithoutItIsRefused(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build();
        BareServer server = BareServer.start(IDENTITY)) {
      TLSSocket socket =
          tls.connect(
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(server.port())
                  .servername("localhost")
                  .context(c -> c.ca(Identities.ca()))
                  .build());
      assertEquals(
          ErrorCode.ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED,
          Patience.await(errorOf(socket), "the client's error").code());
      Patience.await(server.over(), "the connection to be over");
      assertEquals(List.of("handshake_failure(40)"), server.alerts());
    }
  }
}
