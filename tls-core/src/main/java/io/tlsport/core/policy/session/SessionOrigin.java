package io.tlsport.core.policy.session;

import java.util.Arrays;
import java.util.Optional;

/**
 * Who made a session, and can use it.
 *
 * @param provider the provider's name
 * @param instance the one runtime of it, as 16 random bytes, for a session that is a handle; empty
 *     for one that is good in any process
 */
// Compared by accepts alone.
@SuppressWarnings("ArrayRecordComponent")
public record SessionOrigin(String provider, Optional<byte[]> instance) {
  /** The same for sessions that are good in any process. */
  public SessionOrigin anywhere() {
    return new SessionOrigin(provider, Optional.empty());
  }

  /** Whether this runtime can use what that one made. */
  public boolean accepts(SessionOrigin made) {
    return provider.equals(made.provider)
        && (made.instance.isEmpty()
            || Arrays.equals(made.instance.get(), instance.orElse(new byte[0])));
  }
}
