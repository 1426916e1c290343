package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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

@Timeout(60)
class ProviderPairsTest {
  private static final List<String> PROVIDERS = List.of("jdk", "conscrypt", "bcjsse", "bctls");
  private static final Map<String, Tls> RUNTIMES = new ConcurrentHashMap<>();

  private static Tls tls(String provider) {
    return RUNTIMES.computeIfAbsent(provider, name -> Tls.builder().provider(name).build());
  }

  @AfterAll
  static void close() {
    RUNTIMES.values().forEach(Tls::close);
    RUNTIMES.clear();
  }

  static Stream<Arguments> pairs() {
    return PROVIDERS.stream()
        .flatMap(server -> PROVIDERS.stream().map(client -> List.of(server, client)))
        .flatMap(
            pair ->
                Stream.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)
                    .flatMap(
                        version ->
                            Stream.of(KeyKind.RSA_2048, KeyKind.EC_P256)
                                .map(key -> Arguments.of(pair.get(0), pair.get(1), version, key))));
  }

  private static ServerOptions server(ProtocolVersion version, KeyKind key) {
    TestIdentity identity = Identities.server(key);
    return ServerOptions.builder()
        .requestCert(true)
        .rejectUnauthorized(true)
        .alpnProtocols("second", "first")
        .context(
            c ->
                c.key(identity.key())
                    .cert(identity.chain())
                    .ca(Identities.ca())
                    .minVersion(version)
                    .maxVersion(version))
        .build();
  }

  private static ConnectOptions client(int port) {
    TestIdentity identity = Identities.client();
    return ConnectOptions.builder()
        .host("127.0.0.1")
        .port(port)
        .servername("localhost")
        .alpnProtocols("first", "second")
        .context(c -> c.key(identity.key()).cert(identity.chain()).ca(Identities.ca()))
        .build();
  }

  @ParameterizedTest(name = "{0} serves {1}, {2}, {3}")
  @MethodSource("pairs")
  void exchangesDataBothWaysAndAgreesOnWhatWasNegotiated(
      String serving, String connecting, ProtocolVersion version, KeyKind key) {
    CompletableFuture<TLSSocket> accepted = new CompletableFuture<>();
    try (Server server =
        tls(serving)
            .createServer(
                server(version, key),
                socket -> {
                  accepted.complete(socket);
                  socket.pipeTo(socket);
                })) {
      Address bound = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
      TLSSocket socket = tls(connecting).connect(client(bound.port()));
      Patience.await(socket.secured(), "the client to be secure");
      TLSSocket peer = Patience.await(accepted, "secureConnection");
      assertEquals(Optional.of(version), socket.protocol());
      assertEquals(Optional.of(version), peer.protocol());
      assertEquals(peer.cipher(), socket.cipher());
      assertEquals(Optional.of("second"), socket.alpnProtocol());
      assertEquals(Optional.of("second"), peer.alpnProtocol());
      assertEquals(Optional.of("localhost"), peer.servername());
      assertTrue(socket.authorized(), "the client trusts the server");
      assertTrue(peer.authorized(), "the server trusts the client");

      Payload payload = Payload.of(300_000);
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      CompletableFuture<Void> whole = new CompletableFuture<>();
      socket.onData(
          data -> {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            back.writeBytes(bytes);
            if (back.size() >= payload.size()) {
              whole.complete(null);
            }
          });
      socket.write(ByteBuffer.wrap(payload.bytes()));
      Patience.await(whole, "the echo");
      assertArrayEquals(payload.bytes(), back.toByteArray());
      socket.destroy();
      Patience.await(peer.closed(), "the server's side to be closed");
    }
  }
}
