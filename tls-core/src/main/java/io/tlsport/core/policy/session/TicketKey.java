package io.tlsport.core.policy.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * A key of session tickets and its life: known early, it encrypts for a while and decrypts for
 * longer.
 *
 * @param bytes 16 of name, 16 of HMAC key, 16 of AES key
 * @param from when it begins to encrypt; before that it decrypts already, for those whose clock is
 *     ahead
 * @param issuesUntil when it ceases to encrypt
 * @param decryptsUntil when it is forgotten
 */
// Compared by its bytes.
@SuppressWarnings("ArrayRecordComponent")
public record TicketKey(byte[] bytes, Instant from, Instant issuesUntil, Instant decryptsUntil) {
  /** How many bytes a key has. */
  public static final int LENGTH = 48;

  /** A key that begins then. */
  static TicketKey starting(Instant from, byte[] bytes, Lifetimes lifetimes) {
    // As exact as others will read it.
    Instant start = from.truncatedTo(ChronoUnit.MILLIS);
    Instant issuesUntil = start.plus(lifetimes.issue());
    return new TicketKey(bytes, start, issuesUntil, issuesUntil.plus(lifetimes.decrypt()));
  }

  /**
   * How long keys live.
   *
   * @param issue how long one encrypts
   * @param decrypt how long it decrypts after that
   */
  public record Lifetimes(Duration issue, Duration decrypt) {}

  /** Whether it may encrypt at that time. */
  boolean issuesAt(Instant now) {
    return !now.isBefore(from) && now.isBefore(issuesUntil);
  }

  /** Whether its time is over. */
  boolean isOver(Instant now) {
    return !now.isBefore(decryptsUntil);
  }

  boolean isSame(TicketKey other) {
    return Arrays.equals(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return "TicketKey[from=" + from + "]";
  }
}
