package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Revocation lists, as with OpenSSL's flags CRL_CHECK and CRL_CHECK_ALL, which Node sets. */
final class RevocationCheck {
  private static final int CRL_SIGN = 6;

  private final List<X509CRL> crls;
  private final CertificateSignatures signatures;

  RevocationCheck(List<X509CRL> crls, CertificateSignatures signatures) {
    this.crls = List.copyOf(crls);
    this.signatures = signatures;
  }

  Optional<AuthorizationError> check(List<X509Certificate> path, Instant now) {
    if (crls.isEmpty()) {
      return Optional.empty();
    }
    for (int depth = 0; depth < path.size(); depth++) {
      X509Certificate issuer = path.get(Math.min(depth + 1, path.size() - 1));
      Optional<ErrorCode> error = check(path.get(depth), issuer, now);
      if (error.isPresent()) {
        return Optional.of(OpenSslMessages.error(error.get(), depth));
      }
    }
    return Optional.empty();
  }

  private Optional<ErrorCode> check(
      X509Certificate certificate, X509Certificate issuer, Instant now) {
    List<X509CRL> named =
        crls.stream()
            .filter(
                crl -> crl.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
            .filter(crl -> CrlScope.covers(crl, certificate))
            .toList();
    if (named.isEmpty()) {
      return Optional.of(ErrorCode.UNABLE_TO_GET_CRL);
    }
    List<X509CRL> signed =
        mayNotSign(issuer)
            ? List.of()
            : named.stream().filter(crl -> signatures.signed(crl, issuer.getPublicKey())).toList();
    if (signed.isEmpty()) {
      return Optional.of(ErrorCode.CRL_SIGNATURE_FAILURE);
    }
    if (signed.stream().anyMatch(crl -> crl.isRevoked(certificate))) {
      return Optional.of(ErrorCode.CERT_REVOKED);
    }
    List<X509CRL> begun =
        signed.stream().filter(crl -> !now.isBefore(crl.getThisUpdate().toInstant())).toList();
    if (begun.isEmpty()) {
      return Optional.of(ErrorCode.CRL_NOT_YET_VALID);
    }
    boolean current =
        begun.stream()
            .anyMatch(
                c -> c.getNextUpdate() == null || !now.isAfter(c.getNextUpdate().toInstant()));
    return current ? Optional.empty() : Optional.of(ErrorCode.CRL_HAS_EXPIRED);
  }

  private static boolean mayNotSign(X509Certificate issuer) {
    boolean[] usage = issuer.getKeyUsage();
    return usage != null && !usage[CRL_SIGN];
  }
}
