package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
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
  static final Set<String> UNDERSTOOD =
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

  /** Everything that is wrong, in OpenSSL's order. */
  static List<AuthorizationError> check(List<X509Certificate> path, Purpose purpose) {
    List<AuthorizationError> found = new ArrayList<>();
    for (int depth = 0; depth < path.size(); depth++) {
      for (ErrorCode code : check(path, depth, purpose)) {
        found.add(OpenSslMessages.error(code, depth));
      }
    }
    return found;
  }

  private static List<ErrorCode> check(List<X509Certificate> path, int depth, Purpose purpose) {
    X509Certificate certificate = path.get(depth);
    List<ErrorCode> wrong = new ArrayList<>();
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    if (critical != null && !UNDERSTOOD.containsAll(critical)) {
      wrong.add(ErrorCode.UNHANDLED_CRITICAL_EXTENSION);
    }
    boolean isLeaf = depth == 0;
    boolean isAnchor = depth == path.size() - 1;
    Authority authority = authority(certificate);
    if (!isLeaf && authority != Authority.YES && !(isAnchor && authority == Authority.OLD)) {
      wrong.add(ErrorCode.INVALID_CA);
    }
    boolean usageFits = isLeaf ? usageFits(certificate, purpose) : authority != Authority.NO;
    if (!usageFits || !extendedUsageFits(certificate, purpose)) {
      wrong.add(ErrorCode.INVALID_PURPOSE);
    }
    if (!isLeaf && between(path, depth) > allowedBetween(certificate)) {
      wrong.add(ErrorCode.PATH_LENGTH_EXCEEDED);
    }
    return wrong;
  }

  private enum Authority {
    NO,
    /** It says so in a way of the last century, which is good for anchors. */
    OLD,
    YES
  }

  /** Old roots say nothing of basic constraints: certificates of version 1 had no place for it. */
  private static Authority authority(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[KEY_CERT_SIGN]) {
      return Authority.NO;
    }
    if (certificate.getExtensionValue(BASIC_CONSTRAINTS) != null) {
      return certificate.getBasicConstraints() >= 0 ? Authority.YES : Authority.NO;
    }
    boolean oldRoot = certificate.getVersion() < 3 && isSelfIssued(certificate);
    return oldRoot || usage != null ? Authority.OLD : Authority.NO;
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
