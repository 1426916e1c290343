package io.tlsport.core.policy.ocsp;

import java.time.Duration;
import java.time.Instant;

/**
 * A response that was checked, and how long it can be stapled. Immutable.
 *
 * @param response the whole OCSPResponse
 * @param from its thisUpdate
 * @param until its nextUpdate, or an hour after it came if it names none
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
public record KnownStatus(byte[] response, Instant from, Instant until) {
  /** Whether clients still believe it. */
  public boolean holds(Instant now) {
    return now.isBefore(until);
  }

  /** Whether it is time to ask for the next: the second half of its life. */
  public boolean isDue(Instant now) {
    return !now.isBefore(from.plus(Duration.between(from, until).dividedBy(2)));
  }
}
