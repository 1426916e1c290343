package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider renegotiates with every other where both can. */
@Timeout(60)
class RenegotiationPairsTest {
  private static final List<String> ABLE = List.of("jdk", "bctls");
  private static final List<String> UNABLE = List.of("conscrypt", "bcjsse");
  private static final Map<String, Tls> RUNTIMES = new ConcurrentHashMap<>();

  private static Tls tls(String provider) {
    return RUNTIMES.computeIfAbsent(provider, name -> Tls.builder().provider(name).build());
  }

  @AfterAll
  static void close() {
    RUNTIMES.values().forEach(Tls::close);
    RUNTIMES.clear();
  }

  private static Stream<Arguments> pairs(List<String> serving, List<String> connecting) {
    return serving.stream()
        .flatMap(
            server ->
                connecting.stream()
                    .flatMap(
                        client ->
                            Stream.of(KeyKind.RSA_2048, KeyKind.EC_P256)
                                .map(key -> Arguments.of(server, client, key))));
  }

  static Stream<Arguments> bothCan() {
    return pairs(ABLE, ABLE);
  }

  static Stream<Arguments> clientCannot() {
    return pairs(ABLE, UNABLE);
  }

  static Stream<Arguments> serverCannot() {
    return pairs(UNABLE, ABLE);
  }

  private record Connection(Server server, TLSSocket serving, TLSSocket connecting)
      implements AutoCloseable {
    @Override
    public void close() {
      connecting.destroy();
      server.close();
      Patience.await(server.closed(), "the server to be closed");
    }
  }

  private static Connection connection(String serving, String connecting, KeyKind key) {
    TestIdentity identity = Identities.server(key);
    TestIdentity own = Identities.client();
    CompletableFuture<TLSSocket> accepted = new CompletableFuture<>();
    Server server =
        tls(serving)
            .createServer(
                ServerOptions.builder()
                    .alpnProtocols("one")
                    .context(
                        c ->
                            c.key(identity.key())
                                .cert(identity.chain())
                                .ca(Identities.ca())
                                .maxVersion(ProtocolVersion.TLS_1_2))
                    .build(),
                socket -> {
                  accepted.complete(socket);
                  socket.pipeTo(socket);
                });
    Address bound = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
    TLSSocket client =
        tls(connecting)
            .connect(
                ConnectOptions.builder()
                    .host("127.0.0.1")
                    .port(bound.port())
                    .servername("localhost")
                    .alpnProtocols("one")
                    .context(c -> c.key(own.key()).cert(own.chain()).ca(Identities.ca()))
                    .build());
    Patience.await(client.secured(), "the client to be secure");
    return new Connection(server, Patience.await(accepted, "secureConnection"), client);
  }

  @ParameterizedTest(name = "{0} serves {1}, {2}")
  @MethodSource("bothCan")
  void aClientShowsItsCertificateLater(String serving, String connecting, KeyKind key) {
    try (Connection connection = connection(serving, connecting, key)) {
      CompletableFuture<Void> back = new CompletableFuture<>();
      StringBuilder echo = new StringBuilder();
      connection
          .connecting()
          .onText(
              text -> {
                if (echo.append(text).length() == 11) {
                  back.complete(null);
                }
              });
      connection.connecting().write("before");
      assertFalse(connection.serving().authorized());
      Patience.await(
          connection.serving().renegotiate(RenegotiateOptions.requireCertificate()),
          "the server's renegotiation");
      assertTrue(connection.serving().authorized());
      Patience.await(
          connection.connecting().renegotiate(new RenegotiateOptions(false, true)),
          "the client's renegotiation");
      assertTrue(connection.serving().authorized(), "the client was asked again");
      connection.connecting().write("after");
      Patience.await(back, "the echo");
      assertEquals("beforeafter", echo.toString());
      assertEquals(connection.serving().cipher(), connection.connecting().cipher());
      assertEquals(Optional.of("one"), connection.serving().alpnProtocol());
      assertEquals(Optional.of("one"), connection.connecting().alpnProtocol());
    }
  }

  @ParameterizedTest(name = "{0} serves {1}, {2}")
  @MethodSource("clientCannot")
  void aClientThatCannotEndsTheConnection(String serving, String connecting, KeyKind key) {
    try (Connection connection = connection(serving, connecting, key)) {
      CompletableFuture<TlsException> told = new CompletableFuture<>();
      connection.connecting().onError(told::complete);
      Patience.awaitFailure(
          connection.serving().renegotiate(RenegotiateOptions.requestCertificate()),
          "the server's renegotiation to fail");
      assertEquals(
          ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED,
          Patience.await(told, "the client's error").code());
    }
  }

  @ParameterizedTest(name = "{0} serves {1}, {2}")
  @MethodSource("serverCannot")
  void aServerThatCannotEndsTheConnection(String serving, String connecting, KeyKind key) {
    try (Connection connection = connection(serving, connecting, key)) {
      CompletableFuture<TlsException> told = new CompletableFuture<>();
      connection.serving().onError(told::complete);
      Patience.awaitFailure(
          connection.connecting().renegotiate(new RenegotiateOptions(false, true)),
          "the client's renegotiation to fail");
      assertEquals(
          ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED,
          Patience.await(told, "the server's error").code());
    }
  }
}
