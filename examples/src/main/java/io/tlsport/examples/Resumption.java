package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.line;
import static io.tlsport.examples.Example.pem;

import io.tlsport.Capability;
import io.tlsport.ClientSessionCache;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** sessionCache: the second connection resumes the session of the first. */
public final class Resumption {
  private Resumption() {}

  /** Plays both ends. */
  public static void main(String... args) {
    Example.main("Resumption PROVIDER KEY CERT CA", args, Resumption::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    ServerOptions options =
        ServerOptions.builder()
            .context(c -> c.key(pem(args.get(1))).cert(pem(args.get(2))))
            .build();
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      Server server = tls.createServer(options, socket -> socket.write("welcome!\n"));
      int port = await(server.listen(0, "127.0.0.1")).port();
      ClientSessionCache cache = tls.createClientSessionCache();
      ConnectOptions client =
          ConnectOptions.builder()
              .port(port)
              .context(c -> c.ca(pem(args.get(3))).maxVersion(newestThatResumes(tls)))
              .sessionCache(cache)
              .build();
      for (int visit = 1; visit <= 2; visit++) {
        TLSSocket socket = tls.connect(client);
        await(socket.secured());
        // Some servers send their sessions with their first data.
        line(socket);
        out.accept(
            socket.protocol().orElseThrow().id()
                + (socket.sessionReused() ? ", resumed" : ", full handshake"));
      }
    }
  }

  private static ProtocolVersion newestThatResumes(Tls tls) {
    return tls.capabilities().of(Capability.SESSION_RESUMPTION).covers(ProtocolVersion.TLS_1_3)
        ? ProtocolVersion.TLS_1_3
        : ProtocolVersion.TLS_1_2;
  }
}
