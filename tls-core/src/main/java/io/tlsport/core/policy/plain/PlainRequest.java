package io.tlsport.core.policy.plain;

import io.tlsport.PlainHttp;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plain HTTP request to the TLS port, read as far as its answer needs it. Bounded and total:
 * whatever the bytes are, there is an answer. Not safe for several threads.
 */
public final class PlainRequest {
  private static final int MOST = 8192;

  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]{1,16}) (/[!-~]{0,4000}) HTTP/1\\.[01]");

  private static final Pattern HOST =
      Pattern.compile("(?i)host:[ \\t]*([a-z0-9._-]{1,255}|\\[[0-9a-f:.]{2,45}\\])(:[0-9]{1,5})?");

  private final PlainHttp answer;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();

  /** A request that is answered so. */
  public PlainRequest(PlainHttp answer) {
    this.answer = answer;
  }

  /** Takes the next bytes; the whole answer once it is clear, empty before. */
  public Optional<String> feed(ByteBuffer bytes) {
    while (bytes.hasRemaining() && head.size() < MOST) {
      head.write(bytes.get());
    }
    if (answer != PlainHttp.REDIRECT) {
      return Optional.of(badRequest());
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return head.size() < MOST ? Optional.empty() : Optional.of(badRequest());
    }
    return Optional.of(redirect(text.substring(0, end)).orElseGet(PlainRequest::badRequest));
  }

  private static Optional<String> redirect(String request) {
    String[] lines = request.split("\r\n", -1);
    Matcher first = REQUEST.matcher(lines[0]);
    if (!first.matches()) {
      return Optional.empty();
    }
    for (String line : lines) {
      Matcher host = HOST.matcher(line.stripTrailing());
      if (host.matches()) {
        String port = host.group(2) == null ? "" : host.group(2);
        boolean reads = first.group(1).equals("GET") || first.group(1).equals("HEAD");
        return Optional.of(
            response(
                reads ? "301 Moved Permanently" : "308 Permanent Redirect",
                "Location: https://" + host.group(1) + port + first.group(2) + "\r\n",
                ""));
      }
    }
    return Optional.empty();
  }

  private static String badRequest() {
    return response("400 Bad Request", "", "This port speaks TLS: use https.\n");
  }

  private static String response(String status, String header, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + header
        + "Content-Type: text/plain\r\nContent-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }
}
