package io.tlsport;

/**
 * How much a context wants a key exchange that a quantum computer does not open: hybrid groups with
 * ML-KEM (FIPS 203), such as X25519MLKEM768. They exist in TLS 1.3 only.
 */
public enum PostQuantum {
  /** The groups of {@code ecdhCurve}, of the policy or of the engine, as they are. */
  RELAXED,
  /**
   * The engine's hybrid groups first, then the others; where the engine has none, or TLS 1.3 is not
   * enabled, nothing changes.
   */
  PREFER,
  /**
   * Hybrid groups and TLS 1.3, nothing else. A provider that has none refuses the context with
   * {@link UnsupportedFeatureException} when it is made.
   */
  REQUIRE
}
