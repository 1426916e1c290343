package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.PeerCertificate;
import io.tlsport.core.policy.sni.IpAddress;
import io.tlsport.core.policy.sni.ServerName;
import java.net.IDN;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether a certificate belongs to a host: the rules of Node's {@code checkServerIdentity}. */
public final class ServerIdentity {
  private ServerIdentity() {}

  /**
   * Empty if it belongs; otherwise why not. The common name counts only where no alternative name
   * says a host, an address or a URI.
   *
   * @param host a name in any script, or an address
   */
  public static Optional<AuthorizationError> check(String host, PeerCertificate certificate) {
    List<AltNames.AltName> names = AltNames.of(certificate.x509());
    if (ServerName.isAddress(host)) {
      List<String> addresses = values(names, AltNames.ADDRESS);
      // Both sides print alike, however the user has written the address.
      Optional<String> wanted = IpAddress.parse(host).map(IpAddress::toString);
      return wanted.filter(addresses::contains).isPresent()
          ? Optional.empty()
          : mismatch("IP: " + host + " is not in the cert's list: " + String.join(", ", addresses));
    }
    String name = normal(ascii(host));
    List<String> hosts = values(names, AltNames.HOST);
    if (!hosts.isEmpty()) {
      return hosts.stream().anyMatch(pattern -> matches(name, pattern))
          ? Optional.empty()
          : mismatch(
              "Host: "
                  + host
                  + ". is not in the cert's altnames: "
                  + certificate.subjectaltname().orElse(""));
    }
    boolean named =
        !values(names, AltNames.ADDRESS).isEmpty() || !values(names, AltNames.RESOURCE).isEmpty();
    return named ? mismatch("Cert does not contain a DNS name") : common(host, name, certificate);
  }

  static String ascii(String host) {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException malformed) {
      return ""; // which no certificate names
    }
  }

  private static Optional<AuthorizationError> common(
      String host, String name, PeerCertificate certificate) {
    List<String> commonNames = certificate.subject().attributes().getOrDefault("CN", List.of());
    return commonNames.stream().anyMatch(pattern -> matches(name, pattern))
        ? Optional.empty()
        : mismatch("Host: " + host + ". is not cert's CN: " + String.join(", ", commonNames));
  }

  static List<String> values(List<AltNames.AltName> names, String kind) {
    return names.stream()
        .filter(name -> name.kind().equals(kind))
        .map(AltNames.AltName::value)
        .toList();
  }

  static Optional<AuthorizationError> mismatch(String reason) {
    return Optional.of(
        new AuthorizationError(
            ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID,
            "Hostname/IP does not match certificate's altnames: " + reason,
            0));
  }

  /** In lower case, without the dot at the end. */
  static String normal(String name) {
    String lower = lowerCase(name);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Lower case in ASCII only: in Unicode, the Kelvin sign would become a k. */
  static String lowerCase(String name) {
    StringBuilder lower = new StringBuilder(name);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return lower.toString();
  }

  /** A star stands for (part of) the left-most label of a name with at least three labels. */
  static boolean matches(String name, String rawPattern) {
    String pattern = normal(rawPattern);
    if (name.isEmpty() || pattern.isEmpty() || !isPlain(pattern)) {
      return false;
    }
    String[] nameLabels = name.split("\\.", -1);
    String[] labels = pattern.split("\\.", -1);
    if (labels.length != nameLabels.length
        || Arrays.asList(labels).contains("")
        || !tail(labels).equals(tail(nameLabels))) {
      return false;
    }
    String first = labels[0];
    int star = first.indexOf('*');
    if (star < 0 || first.contains("xn--")) {
      return first.equals(nameLabels[0]);
    }
    if (labels.length <= 2 || first.indexOf('*', star + 1) >= 0) {
      return false;
    }
    String prefix = first.substring(0, star);
    String suffix = first.substring(star + 1);
    return prefix.length() + suffix.length() <= nameLabels[0].length()
        && nameLabels[0].startsWith(prefix)
        && nameLabels[0].endsWith(suffix);
  }

  private static boolean isPlain(String pattern) {
    return pattern.chars().allMatch(c -> c > ' ' && c < 127);
  }

  private static List<String> tail(String[] labels) {
    return Arrays.asList(labels).subList(1, labels.length);
  }
}
