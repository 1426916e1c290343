package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.PeerCertificate;
import io.tlsport.core.policy.sni.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a certificate belongs to a host: RFC 9525, which knows alternative names only and stars
 * only as the whole left-most label. Whatever this accepts, {@link ServerIdentity} accepts too.
 */
public final class StrictIdentity {
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final int LONGEST = 253;
  private static final String STAR = "*.";

  private StrictIdentity() {}

  /**
   * Empty if it belongs; otherwise why not.
   *
   * @param host a name in any script, or an address
   */
  public static Optional<AuthorizationError> check(String host, PeerCertificate certificate) {
    if (ServerName.isAddress(host)) {
      return ServerIdentity.check(host, certificate);
    }
    String name = ServerIdentity.normal(ServerIdentity.ascii(host));
    List<String> hosts =
        ServerIdentity.values(AltNames.of(certificate.x509()), AltNames.HOST).stream()
            .map(ServerIdentity::lowerCase)
            .toList();
    return isHost(name) && hosts.stream().anyMatch(pattern -> matches(name, pattern))
        ? Optional.empty()
        : ServerIdentity.mismatch(
            "Host: "
                + host
                + ". is not among the cert's DNS names, by the strict rules: "
                + certificate.subjectaltname().orElse("it has none"));
  }

  private static boolean isHost(String name) {
    return name.length() <= LONGEST && HOST.matcher(name).matches();
  }

  private static boolean matches(String name, String pattern) {
    if (!pattern.startsWith(STAR)) {
      return isHost(pattern) && pattern.equals(name);
    }
    String parent = pattern.substring(STAR.length());
    int dot = name.indexOf('.');
    // A star above a top-level domain would be a certificate for everybody.
    return parent.indexOf('.') > 0
        && isHost(parent)
        && dot > 0
        && name.substring(dot + 1).equals(parent);
  }
}
