package io.tlsport;

/**
 * Identity, trust and algorithms, loaded and checked: what the seed's {@code
 * tls.createSecureContext} returns. Immutable, safe for any number of threads, connections and
 * servers of the {@link Tls} that made it; refused by any other one. Native resources are freed
 * when the {@link Tls} is closed.
 */
public interface SecureContext {
  /** The name of the provider that it belongs to. */
  String provider();

  /** The options that it was made from. */
  SecureContextOptions options();

  /**
   * Whether it is FIPS approved, asked now: what {@link Tls#fipsStatus} tells, and the versions,
   * suites, groups and signature schemes that it enables, its security level and its certificates.
   */
  FipsStatus fipsStatus();
}
