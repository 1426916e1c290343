package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.pem;

import io.tlsport.ConnectOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The client of Node's page: standard input to the server, and its answers to standard output. */
public final class EchoClient {
  private EchoClient() {}

  /** Ends with its input. */
  public static void main(String... args) {
    Example.main(
        "EchoClient PROVIDER PORT KEY CERT CA", args, (given, out) -> run(given, System.in, out));
  }

  static void run(List<String> args, InputStream in, Consumer<String> out)
      throws IOException, InterruptedException {
    ConnectOptions options =
        ConnectOptions.builder()
            .port(Integer.parseInt(args.get(1)))
            .context(c -> c.key(pem(args.get(2))).cert(pem(args.get(3))).ca(pem(args.get(4))))
            // Some engines read nothing after their own end: there it waits for this silence.
            .closeTimeout(Duration.ofSeconds(2))
            .build();
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      TLSSocket socket =
          tls.connect(
              options,
              connected ->
                  out.accept(
                      "client connected "
                          + (connected.authorized() ? "authorized" : "unauthorized")));
      socket.onText(out);
      await(socket.secured());
      socket.onError(error -> out.accept("error " + error.code()));
      in.transferTo(socket.outputStream());
      socket.end();
      await(socket.closed());
    }
  }
}
