package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The subject alternative names of a certificate (RFC 5280 section 4.2.1.6). Total. */
final class AltNames {
  private static final String OID = "2.5.29.17";
  private static final int EMAIL = 0x81;
  private static final int DNS = 0x82;
  private static final int URI = 0x86;
  private static final int IP = 0x87;
  private static final int DIRECTORY = 0xa4;
  private static final int REGISTERED_ID = 0x88;

  private AltNames() {}

  /**
   * One name.
   *
   * @param kind as OpenSSL prints it: {@code DNS}, {@code IP Address}, {@code URI} and so on
   * @param value its text
   */
  record AltName(String kind, String value) {}

  static List<AltName> of(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(OID);
    List<AltName> names = new ArrayList<>();
    if (extension == null) {
      return names;
    }
    try {
      byte[] content = new DerReader(extension).octets();
      DerReader sequence = new DerReader(content).enter(DerReader.SEQUENCE);
      while (!sequence.isEmpty()) {
        int tag = sequence.peek();
        names.add(name(tag, sequence.next().rest()));
      }
    } catch (DerException malformed) {
      return names;
    }
    return names;
  }

  private static AltName name(int tag, byte[] value) {
    return switch (tag) {
      case DNS -> new AltName("DNS", ascii(value));
      case EMAIL -> new AltName("email", ascii(value));
      case URI -> new AltName("URI", ascii(value));
      case IP -> new AltName("IP Address", address(value));
      case DIRECTORY -> new AltName("DirName", DistinguishedNameReader.read(value).toString());
      case REGISTERED_ID -> new AltName("Registered ID", "<unsupported>");
      default -> new AltName("othername", "<unsupported>");
    };
  }

  private static String ascii(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  private static String address(byte[] value) {
    try {
      return InetAddress.getByAddress(value).getHostAddress();
    } catch (UnknownHostException wrongLength) {
      return "<invalid>";
    }
  }

  /** All names in Node's form: {@code DNS:a.example, IP Address:127.0.0.1}; odd ones are quoted. */
  static Optional<String> text(X509Certificate certificate) {
    List<String> parts =
        of(certificate).stream().map(name -> name.kind() + ":" + quoted(name.value())).toList();
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  private static String quoted(String value) {
    boolean plain =
        value
            .chars()
            .allMatch(c -> c > ' ' && c < 127 && c != ',' && c != '"' && c != '\'' && c != '\\');
    if (plain) {
      return value;
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > 126) {
        out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
