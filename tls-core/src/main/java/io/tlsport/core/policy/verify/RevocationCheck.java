package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;

/** Revocation lists, as with OpenSSL's flags CRL_CHECK and CRL_CHECK_ALL, which Node sets. */
final class RevocationCheck {
  private static final int CRL_SIGN = 6;

  private final List<X509CRL> crls;
  private final CertificateSignatures signatures;

  /** By the list itself, not its content; keys are those of trusted issuers, which are few. */
  private final Map<X509CRL, Map<PublicKey, Boolean>> signers;

  RevocationCheck(List<X509CRL> crls, CertificateSignatures signatures) {
    this.crls = List.copyOf(crls);
    this.signatures = signatures;
    this.signers = Collections.synchronizedMap(new IdentityHashMap<>());
  }

  /** True if it never finds anything. */
  boolean hasNoLists() {
    return crls.isEmpty();
  }

  /**
   * Everything that is wrong, leaf first.
   *
   * @param trusted the path ends in something trusted. Otherwise no list is examined, only missed:
   *     a stranger must not make us work through the lists of others.
   */
  List<AuthorizationError> check(List<X509Certificate> path, boolean trusted, Instant now) {
    List<AuthorizationError> found = new ArrayList<>();
    for (int depth = 0; depth < path.size() && !crls.isEmpty(); depth++) {
      X509Certificate certificate = path.get(depth);
      X509Certificate issuer = path.get(Math.min(depth + 1, path.size() - 1));
      List<X509CRL> named = named(certificate);
      Optional<ErrorCode> error =
          named.isEmpty()
              ? Optional.of(ErrorCode.UNABLE_TO_GET_CRL)
              : trusted ? check(certificate, issuer, named, now) : Optional.empty();
      if (error.isPresent()) {
        found.add(OpenSslMessages.error(error.get(), depth));
      }
    }
    return found;
  }

  private List<X509CRL> named(X509Certificate certificate) {
    X500Principal name = certificate.getIssuerX500Principal();
    return crls.stream()
        .filter(crl -> crl.getIssuerX500Principal().equals(name))
        .filter(crl -> CrlScope.covers(crl, certificate))
        .toList();
  }

  private Optional<ErrorCode> check(
      X509Certificate certificate, X509Certificate issuer, List<X509CRL> named, Instant now) {
    List<X509CRL> signed =
        mayNotSign(issuer)
            ? List.of()
            : named.stream().filter(crl -> signed(crl, issuer.getPublicKey())).toList();
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

  /** A list may be long, and who has signed it does not change. */
  private boolean signed(X509CRL crl, PublicKey key) {
    return signers
        .computeIfAbsent(crl, list -> new ConcurrentHashMap<>())
        .computeIfAbsent(key, signer -> signatures.signed(crl, signer));
  }

  private static boolean mayNotSign(X509Certificate issuer) {
    boolean[] usage = issuer.getKeyUsage();
    return usage != null && !usage[CRL_SIGN];
  }
}
