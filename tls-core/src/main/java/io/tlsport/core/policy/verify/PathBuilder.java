package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Finds the way from a leaf to something trusted, as OpenSSL does: issuers among the trusted ones
 * first, then among those that the peer sent, by name and signature.
 */
final class PathBuilder {
  /** OpenSSL's limit of a chain's length. */
  private static final int MAX_DEPTH = 100;

  private final Map<X500Principal, List<X509Certificate>> trustedByName = new HashMap<>();
  private final Set<X509Certificate> trusted;
  private final boolean partial;
  private final CertificateSignatures signatures;

  PathBuilder(List<X509Certificate> trusted, boolean partial, CertificateSignatures signatures) {
    this.trusted = new HashSet<>(trusted);
    this.partial = partial;
    this.signatures = signatures;
    for (X509Certificate certificate : trusted) {
      trustedByName
          .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>())
          .add(certificate);
    }
  }

  /**
   * What was found.
   *
   * @param certificates leaf first
   * @param error why it does not end in something trusted
   */
  record Path(List<X509Certificate> certificates, Optional<AuthorizationError> error) {}

  Path build(List<X509Certificate> chain, Instant now) {
    List<X509Certificate> path = new ArrayList<>();
    path.add(chain.get(0));
    while (true) {
      X509Certificate last = path.get(path.size() - 1);
      boolean known = trusted.contains(last);
      boolean selfSigned = isSelfSigned(last);
      if (known && (selfSigned || partial)) {
        return new Path(path, Optional.empty());
      }
      if (path.size() > MAX_DEPTH) {
        return failed(path, ErrorCode.CERT_CHAIN_TOO_LONG);
      }
      Optional<X509Certificate> issuer =
          selfSigned ? Optional.empty() : issuer(last, path, chain, now);
      if (issuer.isEmpty()) {
        return failed(path, unfinished(path.size(), selfSigned, known));
      }
      path.add(issuer.get());
    }
  }

  private static ErrorCode unfinished(int length, boolean selfSigned, boolean known) {
    if (selfSigned) {
      return length == 1
          ? ErrorCode.DEPTH_ZERO_SELF_SIGNED_CERT
          : ErrorCode.SELF_SIGNED_CERT_IN_CHAIN;
    }
    if (length == 1) {
      return ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE;
    }
    return known
        ? ErrorCode.UNABLE_TO_GET_ISSUER_CERT
        : ErrorCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
  }

  private static Path failed(List<X509Certificate> path, ErrorCode code) {
    return new Path(path, Optional.of(OpenSslMessages.error(code, path.size() - 1)));
  }

  private boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        && signatures.signed(certificate, certificate.getPublicKey());
  }

  private Optional<X509Certificate> issuer(
      X509Certificate certificate,
      List<X509Certificate> path,
      List<X509Certificate> chain,
      Instant now) {
    X500Principal name = certificate.getIssuerX500Principal();
    List<X509Certificate> candidates = new ArrayList<>(trustedByName.getOrDefault(name, List.of()));
    candidates.sort(Comparator.comparing(candidate -> !isCurrent(candidate, now)));
    chain.stream()
        .filter(sent -> sent.getSubjectX500Principal().equals(name))
        .forEach(candidates::add);
    return candidates.stream()
        .filter(candidate -> !path.contains(candidate))
        .filter(candidate -> signatures.signed(certificate, candidate.getPublicKey()))
        .findFirst();
  }

  private static boolean isCurrent(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }
}
