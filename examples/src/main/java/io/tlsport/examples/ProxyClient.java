package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.line;
import static io.tlsport.examples.Example.pem;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tlsport.ConnectOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.Consumer;

/** A client that reaches its server through an HTTP proxy, by CONNECT. */
public final class ProxyClient {
  private static final int MILLIS = 10_000;
  private static final int LONGEST_HEAD = 8192;

  private ProxyClient() {}

  /** Prints the first line that the server says. */
  public static void main(String... args) {
    Example.main("ProxyClient PROVIDER PROXY PROXY_PORT HOST PORT CA", args, ProxyClient::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    String host = args.get(3);
    String target = host + ":" + args.get(4);
    try (Socket socket = new Socket();
        Tls tls = Tls.builder().provider(args.get(0)).build()) {
      socket.connect(new InetSocketAddress(args.get(1), Integer.parseInt(args.get(2))), MILLIS);
      socket.setSoTimeout(MILLIS);
      String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String head = head(socket.getInputStream());
      if (!head.matches("(?s)HTTP/1\\.[01] 2\\d\\d\\b.*")) {
        throw new IOException("the proxy refuses: " + head.lines().findFirst().orElse(""));
      }
      // From here on the time-outs are those of TLS.
      socket.setSoTimeout(0);
      TLSSocket secure =
          tls.connect(
              ConnectOptions.builder()
                  .socket(tls.duplex(socket))
                  .host(host)
                  .context(c -> c.ca(pem(args.get(5))))
                  .build());
      await(secure.secured());
      out.accept(line(secure));
    }
  }

  /** Reads up to the empty line and no byte more: what follows is TLS. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.size() == LONGEST_HEAD) {
        throw new EOFException("the proxy did not answer");
      }
      head.write(next);
    }
    return head.toString(US_ASCII);
  }
}
