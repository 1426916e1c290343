package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.core.policy.time.Ticker;
import io.tlsport.spi.JcaServices;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges certificate chains (RFC 5280) in OpenSSL's order and with OpenSSL's codes. Never throws
 * for anything that a peer sent. Safe for any number of threads.
 */
public final class CertificateVerifier {
  private final PathBuilder paths;
  private final RevocationCheck revocation;
  private final Strength strength;
  private final SecondOpinion secondOpinion;
  private final GoodChains good;
  private final InstantSource clock;
  private final Ticker ticker;
  private final ConnectionLimits limits;

  /**
   * A verifier.
   *
   * @param trusted the trust anchors
   * @param crls revocation lists; with one or more, every certificate of a path needs one
   * @param allowPartialTrustChain a trusted certificate that is not self-signed is enough
   * @param strength what keys and digests must be good for
   * @param jca cryptography for the signatures
   * @param clock the time by which validity is judged
   * @param ticker tells how long a verdict takes
   * @param limits what a peer may cost
   */
  public CertificateVerifier(
      List<X509Certificate> trusted,
      List<X509CRL> crls,
      boolean allowPartialTrustChain,
      Strength strength,
      JcaServices jca,
      InstantSource clock,
      Ticker ticker,
      ConnectionLimits limits) {
    CertificateSignatures signatures = new CertificateSignatures(jca);
    this.paths = new PathBuilder(trusted, allowPartialTrustChain, signatures);
    this.revocation = new RevocationCheck(crls, signatures);
    this.strength = strength;
    this.secondOpinion = new SecondOpinion(jca);
    this.good = new GoodChains(jca);
    this.clock = clock;
    this.ticker = ticker;
    this.limits = limits;
  }

  /**
   * The verdict: of everything that is wrong, what OpenSSL finds last. Node lets it go on after
   * each error, and reports that one.
   *
   * @param chain as the peer sent it, leaf first; not empty
   * @return empty if the leaf is trusted for that purpose
   */
  public Optional<AuthorizationError> verify(List<X509Certificate> chain, Purpose purpose) {
    List<AuthorizationError> found = findings(chain, purpose);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /** Everything that is wrong, in the order in which OpenSSL finds it. */
  List<AuthorizationError> findings(List<X509Certificate> chain, Purpose purpose) {
    return refusedUnseen(chain).map(List::of).orElseGet(() -> judge(chain, purpose));
  }

  private Optional<AuthorizationError> refusedUnseen(List<X509Certificate> chain) {
    if (chain.size() > limits.chainCertificates() || size(chain) > limits.chainBytes()) {
      return Optional.of(OpenSslMessages.error(ErrorCode.CERT_CHAIN_TOO_LONG, chain.size() - 1));
    }
    for (int depth = 0; depth < chain.size(); depth++) {
      if (Strength.bits(chain.get(depth).getPublicKey()) > limits.keyBits()) {
        return Optional.of(
            OpenSslMessages.error(ErrorCode.UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, depth));
      }
    }
    return Optional.empty();
  }

  private static long size(List<X509Certificate> chain) {
    long size = 0;
    for (X509Certificate certificate : chain) {
      try {
        size += certificate.getEncoded().length;
      } catch (CertificateEncodingException impossible) {
        throw new IllegalStateException(impossible); // it was read from bytes
      }
    }
    return size;
  }

  private List<AuthorizationError> judge(List<X509Certificate> chain, Purpose purpose) {
    Instant now = clock.instant();
    // Lists of revoked certificates have times of their own.
    boolean lasts = revocation.hasNoLists();
    if (lasts && good.has(chain, purpose, now)) {
      return List.of();
    }
    Effort effort = new Effort(ticker, limits);
    PathBuilder.Path path = paths.build(chain, now, effort);
    List<X509Certificate> certificates = path.certificates();
    boolean trusted = path.error().isEmpty();
    List<AuthorizationError> found = new ArrayList<>();
    strength.ofLeaf(chain.get(0)).ifPresent(found::add);
    path.error().ifPresent(found::add);
    if (path.isGivenUp()) {
      return found;
    }
    List<Supplier<List<AuthorizationError>>> steps =
        List.of(
            () -> ChainRules.check(certificates, purpose),
            () -> strength.ofPath(certificates),
            () -> revocation.check(certificates, trusted, now),
            () -> integrity(path, now),
            () -> trusted ? NameConstraints.check(certificates).stream().toList() : List.of(),
            () ->
                found.isEmpty()
                    ? secondOpinion.check(certificates, now).stream().toList()
                    : List.of());
    for (Supplier<List<AuthorizationError>> step : steps) {
      if (effort.isOverdue()) {
        found.add(OpenSslMessages.error(ErrorCode.ERR_TLS_VERIFY_TIMEOUT, certificates.size() - 1));
        return found;
      }
      found.addAll(step.get());
    }
    if (lasts && found.isEmpty()) {
      good.add(chain, purpose, certificates);
    }
    return found;
  }

  /** Signatures and dates, from the anchor down. */
  private static List<AuthorizationError> integrity(PathBuilder.Path path, Instant now) {
    List<AuthorizationError> found = new ArrayList<>();
    if (path.isLeafAlone()) {
      found.add(OpenSslMessages.error(ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE, 0));
    }
    for (int depth = path.certificates().size() - 1; depth >= 0; depth--) {
      if (depth == path.forged()) {
        found.add(OpenSslMessages.error(ErrorCode.CERT_SIGNATURE_FAILURE, depth));
      }
      X509Certificate certificate = path.certificates().get(depth);
      if (now.isBefore(certificate.getNotBefore().toInstant())) {
        found.add(OpenSslMessages.error(ErrorCode.CERT_NOT_YET_VALID, depth));
      } else if (now.isAfter(certificate.getNotAfter().toInstant())) {
        found.add(OpenSslMessages.error(ErrorCode.CERT_HAS_EXPIRED, depth));
      }
    }
    return found;
  }
}
