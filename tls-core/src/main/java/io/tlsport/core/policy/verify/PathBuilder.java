package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds the way from a leaf to something trusted, as OpenSSL does: issuers among the trusted ones
 * first, then among those that the peer sent, by name and signature. Never goes back, so that a
 * peer cannot make it search.
 */
final class PathBuilder {
  /** OpenSSL's limit of a chain's length. */
  private static final int MAX_DEPTH = 100;

  private final List<X509Certificate> given;
  private final boolean partial;
  private final CertificateSignatures signatures;
  private @Nullable Trusted trusted;

  PathBuilder(List<X509Certificate> trusted, boolean partial, CertificateSignatures signatures) {
    this.given = List.copyOf(trusted);
    this.partial = partial;
    this.signatures = signatures;
  }

  /**
   * What is trusted, to be found by its name and by its bytes. Most servers never look: made for
   * the first peer with a certificate.
   */
  private record Trusted(Map<X500Principal, List<X509Certificate>> byName, Set<ByteBuffer> bytes) {
    static Trusted of(List<X509Certificate> certificates) {
      Trusted trusted = new Trusted(new HashMap<>(), new HashSet<>());
      for (X509Certificate certificate : certificates) {
        trusted.bytes.add(PathBuilder.bytes(certificate));
        trusted
            .byName
            .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>())
            .add(certificate);
      }
      return trusted;
    }
  }

  private synchronized Trusted trusted() {
    Trusted known = trusted;
    if (known == null) {
      known = Trusted.of(given);
      trusted = known;
    }
    return known;
  }

  /** Engines hand over certificates of their own classes, whose hash codes differ. */
  private static ByteBuffer bytes(X509Certificate certificate) {
    try {
      return ByteBuffer.wrap(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible); // it was read from these very bytes
    }
  }

  /**
   * What was found.
   *
   * @param certificates leaf first
   * @param forged the depth of a certificate whose issuer is there by name and has not signed it;
   *     -1 if there is none
   * @param error why it does not end in something trusted
   */
  record Path(List<X509Certificate> certificates, int forged, Optional<AuthorizationError> error) {
    /** Nobody went on looking: the rest of the chain is not worth a look. */
    boolean isGivenUp() {
      return error
          .filter(
              why ->
                  why.code() == ErrorCode.CERT_CHAIN_TOO_LONG
                      || why.code() == ErrorCode.ERR_TLS_VERIFY_TIMEOUT)
          .isPresent();
    }

    /** Nobody is there who could have signed the leaf. */
    boolean isLeafAlone() {
      return error
          .filter(why -> why.code() == ErrorCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY)
          .filter(why -> why.depth() == 0)
          .isPresent();
    }
  }

  /**
   * The path.
   *
   * @param effort what it may cost, and what it then has cost
   */
  Path build(List<X509Certificate> chain, Instant now, Effort effort) {
    return new Search(chain, now, effort).run();
  }

  /** The search for one peer's path. */
  private final class Search {
    private final List<X509Certificate> chain;
    private final Instant now;
    private final Effort effort;
    private final List<X509Certificate> path = new ArrayList<>();
    private int forged = -1;

    Search(List<X509Certificate> chain, Instant now, Effort effort) {
      this.chain = chain;
      this.now = now;
      this.effort = effort;
    }

    Path run() {
      path.add(chain.get(0));
      while (true) {
        X509Certificate last = path.get(path.size() - 1);
        boolean known = trusted().bytes.contains(bytes(last));
        boolean selfSigned = isSelfSigned(last);
        if (known && (selfSigned || partial)) {
          return new Path(path, forged, Optional.empty());
        }
        if (effort.isOverdue()) {
          return failed(ErrorCode.ERR_TLS_VERIFY_TIMEOUT);
        }
        if (path.size() > MAX_DEPTH || effort.isExhausted()) {
          return failed(ErrorCode.CERT_CHAIN_TOO_LONG);
        }
        Optional<X509Certificate> issuer = selfSigned ? Optional.empty() : issuer(last);
        if (issuer.isEmpty()) {
          return failed(unfinished(selfSigned, known));
        }
        path.add(issuer.get());
      }
    }

    private ErrorCode unfinished(boolean selfSigned, boolean known) {
      if (selfSigned) {
        return path.size() == 1
            ? ErrorCode.DEPTH_ZERO_SELF_SIGNED_CERT
            : ErrorCode.SELF_SIGNED_CERT_IN_CHAIN;
      }
      return known && path.size() > 1
          ? ErrorCode.UNABLE_TO_GET_ISSUER_CERT
          : ErrorCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    }

    private Path failed(ErrorCode code) {
      return new Path(path, forged, Optional.of(OpenSslMessages.error(code, path.size() - 1)));
    }

    private boolean isSelfSigned(X509Certificate certificate) {
      return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
          && signed(certificate, certificate);
    }

    private boolean signed(X509Certificate certificate, X509Certificate issuer) {
      return effort.allowsSignature() && signatures.signed(certificate, issuer.getPublicKey());
    }

    private Optional<X509Certificate> issuer(X509Certificate certificate) {
      List<X509Certificate> candidates = candidates(certificate);
      for (X509Certificate candidate : candidates) {
        if (signed(certificate, candidate)) {
          return Optional.of(candidate);
        }
      }
      // The name is there, the key is another: OpenSSL goes on, and finds the bad signature later.
      Optional<X509Certificate> namesake =
          candidates.stream()
              .filter(candidate -> KeyIdentifiers.fit(certificate, candidate))
              .findFirst();
      if (namesake.isPresent()) {
        forged = Math.max(forged, path.size() - 1);
      }
      return namesake;
    }

    private List<X509Certificate> candidates(X509Certificate certificate) {
      X500Principal name = certificate.getIssuerX500Principal();
      List<X509Certificate> candidates =
          new ArrayList<>(trusted().byName.getOrDefault(name, List.of()));
      candidates.sort(Comparator.comparing(candidate -> !isCurrent(candidate)));
      chain.stream()
          .filter(sent -> sent.getSubjectX500Principal().equals(name))
          .forEach(candidates::add);
      candidates.removeIf(path::contains);
      return candidates;
    }

    private boolean isCurrent(X509Certificate certificate) {
      return !now.isBefore(certificate.getNotBefore().toInstant())
          && !now.isAfter(certificate.getNotAfter().toInstant());
    }
  }
}
