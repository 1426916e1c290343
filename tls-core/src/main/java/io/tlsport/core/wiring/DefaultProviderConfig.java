package io.tlsport.core.wiring;

import io.tlsport.spi.ProviderConfig;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What providers are told.
 *
 * @param internals the vendor's internals are allowed
 * @param fips FIPS approved mode is required
 * @param accelerator the library that computes faster
 */
public record DefaultProviderConfig(boolean internals, boolean fips, Optional<String> accelerator)
    implements ProviderConfig {
  /** Without an accelerator. */
  public DefaultProviderConfig(boolean internals, boolean fips) {
    this(internals, fips, Optional.empty());
  }

  @Override
  public Optional<SecureRandom> random() {
    return Optional.empty();
  }

  @Override
  public <T> T withSystemProperties(Map<String, String> values, Supplier<T> body) {
    return SystemProperties.with(values, body);
  }
}
