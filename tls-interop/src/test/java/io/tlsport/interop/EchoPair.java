package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
import io.tlsport.ConnectOptions;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Patience;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An echo server and its client. */
final class EchoPair {
  private static final String TEXT = "what is said comes back";

  private EchoPair() {}

  /** Runs once, and has the client trust the server. */
  static void run(
      Tls serverSide,
      Tls clientSide,
      Consumer<SecureContextOptions.Builder> serving,
      Consumer<SecureContextOptions.Builder> connecting) {
    ServerOptions options = ServerOptions.builder().context(serving).build();
    try (Server server = serverSide.createServer(options, socket -> socket.pipeTo(socket))) {
      Address bound = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
      TLSSocket socket =
          clientSide.connect(
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(bound.port())
                  .servername("localhost")
                  .context(connecting)
                  .build());
      Patience.await(socket.secured(), "the client to be secure");
      assertTrue(socket.authorized(), "the client trusts the server");
      StringBuilder back = new StringBuilder();
      CompletableFuture<Void> whole = new CompletableFuture<>();
      socket.onData(
          data -> {
            back.append(StandardCharsets.US_ASCII.decode(data));
            if (back.length() >= TEXT.length()) {
              whole.complete(null);
            }
          });
      socket.write(ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.US_ASCII)));
      Patience.await(whole, "the echo");
      assertEquals(TEXT, back.toString());
      socket.destroy();
    }
  }
}
