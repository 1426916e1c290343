package io.tlsport.spi;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the core tells a provider when it makes it. */
public interface ProviderConfig {
  /** True if the user allowed the vendor's internals. */
  boolean internals();

  /** True if the user requires FIPS approved mode. */
  boolean fips();

  /**
   * The library that is to compute faster what the engine computes slowly; empty: none. One of
   * {@link TlsProvider#accelerators()}, for the core refuses others.
   */
  Optional<String> accelerator();

  /** Randomness to use; empty: the provider's own choice. */
  Optional<SecureRandom> random();

  /**
   * Runs {@code body} while system properties have other values, under the one lock of the process
   * for that purpose, and restores them. Also the place to run class initialisers that read such
   * properties.
   */
  <T> T withSystemProperties(Map<String, String> values, Supplier<T> body);
}
