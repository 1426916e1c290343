package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Judges certificate chains (RFC 5280) in OpenSSL's order and with OpenSSL's codes. Never throws
 * for anything that a peer sent. Safe for any number of threads.
 */
public final class CertificateVerifier {
  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final String NAME_CONSTRAINTS = "2.5.29.30";
  private static final int KEY_CERT_SIGN = 5;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;
  private static final int SMALLEST_RSA = 2048;
  private static final int SMALLEST_EC = 224;

  /** Critical extensions that are looked at here or by the JDK's path validation. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "2.5.29.15", // key usage
          "2.5.29.17", // subject alternative name
          "2.5.29.19", // basic constraints
          "2.5.29.30", // name constraints
          "2.5.29.32", // certificate policies
          "2.5.29.33", // policy mappings
          "2.5.29.36", // policy constraints
          "2.5.29.37", // extended key usage
          "2.5.29.54"); // inhibit any policy

  private final PathBuilder paths;
  private final RevocationCheck revocation;
  private final JcaServices jca;
  private final InstantSource clock;

  /**
   * A verifier.
   *
   * @param trusted the trust anchors
   * @param crls revocation lists; with one or more, every certificate of a path needs one
   * @param allowPartialTrustChain a trusted certificate that is not self-signed is enough
   * @param jca cryptography for the signatures
   * @param clock the time by which validity is judged
   */
  public CertificateVerifier(
      List<X509Certificate> trusted,
      List<X509CRL> crls,
      boolean allowPartialTrustChain,
      JcaServices jca,
      InstantSource clock) {
    CertificateSignatures signatures = new CertificateSignatures(jca);
    this.paths = new PathBuilder(trusted, allowPartialTrustChain, signatures);
    this.revocation = new RevocationCheck(crls, signatures);
    this.jca = jca;
    this.clock = clock;
  }

  /**
   * The verdict.
   *
   * @param chain as the peer sent it, leaf first; not empty
   * @return empty if the leaf is trusted for that purpose
   */
  public Optional<AuthorizationError> verify(List<X509Certificate> chain, Purpose purpose) {
    Instant now = clock.instant();
    PathBuilder.Path path = paths.build(chain, now);
    if (path.error().isPresent()) {
      return path.error();
    }
    List<X509Certificate> certificates = path.certificates();
    for (int depth = certificates.size() - 1; depth >= 0; depth--) {
      Optional<ErrorCode> error = check(certificates, depth, purpose);
      if (error.isPresent()) {
        return error.map(atDepth(depth));
      }
    }
    return revocation
        .check(certificates, now)
        .or(() -> validity(certificates, now))
        .or(() -> constraints(certificates, now));
  }

  private static java.util.function.Function<ErrorCode, AuthorizationError> atDepth(int depth) {
    return code -> OpenSslMessages.error(code, depth);
  }

  private static Optional<ErrorCode> check(List<X509Certificate> path, int depth, Purpose purpose) {
    X509Certificate certificate = path.get(depth);
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    if (critical != null && !UNDERSTOOD.containsAll(critical)) {
      return Optional.of(ErrorCode.UNHANDLED_CRITICAL_EXTENSION);
    }
    boolean isAuthority = depth > 0;
    if (isAuthority) {
      Optional<ErrorCode> error = authority(path, depth);
      if (error.isPresent()) {
        return error;
      }
    }
    if (!usageFits(certificate, purpose) || (!isAuthority && !keyUsageFits(certificate, purpose))) {
      return Optional.of(ErrorCode.INVALID_PURPOSE);
    }
    boolean isAnchor = depth == path.size() - 1;
    if (tooSmall(certificate.getPublicKey())) {
      return Optional.of(ErrorCode.EE_KEY_TOO_SMALL);
    }
    return !isAnchor && weakDigest(certificate)
        ? Optional.of(ErrorCode.CA_MD_TOO_WEAK)
        : Optional.empty();
  }

  private static Optional<ErrorCode> authority(List<X509Certificate> path, int depth) {
    X509Certificate certificate = path.get(depth);
    boolean oldAnchor = certificate.getVersion() < 3 && depth == path.size() - 1;
    int pathLength = certificate.getBasicConstraints();
    boolean[] usage = certificate.getKeyUsage();
    if ((pathLength < 0 && !oldAnchor) || (usage != null && !usage[KEY_CERT_SIGN])) {
      return Optional.of(ErrorCode.INVALID_CA);
    }
    long between =
        path.subList(1, depth).stream()
            .filter(c -> !c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
            .count();
    return !oldAnchor && between > pathLength
        ? Optional.of(ErrorCode.PATH_LENGTH_EXCEEDED)
        : Optional.empty();
  }

  private static boolean usageFits(X509Certificate certificate, Purpose purpose) {
    try {
      List<String> usage = certificate.getExtendedKeyUsage();
      return usage == null
          || usage.contains(purpose.extendedKeyUsage())
          || usage.contains(ANY_USAGE);
    } catch (java.security.cert.CertificateParsingException malformed) {
      return false;
    }
  }

  private static boolean keyUsageFits(X509Certificate certificate, Purpose purpose) {
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || usage[DIGITAL_SIGNATURE]) {
      return true;
    }
    return usage[KEY_AGREEMENT] || (purpose == Purpose.SERVER && usage[KEY_ENCIPHERMENT]);
  }

  private static boolean tooSmall(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() < SMALLEST_RSA;
    }
    return key instanceof ECPublicKey ec
        && ec.getParams().getCurve().getField().getFieldSize() < SMALLEST_EC;
  }

  private static boolean weakDigest(X509Certificate certificate) {
    String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    return name.startsWith("SHA1WITH") || name.startsWith("MD5WITH") || name.startsWith("MD2WITH");
  }

  private static Optional<AuthorizationError> validity(List<X509Certificate> path, Instant now) {
    for (int depth = path.size() - 1; depth >= 0; depth--) {
      if (now.isBefore(path.get(depth).getNotBefore().toInstant())) {
        return Optional.of(OpenSslMessages.error(ErrorCode.CERT_NOT_YET_VALID, depth));
      }
      if (now.isAfter(path.get(depth).getNotAfter().toInstant())) {
        return Optional.of(OpenSslMessages.error(ErrorCode.CERT_HAS_EXPIRED, depth));
      }
    }
    return Optional.empty();
  }

  /** Name constraints are the JDK's to judge, and only where a path has any. */
  private Optional<AuthorizationError> constraints(List<X509Certificate> path, Instant now) {
    boolean constrained =
        path.stream().anyMatch(c -> c.getExtensionValue(NAME_CONSTRAINTS) != null);
    if (!constrained || path.size() < 2) {
      return Optional.empty();
    }
    X509Certificate anchor = path.get(path.size() - 1);
    try {
      PKIXParameters parameters =
          new PKIXParameters(
              Set.of(
                  new TrustAnchor(
                      anchor,
                      anchor.getExtensionValue(NAME_CONSTRAINTS) == null
                          ? null
                          : constraintsOf(anchor))));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      jca.certPathValidator("PKIX")
          .validate(
              jca.certificateFactory("X.509").generateCertPath(path.subList(0, path.size() - 1)),
              parameters);
      return Optional.empty();
    } catch (CertPathValidatorException violated) {
      return Optional.of(
          OpenSslMessages.error(ErrorCode.PERMITTED_VIOLATION, Math.max(0, violated.getIndex())));
    } catch (GeneralSecurityException | RuntimeException unjudged) {
      return Optional.of(OpenSslMessages.error(ErrorCode.PERMITTED_VIOLATION, 0));
    }
  }

  private static byte[] constraintsOf(X509Certificate anchor) {
    byte[] wrapped = anchor.getExtensionValue(NAME_CONSTRAINTS);
    try {
      return new io.tlsport.core.policy.der.DerReader(wrapped).octets();
    } catch (io.tlsport.core.policy.der.DerException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
