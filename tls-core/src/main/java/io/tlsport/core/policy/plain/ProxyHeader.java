package io.tlsport.core.policy.plain;

import io.tlsport.Address;
import io.tlsport.core.policy.sni.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the header that a proxy sends before the bytes of its client: version 1, a line of text, or
 * version 2, binary. In any pieces, bounded, total. Not safe for several threads.
 */
public final class ProxyHeader {
  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  private static final byte[] WORD = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_LINE = 107;
  private static final int FIXED = 16;

  /** Addresses and the extensions of any proxy that is known take less. */
  private static final int MOST = 4096;

  private static final int IPV4 = 0x11;
  private static final int IPV6 = 0x21;

  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  /** What is known after some bytes. */
  public sealed interface Result {}

  /** It is not complete. */
  public record NeedMore() implements Result {}

  /**
   * It is complete; what follows is the client's.
   *
   * @param client who the proxy says the client is; empty: it does not say, or speaks for itself
   */
  public record Read(Optional<Address> client) implements Result {}

  /**
   * This is no such header.
   *
   * @param why in a sentence
   */
  public record Rejected(String why) implements Result {}

  /** Takes bytes as far as they belong to the header. */
  public Result feed(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      read.write(bytes.get());
      Result result = look(read.toByteArray());
      if (!(result instanceof NeedMore)) {
        return result;
      }
    }
    return new NeedMore();
  }

  private static Result look(byte[] all) {
    if (begins(all, WORD)) {
      return line(all);
    }
    if (begins(all, SIGNATURE)) {
      return binary(all);
    }
    return new Rejected("the connection does not begin with a PROXY header");
  }

  private static boolean begins(byte[] all, byte[] wanted) {
    int count = Math.min(all.length, wanted.length);
    return Arrays.equals(all, 0, count, wanted, 0, count);
  }

  // --- version 1

  private static Result line(byte[] all) {
    if (all[all.length - 1] != '\n') {
      return all.length < LONGEST_LINE
          ? new NeedMore()
          : new Rejected("the PROXY line is longer than 107 bytes");
    }
    String text = new String(all, StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r\n")) {
      return new Rejected("the PROXY line does not end with CR LF");
    }
    String[] words = text.substring(0, text.length() - 2).split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      return new Read(Optional.empty());
    }
    if (words.length != 6 || !(words[1].equals("TCP4") || words[1].equals("TCP6"))) {
      return new Rejected("the PROXY line is not of the form: PROXY TCP4 FROM TO PORT PORT");
    }
    String family = words[1].equals("TCP4") ? "IPv4" : "IPv6";
    Optional<String> source = numeric(words[2], family);
    int port = port(words[4]);
    return source.isPresent()
            && port >= 0
            && numeric(words[3], family).isPresent()
            && port(words[5]) >= 0
        ? new Read(Optional.of(new Address(source.get(), family, port)))
        : new Rejected("the PROXY line has no addresses and ports");
  }

  private static Optional<String> numeric(String text, String family) {
    return text.indexOf('%') < 0 && text.indexOf(':') >= 0 == family.equals("IPv6")
        ? IpAddress.parse(text).map(ProxyHeader::shown)
        : Optional.empty();
  }

  private static int port(String text) {
    return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535
        ? Integer.parseInt(text)
        : -1;
  }

  // --- version 2

  private static Result binary(byte[] all) {
    if (all.length < FIXED) {
      return new NeedMore();
    }
    int length = number(all, 14);
    if ((all[12] & 0xf0) != 0x20 || (all[12] & 0x0f) > 1) {
      return new Rejected("the PROXY header is of an unknown version or command");
    }
    if (length > MOST) {
      return new Rejected("the PROXY header has " + length + " bytes, more than " + MOST);
    }
    if (all.length < FIXED + length) {
      return new NeedMore();
    }
    boolean local = (all[12] & 0x0f) == 0;
    int family = all[13] & 0xff;
    if (local || (family != IPV4 && family != IPV6)) {
      return new Read(Optional.empty());
    }
    int size = family == IPV4 ? 4 : 16;
    if (length < 2 * size + 4) {
      return new Rejected("the PROXY header is too short for its addresses");
    }
    return new Read(
        IpAddress.of(Arrays.copyOfRange(all, FIXED, FIXED + size))
            .map(
                source ->
                    new Address(
                        shown(source),
                        family == IPV4 ? "IPv4" : "IPv6",
                        number(all, FIXED + 2 * size))));
  }

  private static int number(byte[] all, int at) {
    return (all[at] & 0xff) << 8 | (all[at + 1] & 0xff);
  }

  /** As the JDK prints it. */
  private static String shown(IpAddress address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
