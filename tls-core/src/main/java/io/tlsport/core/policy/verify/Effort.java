package io.tlsport.core.policy.verify;

import io.tlsport.ConnectionLimits;
import io.tlsport.core.policy.time.Ticker;

/**
 * What the verdict on one peer has cost so far. The peer chooses the certificates, and with them
 * the work: there is a limit to it.
 */
final class Effort {
  private final Ticker ticker;
  private final ConnectionLimits limits;
  private final long began;
  private int signatures;

  /** Nothing so far; the time begins to count. */
  Effort(Ticker ticker, ConnectionLimits limits) {
    this.limits = limits;
    this.ticker = ticker;
    this.began = ticker.nanos();
  }

  /** Counts a signature that is about to be checked; false if it is one too many, or too late. */
  boolean allowsSignature() {
    signatures++;
    return !isExhausted() && !isOverdue();
  }

  /** True if more signatures were asked for than a peer is worth. */
  boolean isExhausted() {
    return signatures > limits.signatures();
  }

  /** True once the time is over. */
  boolean isOverdue() {
    return ticker.nanos() - began > limits.verifyTime().toNanos();
  }
}
