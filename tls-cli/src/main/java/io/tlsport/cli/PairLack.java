package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ProviderException;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a trial needs and that one of both sides declares not to have.
 *
 * @param provider that side; empty if the protocol's version has it not
 * @param capability what it lacks; empty if it said so without a capability
 * @param reason why
 */
record PairLack(String provider, Optional<Capability> capability, String reason) {
  /** What a report says of it. */
  String sentence() {
    return provider.isEmpty() ? reason : provider + ": " + reason;
  }

  /**
   * Whether a trial may fail like that for want of it: refused by name before anything was sent, or
   * with an error that has a type, but never by a fault of a provider.
   */
  boolean explains(@Nullable Throwable failure) {
    if (failure instanceof UnsupportedFeatureException refused) {
      return refused.provider().equals(provider)
          && capability.filter(refused.capability()::equals).isPresent();
    }
    if (failure instanceof TlsException) {
      return !(failure instanceof ProviderException);
    }
    return failure instanceof IOException && explains(failure.getCause());
  }
}
