package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.pem;

import io.tlsport.ConnectOptions;
import io.tlsport.OcspResponder;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** OCSPRequest: a server staples the response that is in a file, and a client asks for it. */
public final class Stapling {
  private Stapling() {}

  /** Plays both ends. */
  public static void main(String... args) {
    Example.main("Stapling PROVIDER KEY CERT CA RESPONSE", args, Stapling::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    byte[] response = Files.readAllBytes(Path.of(args.get(4)));
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      OcspResponder responder =
          (certificate, issuer) -> CompletableFuture.completedStage(Optional.of(response));
      show(tls, args, responder, out);
    }
  }

  /** Says what a client is told by a server with that responder. */
  static void show(Tls tls, List<String> args, OcspResponder responder, Consumer<String> out)
      throws IOException, InterruptedException {
    Pem ca = pem(args.get(3));
    Server server =
        tls.createServer(
            ServerOptions.builder()
                // With ca the issuer is known, whose key the response names.
                .context(c -> c.key(pem(args.get(1))).cert(pem(args.get(2))).ca(ca))
                .ocspResponder(responder)
                .build());
    int port = await(server.listen(0, "127.0.0.1")).port();
    TLSSocket socket =
        tls.connect(
            ConnectOptions.builder().port(port).context(c -> c.ca(ca)).requestOcsp(true).build());
    CompletableFuture<Optional<byte[]>> stapled = new CompletableFuture<>();
    socket.onOcspResponse(stapled::complete);
    await(socket.secured());
    String told = await(stapled).map(der -> der.length + " bytes").orElse("nothing");
    out.accept("stapled: " + told);
  }
}
