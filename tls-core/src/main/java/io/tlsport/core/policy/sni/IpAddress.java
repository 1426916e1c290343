package io.tlsport.core.policy.sni;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * An IP address as bytes, read from text without ever asking a name service: {@link
 * java.net.InetAddress} asks one for text that looks like an address and is none.
 */
public final class IpAddress {
  private static final int V4_SIZE = 4;
  private static final int V6_SIZE = 16;

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The address of 4 or 16 bytes in network order; empty for any other number of bytes. */
  public static Optional<IpAddress> of(byte[] bytes) {
    return bytes.length == V4_SIZE || bytes.length == V6_SIZE
        ? Optional.of(new IpAddress(bytes.clone()))
        : Optional.empty();
  }

  /** The address of a literal (RFC 4291 section 2.2); a zone behind {@code %} does not count. */
  public static Optional<IpAddress> parse(String text) {
    if (text.indexOf(':') < 0) {
      return v4(text).map(IpAddress::new);
    }
    int zone = text.indexOf('%');
    return v6(zone < 0 ? text : text.substring(0, zone)).map(IpAddress::new);
  }

  private static Optional<byte[]> v4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[V4_SIZE];
    if (parts.length != V4_SIZE) {
      return Optional.empty();
    }
    for (int i = 0; i < V4_SIZE; i++) {
      // A leading zero means octal to some and decimal to others.
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Optional.of(bytes);
  }

  private static Optional<byte[]> v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(all -> all.length == V6_SIZE);
    }
    Optional<byte[]> head = groups(text.substring(0, gap));
    Optional<byte[]> tail = groups(text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty() || text.substring(0, gap).indexOf('.') >= 0) {
      return Optional.empty();
    }
    int given = head.get().length + tail.get().length;
    if (given > V6_SIZE - 2) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(head.get(), V6_SIZE);
    System.arraycopy(tail.get(), 0, bytes, V6_SIZE - tail.get().length, tail.get().length);
    return Optional.of(bytes);
  }

  /** Groups of four digits between colons; the last one may be an IPv4 address. */
  private static Optional<byte[]> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    StringBuilder hex = new StringBuilder();
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<byte[]> last = i == parts.length - 1 ? v4(parts[i]) : Optional.empty();
      if (last.isPresent()) {
        hex.append(HexFormat.of().formatHex(last.get()));
      } else if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
        hex.append("0".repeat(4 - parts[i].length())).append(parts[i]);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(HexFormat.of().parseHex(hex));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As OpenSSL prints it: {@code 127.0.0.1}, {@code 2001:DB8:0:0:0:0:0:1}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(bytes.length == V4_SIZE ? "." : ":");
    if (bytes.length == V4_SIZE) {
      for (byte octet : bytes) {
        text.add(Integer.toString(octet & 0xff));
      }
    } else {
      for (int i = 0; i < V6_SIZE; i += 2) {
        int group = (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
        text.add(Integer.toHexString(group).toUpperCase(Locale.ROOT));
      }
    }
    return text.toString();
  }
}
