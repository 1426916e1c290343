package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.pem;

import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The echo server of Node's page: it greets, says whether it knows the client, and echoes. */
public final class EchoServer {
  private EchoServer() {}

  /** Serves until it is stopped. */
  public static void main(String... args) {
    Example.main("EchoServer PROVIDER PORT KEY CERT CA", args, EchoServer::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    ServerOptions options =
        ServerOptions.builder()
            .context(c -> c.key(pem(args.get(2))).cert(pem(args.get(3))).ca(pem(args.get(4))))
            .requestCert(true)
            .build();
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      Server server =
          tls.createServer(
              options,
              socket -> {
                out.accept(
                    "server connected " + (socket.authorized() ? "authorized" : "unauthorized"));
                socket.write("welcome!\n");
                socket.pipeTo(socket);
              });
      server.onClientError((error, socket) -> out.accept("client error " + error.code()));
      int port = Integer.parseInt(args.get(1));
      out.accept("server bound " + await(server.listen(port, "127.0.0.1")).port());
      Thread.currentThread().join();
    }
  }
}
