package io.tlsport;

import java.time.Duration;
import java.time.Instant;

/**
 * One of our own certificates expires soon, or has expired.
 *
 * @param subject whose it is, as RFC 2253 writes names
 * @param fingerprint SHA-256, upper-case hexadecimal with colons
 * @param expires the end of its life
 * @param left how long that is from now; negative once it has expired
 */
public record CertificateExpiry(
    String subject, String fingerprint, Instant expires, Duration left) {
  /** True if it has expired: peers refuse it. */
  public boolean expired() {
    return left.isNegative() || left.isZero();
  }
}
