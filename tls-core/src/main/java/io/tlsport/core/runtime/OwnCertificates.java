package io.tlsport.core.runtime;

import io.tlsport.ContextReload;
import io.tlsport.core.policy.verify.PeerCertificateReader;
import io.tlsport.spi.Identity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a context shows of itself. */
final class OwnCertificates {
  private OwnCertificates() {}

  /** The leaves, in the order of the options. */
  static List<X509Certificate> of(DefaultSecureContext context) {
    return context.identities().stream().map(Identity::certificate).toList();
  }

  /** SHA-256, as Node writes it. */
  static String fingerprint(DefaultSecureContext context, X509Certificate certificate) {
    return PeerCertificateReader.read(List.of(certificate), context.jca()).fingerprint256();
  }

  /** When a certificate begins. */
  static Instant begins(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  /** When a certificate ends. */
  static Instant ends(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /** What the replacement of one context by another is. */
  static ContextReload replaced(
      long generation, DefaultSecureContext before, DefaultSecureContext next) {
    Optional<Instant> expires =
        of(next).stream().map(OwnCertificates::ends).min(Instant::compareTo);
    return new ContextReload(generation, fingerprints(before), fingerprints(next), expires);
  }

  private static List<String> fingerprints(DefaultSecureContext context) {
    return of(context).stream().map(one -> fingerprint(context, one)).toList();
  }
}
