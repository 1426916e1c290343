package io.tlsport.cli;

import io.tlsport.AuthorizationError;
import io.tlsport.CipherInfo;
import io.tlsport.PeerCertificate;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Answers one HTTP/1.1 request with a page that tells the connection's properties. */
record HttpMode() implements ServeMode {
  private static final int LONGEST_HEAD = 16 * 1024;

  @Override
  public void serve(TLSSocket socket) {
    Exchange exchange = new Exchange(socket);
    socket.onData(exchange::received);
  }

  /** The client has its answer, so its silence needs no long wait. */
  @Override
  public void prepare(ServerOptions.Builder options) {
    options.closeTimeout(Duration.ofSeconds(1));
  }

  private static final class Exchange {
    private final TLSSocket socket;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private boolean answered;

    Exchange(TLSSocket socket) {
      this.socket = socket;
    }

    void received(ByteBuffer data) {
      if (answered) {
        return;
      }
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      head.writeBytes(bytes);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (text.contains("\r\n\r\n")) {
        answer(text);
      } else if (head.size() > LONGEST_HEAD) {
        respond("431 Request Header Fields Too Large", "the request is too long\n", true);
      }
    }

    private void answer(String request) {
      if (request.startsWith("GET /")) {
        respond("200 OK", page(socket), true);
      } else if (request.startsWith("HEAD /")) {
        respond("200 OK", page(socket), false);
      } else {
        respond("405 Method Not Allowed", "only GET and HEAD are answered here\n", true);
      }
    }

    private void respond(String status, String body, boolean withBody) {
      answered = true;
      String response =
          "HTTP/1.1 "
              + status
              + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
              + body.getBytes(StandardCharsets.UTF_8).length
              + "\r\nAllow: GET, HEAD\r\nConnection: close\r\n\r\n"
              + (withBody ? body : "");
      socket.write(response).thenCompose(written -> socket.end()).exceptionally(Told::elsewhere);
    }
  }

  private static String page(TLSSocket socket) {
    return line("provider", socket.provider())
        + line("protocol", socket.protocol().map(ProtocolVersion::id).orElse("none"))
        + line("cipher", socket.cipher().map(CipherInfo::name).orElse("none"))
        + line("servername", socket.servername().orElse("none"))
        + line("alpnProtocol", socket.alpnProtocol().orElse("none"))
        + line("sessionReused", String.valueOf(socket.sessionReused()))
        + line("authorized", String.valueOf(socket.authorized()))
        + line(
            "authorizationError",
            socket.authorizationError().map(AuthorizationError::toString).orElse("none"))
        + line(
            "peerCertificate",
            socket
                .peerCertificate()
                .map(PeerCertificate::subject)
                .map(Object::toString)
                .orElse("none"))
        + line("remoteAddress", socket.remoteAddress().orElse("none"))
        + line("remotePort", String.valueOf(socket.remotePort()));
  }

  private static String line(String name, String value) {
    return name + ": " + value + "\n";
  }
}
