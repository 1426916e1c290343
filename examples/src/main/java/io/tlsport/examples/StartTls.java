package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.line;
import static io.tlsport.examples.Example.pem;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tlsport.ConnectOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** STARTTLS: a plain dialogue over a socket, which both ends then turn to TLS. */
public final class StartTls {
  private StartTls() {}

  /** Plays both ends. */
  public static void main(String... args) {
    Example.main("StartTls PROVIDER KEY CERT CA", args, StartTls::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept();
        Tls tls = Tls.builder().provider(args.get(0)).build()) {
      client.getOutputStream().write("STARTTLS\r\n".getBytes(US_ASCII));
      ByteBuffer earlyHello = expect(accepted, "STARTTLS");
      accepted.getOutputStream().write("220 go ahead\r\n".getBytes(US_ASCII));
      ByteBuffer earlyAnswer = expect(client, "220 go ahead");

      SocketOptions asServer =
          SocketOptions.builder()
              .isServer(true)
              .context(c -> c.key(pem(args.get(1))).cert(pem(args.get(2))))
              .build();
      TLSSocket server = tls.tlsSocket(tls.duplex(accepted, earlyHello), asServer);
      server.pipeTo(server);
      TLSSocket secure =
          tls.connect(
              ConnectOptions.builder()
                  .socket(tls.duplex(client, earlyAnswer))
                  .servername("localhost")
                  .context(c -> c.ca(pem(args.get(3))))
                  .build());
      await(secure.secured());
      secure.write("hello by TLS\n");
      out.accept(line(secure));
    }
  }

  /** Takes one line of the dialogue. What was read beyond it belongs to TLS, and is returned. */
  private static ByteBuffer expect(Socket socket, String expected) throws IOException {
    byte[] bytes = new byte[512];
    int size = 0;
    int end = -1;
    while (end < 0) {
      int more = socket.getInputStream().read(bytes, size, bytes.length - size);
      if (more <= 0) {
        throw new IOException("the peer said no whole line");
      }
      size += more;
      end = new String(bytes, 0, size, US_ASCII).indexOf("\r\n");
    }
    String line = new String(bytes, 0, end, US_ASCII);
    if (!line.equals(expected)) {
      throw new IOException("the peer said " + line + " and not " + expected);
    }
    return ByteBuffer.wrap(bytes, end + 2, size - end - 2);
  }
}
