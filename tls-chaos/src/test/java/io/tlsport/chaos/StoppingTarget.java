package io.tlsport.chaos;

import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server in a process of its own that answers each byte by {@link #ANSWER} bytes, and stops on
 * SIGTERM as docs/hardening.md says: provider, key, certificate, and a file with a ticket key or
 * nothing. At its end it tells what each client was answered: port and bytes.
 */
final class StoppingTarget {
  static final int ANSWER = 1024;

  /** More than what a silent peer of a handshake has, and than a held back close_notify waits. */
  private static final long STOP_SECONDS = 10;

  private static final Duration HANDSHAKE = Duration.ofSeconds(5);

  private final Map<Integer, AtomicLong> answered = new ConcurrentHashMap<>();
  private final Set<TLSSocket> open = ConcurrentHashMap.newKeySet();

  private StoppingTarget() {}

  public static void main(String[] arguments) throws IOException {
    StoppingTarget target = new StoppingTarget();
    Tls tls = Tls.builder().provider(arguments[0]).build();
    ServerOptions.Builder options =
        ServerOptions.builder()
            .handshakeTimeout(HANDSHAKE)
            .context(
                context ->
                    context
                        .key(Pem.read(Path.of(arguments[1])))
                        .cert(Pem.read(Path.of(arguments[2]))));
    if (arguments.length > 3) {
      byte[] ticketKey = Files.readAllBytes(Path.of(arguments[3]));
      options.context(context -> context.ticketKey(ticketKey).maxVersion(ProtocolVersion.TLS_1_2));
    }
    Server server = tls.createServer(options.build(), target::serve);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> target.stop(server, tls)));
    int port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
    tell(String.valueOf(port));
    while (System.in.read() >= 0) {
      // Until the parent ends it.
    }
  }

  private static void tell(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  private void serve(TLSSocket socket) {
    open.add(socket);
    AtomicLong count = new AtomicLong();
    answered.put(socket.remotePort(), count);
    socket.onError(error -> {});
    socket.onClose(() -> open.remove(socket));
    socket.onData(
        requests -> {
          int bytes = requests.remaining() * ANSWER;
          socket
              .write(new byte[bytes])
              .whenComplete(
                  (done, failed) -> {
                    if (failed == null) {
                      count.addAndGet(bytes);
                    }
                  });
        });
  }

  private void stop(Server server, Tls tls) {
    server.close();
    open.forEach(socket -> socket.end().exceptionally(gone -> null));
    server
        .closed()
        .toCompletableFuture()
        .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
        .join();
    answered.forEach((port, count) -> tell(port + " " + count));
    tls.close();
  }
}
