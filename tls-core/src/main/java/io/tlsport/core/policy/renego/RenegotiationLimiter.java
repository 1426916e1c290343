package io.tlsport.core.policy.renego;

import io.tlsport.RenegotiationLimits;
import io.tlsport.core.policy.time.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Grants the renegotiations that one peer asks for: in any window of time no more than the limit.
 * The handshake that made the connection does not count. Used by one thread at a time.
 */
public final class RenegotiationLimiter {
  private final RenegotiationLimits limits;
  private final Ticker ticker;
  private final long window;
  private final Deque<Long> granted = new ArrayDeque<>(1);

  /** A limiter of one connection. */
  public RenegotiationLimiter(RenegotiationLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.window = nanos(limits);
  }

  /** A window of more than 292 years is one without an end. */
  private static long nanos(RenegotiationLimits limits) {
    try {
      return limits.window().toNanos();
    } catch (ArithmeticException endless) {
      return Long.MAX_VALUE;
    }
  }

  /** What it grants. */
  public RenegotiationLimits limits() {
    return limits;
  }

  /**
   * The peer asks.
   *
   * @return false if that is one too many; such an attempt does not count
   */
  public boolean grant() {
    long now = ticker.nanos();
    while (!granted.isEmpty() && now - granted.getFirst() >= window) {
      granted.removeFirst();
    }
    if (granted.size() >= limits.limit()) {
      return false;
    }
    granted.add(now);
    return true;
  }
}
