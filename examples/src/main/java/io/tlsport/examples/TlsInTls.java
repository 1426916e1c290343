package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.line;
import static io.tlsport.examples.Example.pem;

import io.tlsport.ConnectOptions;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** TLS in TLS: a socket is a transport, too, as it is behind a proxy that speaks HTTPS. */
public final class TlsInTls {
  private TlsInTls() {}

  /** Plays both ends. */
  public static void main(String... args) {
    Example.main("TlsInTls PROVIDER KEY CERT CA", args, TlsInTls::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      SecureContext identity =
          tls.createSecureContext(
              SecureContextOptions.builder().key(pem(args.get(1))).cert(pem(args.get(2))).build());
      SecureContext trust =
          tls.createSecureContext(SecureContextOptions.builder().ca(pem(args.get(3))).build());
      SocketOptions within = SocketOptions.builder().isServer(true).secureContext(identity).build();
      Server server =
          tls.createServer(
              ServerOptions.builder().secureContext(identity).build(),
              outer -> {
                TLSSocket inner = tls.tlsSocket(outer, within);
                inner.pipeTo(inner);
              });
      int port = await(server.listen(0, "127.0.0.1")).port();
      TLSSocket outer =
          tls.connect(ConnectOptions.builder().port(port).secureContext(trust).build());
      TLSSocket inner =
          tls.connect(ConnectOptions.builder().socket(outer).secureContext(trust).build());
      await(inner.secured());
      inner.write("hello from within\n");
      out.accept(line(inner));
      out.accept("inner " + inner.bytesWritten() + " bytes, outer " + outer.bytesWritten());
    }
  }
}
