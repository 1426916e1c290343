package io.tlsport.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What examples talk to: a plain server of HTTP with a thread for each connection. */
final class TinyServer implements AutoCloseable {
  private static final Pattern CONNECT =
      Pattern.compile("CONNECT localhost:(\\d+) HTTP/1\\.1\r\n.*", Pattern.DOTALL);
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^content-length: *(\\d+)", Pattern.MULTILINE);

  private final ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

  private interface Handler {
    void serve(Socket socket) throws IOException;
  }

  private TinyServer(Handler handler) throws IOException {
    start(() -> accept(handler));
  }

  /** A proxy that connects its clients to ports of this machine. */
  static TinyServer proxy() throws IOException {
    return new TinyServer(TinyServer::tunnel);
  }

  /** Answers every request alike. */
  static TinyServer answering(String status, byte[] body) throws IOException {
    return new TinyServer(socket -> answer(socket, status, body));
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept(Handler handler) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        start(() -> serve(handler, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Handler handler, Socket socket) {
    try (socket) {
      handler.serve(socket);
    } catch (IOException gone) {
      // The client has left: what it got is what it tells.
    }
  }

  private static void tunnel(Socket socket) throws IOException {
    Matcher wish = CONNECT.matcher(head(socket.getInputStream()));
    if (!wish.matches()) {
      answer(socket, "400 Bad Request", new byte[0]);
      return;
    }
    int port = Integer.parseInt(wish.group(1));
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(US_ASCII));
      start(() -> serve(from -> copy(from, socket), target));
      copy(socket, target);
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
  }

  private static void answer(Socket socket, String status, byte[] body) throws IOException {
    InputStream in = socket.getInputStream();
    Matcher length = LENGTH.matcher(head(in));
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    OutputStream out = socket.getOutputStream();
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(US_ASCII));
    out.write(body);
    socket.shutdownOutput();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    return head.toString(US_ASCII);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tiny server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
