package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What each certificate of a path must say of itself: extensions that are understood, authorities
 * that are some, the right purpose, paths that are not too long. In OpenSSL's order, leaf first.
 */
final class ChainRules {
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;
  private static final int KEY_CERT_SIGN = 5;

  /**
   * Critical extensions that are looked at in this package, or that OpenSSL does not look at either
   * unless it is told to: policies are for applications that ask for one.
   */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "2.5.29.15", // key usage
          "2.5.29.17", // subject alternative name
          BASIC_CONSTRAINTS,
          "2.5.29.30", // name constraints
          "2.5.29.31", // CRL distribution points
          "2.5.29.32", // certificate policies
          "2.5.29.33", // policy mappings
          "2.5.29.36", // policy constraints
          "2.5.29.37", // extended key usage
          "2.5.29.54"); // inhibit any policy

  private ChainRules() {}

  /** The first thing that is wrong. */
  static Optional<AuthorizationError> check(List<X509Certificate> path, Purpose purpose) {
    for (int depth = 0; depth < path.size(); depth++) {
      Optional<ErrorCode> error = check(path, depth, purpose);
      if (error.isPresent()) {
        return Optional.of(OpenSslMessages.error(error.get(), depth));
      }
    }
    return Optional.empty();
  }

  private static Optional<ErrorCode> check(List<X509Certificate> path, int depth, Purpose purpose) {
    X509Certificate certificate = path.get(depth);
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    if (critical != null && !UNDERSTOOD.containsAll(critical)) {
      return Optional.of(ErrorCode.UNHANDLED_CRITICAL_EXTENSION);
    }
    boolean isLeaf = depth == 0;
    if (!isLeaf && !isAuthority(certificate, depth == path.size() - 1)) {
      return Optional.of(ErrorCode.INVALID_CA);
    }
    if (!extendedUsageFits(certificate, purpose) || (isLeaf && !usageFits(certificate, purpose))) {
      return Optional.of(ErrorCode.INVALID_PURPOSE);
    }
    return !isLeaf && between(path, depth) > allowedBetween(certificate)
        ? Optional.of(ErrorCode.PATH_LENGTH_EXCEEDED)
        : Optional.empty();
  }

  /** Old roots say nothing of basic constraints: certificates of version 1 had no place for it. */
  private static boolean isAuthority(X509Certificate certificate, boolean isAnchor) {
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[KEY_CERT_SIGN]) {
      return false;
    }
    if (certificate.getExtensionValue(BASIC_CONSTRAINTS) != null) {
      return certificate.getBasicConstraints() >= 0;
    }
    boolean oldRoot = certificate.getVersion() < 3 && isSelfIssued(certificate);
    return isAnchor && (oldRoot || usage != null);
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static long between(List<X509Certificate> path, int depth) {
    return path.subList(1, depth).stream().filter(other -> !isSelfIssued(other)).count();
  }

  private static long allowedBetween(X509Certificate authority) {
    int length = authority.getBasicConstraints();
    return length < 0 ? Integer.MAX_VALUE : length;
  }

  /** The one purpose has to be named: OpenSSL takes "any" for no purpose of TLS. */
  private static boolean extendedUsageFits(X509Certificate certificate, Purpose purpose) {
    try {
      List<String> usage = certificate.getExtendedKeyUsage();
      return usage == null || usage.contains(purpose.extendedKeyUsage());
    } catch (CertificateParsingException malformed) {
      return false;
    }
  }

  private static boolean usageFits(X509Certificate certificate, Purpose purpose) {
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || usage[DIGITAL_SIGNATURE] || usage[KEY_AGREEMENT]) {
      return true;
    }
    return purpose == Purpose.SERVER && usage[KEY_ENCIPHERMENT];
  }
}
