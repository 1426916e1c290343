package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.PeerCertificate;
import io.tlsport.core.policy.sni.ServerName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a certificate belongs to a host: the rules of Node's {@code checkServerIdentity}. */
public final class ServerIdentity {
  private ServerIdentity() {}

  /** Empty if it belongs; otherwise why not. */
  public static Optional<AuthorizationError> check(String host, PeerCertificate certificate) {
    List<AltNames.AltName> names = AltNames.of(certificate.x509());
    List<String> hosts = values(names, "DNS");
    if (ServerName.isAddress(host)) {
      List<String> addresses = values(names, "IP Address");
      return addresses.stream().anyMatch(address -> sameAddress(host, address))
          ? Optional.empty()
          : mismatch("IP: " + host + " is not in the cert's list: " + String.join(", ", addresses));
    }
    String name = normal(host);
    boolean hasNames =
        !hosts.isEmpty()
            || !values(names, "IP Address").isEmpty()
            || !values(names, "URI").isEmpty();
    if (!hosts.isEmpty()) {
      return hosts.stream().anyMatch(pattern -> matches(name, pattern))
          ? Optional.empty()
          : mismatch(
              "Host: "
                  + host
                  + ". is not in the cert's altnames: "
                  + certificate.subjectaltname().orElse(""));
    }
    return hasNames
        ? mismatch("Cert does not contain a DNS name")
        : common(host, name, certificate);
  }

  private static Optional<AuthorizationError> common(
      String host, String name, PeerCertificate certificate) {
    List<String> commonNames = certificate.subject().attributes().getOrDefault("CN", List.of());
    return commonNames.stream().anyMatch(pattern -> matches(name, pattern))
        ? Optional.empty()
        : mismatch("Host: " + host + ". is not cert's CN: " + String.join(", ", commonNames));
  }

  private static List<String> values(List<AltNames.AltName> names, String kind) {
    return names.stream()
        .filter(name -> name.kind().equals(kind))
        .map(AltNames.AltName::value)
        .toList();
  }

  private static Optional<AuthorizationError> mismatch(String reason) {
    return Optional.of(
        new AuthorizationError(
            ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID,
            "Hostname/IP does not match certificate's altnames: " + reason,
            0));
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
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

  private static boolean sameAddress(String host, String address) {
    try {
      // Both are literals, so that nothing is looked up.
      return ServerName.isAddress(address)
          && InetAddress.getByName(host).equals(InetAddress.getByName(address));
    } catch (UnknownHostException noLiteral) {
      return false;
    }
  }
}
