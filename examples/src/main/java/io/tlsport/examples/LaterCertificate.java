package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.line;
import static io.tlsport.examples.Example.pem;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.PeerCertificate;
import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiateOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A server that asks for the client's certificate once it needs one: TLS 1.2, renegotiated. */
public final class LaterCertificate {
  private LaterCertificate() {}

  /** Plays both ends. */
  public static void main(String... args) {
    Example.main(
        "LaterCertificate PROVIDER KEY CERT CA CLIENT_KEY CLIENT_CERT",
        args,
        LaterCertificate::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    ServerOptions options =
        ServerOptions.builder()
            .context(
                c ->
                    c.key(pem(args.get(1)))
                        .cert(pem(args.get(2)))
                        .ca(pem(args.get(3)))
                        .maxVersion(ProtocolVersion.TLS_1_2))
            .build();
    // An engine that cannot is refused here, before anything listens.
    try (Tls tls = Tls.builder().provider(args.get(0)).require(Capability.RENEGOTIATION).build()) {
      Server server = tls.createServer(options, LaterCertificate::serve);
      TLSSocket client =
          tls.connect(
              ConnectOptions.builder()
                  .port(await(server.listen(0, "127.0.0.1")).port())
                  .context(c -> c.key(pem(args.get(4))).cert(pem(args.get(5))).ca(pem(args.get(3))))
                  .build());
      await(client.secured());
      client.write("who am I?\n");
      out.accept(line(client));
    }
  }

  private static void serve(TLSSocket socket) {
    String before = name(socket);
    socket.onText(
        question ->
            socket.captureRejections(
                socket
                    .renegotiate(RenegotiateOptions.requestCertificate())
                    .thenRun(() -> socket.write(before + ", now " + name(socket) + "\n"))));
  }

  private static String name(TLSSocket socket) {
    return socket
        .peerCertificate()
        .filter(certificate -> socket.authorized())
        .map(PeerCertificate::subject)
        .flatMap(subject -> subject.first("CN"))
        .orElse("nobody");
  }
}
