package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.der.DerWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Whether a name lies within a subtree, kind by kind (RFC 5280 section 4.2.1.10). */
final class NameTree {
  private NameTree() {}

  /**
   * True if it does; both are of one kind.
   *
   * @throws DerException for a kind that cannot be judged, or a name that cannot be read
   */
  static boolean contains(GeneralName base, GeneralName name) throws DerException {
    return switch (base.tag()) {
      case GeneralName.DNS -> host(text(base), text(name));
      case GeneralName.EMAIL -> email(text(base), text(name));
      case GeneralName.URI -> hostOrDomain(text(base), hostOf(text(name)));
      case GeneralName.IP -> address(base.value(), name.value());
      case GeneralName.DIRECTORY -> directory(base.value(), name.value());
      default -> throw new DerException("names of this kind cannot be judged");
    };
  }

  /** True if a star in the name may stand for the base itself: an excluded host must not hide. */
  static boolean covers(GeneralName name, GeneralName base) {
    return name.tag() == GeneralName.DNS
        && ServerIdentity.matches(ServerIdentity.normal(text(base)), text(name));
  }

  private static String text(GeneralName name) {
    return new String(name.value(), StandardCharsets.ISO_8859_1);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Labels may be added on the left. */
  private static boolean host(String base, String name) {
    if (base.isEmpty() || name.equalsIgnoreCase(base)) {
      return true;
    }
    String suffix = base.startsWith(".") ? base : "." + base;
    return lower(name).endsWith(lower(suffix));
  }

  /** A mailbox, all mailboxes of a host, or with a dot in front those of all hosts of a domain. */
  private static boolean email(String base, String name) throws DerException {
    int at = name.lastIndexOf('@');
    if (at < 0) {
      throw new DerException("an email address has no @");
    }
    int baseAt = base.lastIndexOf('@');
    if (baseAt < 0) {
      return hostOrDomain(base, name.substring(at + 1));
    }
    // Of the mailbox itself the case counts.
    boolean sameBox = baseAt == 0 || base.substring(0, baseAt).equals(name.substring(0, at));
    return sameBox && base.substring(baseAt + 1).equalsIgnoreCase(name.substring(at + 1));
  }

  private static boolean hostOrDomain(String base, String host) {
    return base.startsWith(".")
        ? lower(host).endsWith(lower(base))
        : base.isEmpty() || host.equalsIgnoreCase(base);
  }

  private static String hostOf(String uri) throws DerException {
    int colon = uri.indexOf(':');
    if (colon < 0 || !uri.startsWith("//", colon + 1)) {
      throw new DerException("a URI names no host");
    }
    String rest = uri.substring(colon + 3);
    int end = 0;
    while (end < rest.length() && "/:?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String host = rest.substring(rest.lastIndexOf('@', end - 1) + 1, end);
    if (host.isEmpty()) {
      throw new DerException("a URI names no host");
    }
    return host;
  }

  /** An address and its mask; an address of the other family lies outside. */
  private static boolean address(byte[] base, byte[] name) throws DerException {
    if ((base.length != 8 && base.length != 32) || (name.length != 4 && name.length != 16)) {
      throw new DerException("an address has an odd length");
    }
    if (base.length != 2 * name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      byte mask = base[name.length + i];
      if ((name[i] & mask) != (base[i] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The name begins with all of the base's parts. */
  private static boolean directory(byte[] base, byte[] name) throws DerException {
    List<byte[]> wanted = parts(base);
    List<byte[]> parts = parts(name);
    if (wanted.size() > parts.size()) {
      return false;
    }
    byte[] beginning =
        DerWriter.value(DerReader.SEQUENCE, parts.subList(0, wanted.size()).toArray(byte[][]::new));
    return new X500Principal(base).equals(new X500Principal(beginning));
  }

  private static List<byte[]> parts(byte[] name) throws DerException {
    DerReader sequence = new DerReader(name).enter(DerReader.SEQUENCE);
    List<byte[]> parts = new ArrayList<>();
    while (!sequence.isEmpty()) {
      parts.add(sequence.raw());
    }
    return parts;
  }
}
