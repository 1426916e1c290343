package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.sni.IpAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The subject alternative names of a certificate (RFC 5280 section 4.2.1.6). Total. */
final class AltNames {
  /** How {@link AltName#kind()} calls host names. */
  static final String HOST = "DNS";

  /** How {@link AltName#kind()} calls addresses. */
  static final String ADDRESS = "IP Address";

  /** How {@link AltName#kind()} calls URIs. */
  static final String RESOURCE = "URI";

  private static final String OID = "2.5.29.17";
  private static final String UNSUPPORTED = "<unsupported>";
  private static final int UTF8_STRING = 0x0c;
  private static final int IA5_STRING = 0x16;
  private static final int EXPLICIT = 0xa0;
  private static final int DELETE = 0x7f;

  /** Other names that Node can read, and whether they are UTF-8. */
  private static final Map<String, OtherName> OTHER_NAMES =
      Map.of(
          "1.3.6.1.5.5.7.8.9", new OtherName("SmtpUTF8Mailbox", true),
          "1.3.6.1.5.5.7.8.5", new OtherName("XmppAddr", true),
          "1.3.6.1.5.5.7.8.7", new OtherName("SRVName", false),
          "1.3.6.1.4.1.311.20.2.3", new OtherName("UPN", true),
          "1.3.6.1.5.5.7.8.8", new OtherName("NAIRealm", true));

  private AltNames() {}

  private record OtherName(String prefix, boolean unicode) {
    int tag() {
      return unicode ? UTF8_STRING : IA5_STRING;
    }
  }

  /**
   * One name.
   *
   * @param kind as OpenSSL prints it: {@code DNS}, {@code IP Address}, {@code URI} and so on
   * @param value its text
   * @param unicode true for the kinds that are UTF-8; bytes of all others beyond ASCII are read as
   *     Latin-1, so that nothing is lost
   */
  record AltName(String kind, String value, boolean unicode) {
    AltName(String kind, String value) {
      this(kind, value, false);
    }
  }

  /** The names in order; what cannot be read ends them. */
  static List<AltName> of(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(OID);
    return extension == null ? List.of() : read(extension);
  }

  /** The names of the value of an extension, which is an OCTET STRING. */
  static List<AltName> read(byte[] extension) {
    List<AltName> names = new ArrayList<>();
    try {
      DerReader sequence =
          new DerReader(new DerReader(extension).octets()).enter(DerReader.SEQUENCE);
      while (!sequence.isEmpty()) {
        names.add(name(GeneralName.next(sequence)));
      }
    } catch (DerException malformed) {
      return names;
    }
    return names;
  }

  /** A name of any kind. */
  static AltName name(GeneralName name) {
    byte[] value = name.value();
    return switch (name.tag()) {
      case GeneralName.DNS -> new AltName(HOST, latin(value));
      case GeneralName.EMAIL -> new AltName("email", latin(value));
      case GeneralName.URI -> new AltName(RESOURCE, latin(value));
      case GeneralName.IP ->
          new AltName(
              ADDRESS,
              IpAddress.of(value)
                  .map(IpAddress::toString)
                  .orElse("<invalid length=" + value.length + ">"));
      case GeneralName.DIRECTORY ->
          new AltName("DirName", DirectoryText.of(value).orElse(UNSUPPORTED), true);
      case GeneralName.REGISTERED_ID -> new AltName("Registered ID", registered(value));
      case GeneralName.X400 -> new AltName("X400Name", UNSUPPORTED);
      case GeneralName.EDI_PARTY -> new AltName("EdiPartyName", UNSUPPORTED);
      default -> other(value).orElse(new AltName("othername", UNSUPPORTED));
    };
  }

  private static String latin(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  private static Optional<AltName> other(byte[] value) {
    try {
      DerReader parts = new DerReader(value);
      OtherName known = OTHER_NAMES.get(parts.oid());
      DerReader text = parts.enter(EXPLICIT);
      if (known == null || text.peek() != known.tag()) {
        return Optional.empty();
      }
      byte[] bytes = text.next().rest();
      String read = known.unicode() ? new String(bytes, StandardCharsets.UTF_8) : latin(bytes);
      return Optional.of(new AltName("othername", known.prefix() + ":" + read, known.unicode()));
    } catch (DerException malformed) {
      return Optional.empty();
    }
  }

  private static String registered(byte[] value) {
    try {
      return DerReader.oid(value);
    } catch (DerException malformed) {
      return UNSUPPORTED;
    }
  }

  /** All names in Node's form: {@code DNS:a.example, IP Address:127.0.0.1}; odd ones are quoted. */
  static Optional<String> text(X509Certificate certificate) {
    return text(of(certificate));
  }

  /** As {@link #text(X509Certificate)}; empty if there are none. */
  static Optional<String> text(List<AltName> names) {
    List<String> parts = names.stream().map(name -> name.kind() + ":" + quoted(name)).toList();
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  /**
   * Node's way to keep one name from looking like two: what could end it, or could not be seen, is
   * escaped within quotes as in JSON.
   */
  private static String quoted(AltName name) {
    String value = name.value();
    if (value.chars().allMatch(c -> visible(c, name.unicode()) && "\"\\,'".indexOf(c) < 0)) {
      return value;
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == ',' || !visible(c, name.unicode())) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static boolean visible(int c, boolean unicode) {
    return c >= ' ' && (c <= '~' || (unicode && c > DELETE));
  }
}
