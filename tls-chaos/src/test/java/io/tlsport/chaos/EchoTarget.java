package io.tlsport.chaos;

import io.tlsport.ConnectionLimits;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Patience;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An echo server in a process of its own, which runs until its input ends and has logged nothing
 * before it is attacked: provider, key, certificate, descriptors to spare.
 */
final class EchoTarget {
  private EchoTarget() {}

  public static void main(String[] arguments) throws IOException {
    ConnectionLimits limits =
        ConnectionLimits.builder().spareDescriptors(Integer.parseInt(arguments[3])).build();
    try (Tls tls = Tls.builder().provider(arguments[0]).connectionLimits(limits).build()) {
      Server server =
          tls.createServer(
              ServerOptions.builder()
                  .context(
                      context ->
                          context
                              .key(Pem.read(Path.of(arguments[1])))
                              .cert(Pem.read(Path.of(arguments[2]))))
                  .build(),
              socket -> {
                socket.onError(error -> {});
                socket.pipeTo(socket);
              });
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
      System.out.write((port + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      System.out.flush();
      while (System.in.read() >= 0) {
        // Until the parent ends it.
      }
    }
  }
}
