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
 */
public record DefaultProviderConfig(boolean internals, boolean fips) implements ProviderConfig {
  @Override
  public Optional<SecureRandom> random() {
    return Optional.empty();
  }

  @Override
  public <T> T withSystemProperties(Map<String, String> values, Supplier<T> body) {
    return SystemProperties.with(values, body);
  }
}
