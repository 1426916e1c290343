package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.pem;

import io.tlsport.ConnectOptions;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** One server, two hosts: each client is shown the certificate of the host that it names. */
public final class SniHosts {
  private SniHosts() {}

  /** Serves localhost and another host, and asks for both. */
  public static void main(String... args) {
    Example.main("SniHosts PROVIDER KEY CERT CA HOST HOST_KEY HOST_CERT", args, SniHosts::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    ServerOptions options =
        ServerOptions.builder()
            .context(c -> c.key(pem(args.get(1))).cert(pem(args.get(2))))
            .build();
    String host = args.get(4);
    SecureContextOptions ofHost =
        SecureContextOptions.builder().key(pem(args.get(5))).cert(pem(args.get(6))).build();
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      Server server = tls.createServer(options);
      server.addContext(host, ofHost);
      int port = await(server.listen(0, "127.0.0.1")).port();
      for (String name : List.of("localhost", host)) {
        TLSSocket socket =
            tls.connect(
                ConnectOptions.builder()
                    .host("127.0.0.1")
                    .port(port)
                    .servername(name)
                    .context(c -> c.ca(pem(args.get(3))))
                    .build());
        await(socket.secured());
        String shown = socket.peerCertificate().orElseThrow().subjectaltname().orElse("no name");
        out.accept(name + " is shown a certificate for " + shown);
      }
    }
  }
}
