package io.tlsport.core.policy.limit;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections the servers of one {@link io.tlsport.Tls} may have together, so that the
 * process keeps descriptors for everything else: without one it can open no file, and load no
 * class. Safe for any number of threads.
 */
public final class ConnectionCeiling {
  private final long most;
  private final AtomicLong open = new AtomicLong();

  /**
   * A ceiling below a limit of the system.
   *
   * @param limit descriptors of the process; empty: no ceiling
   * @param spare how many of them to leave; more than half are never left
   * @param perConnection how many a connection holds
   */
  public ConnectionCeiling(OptionalLong limit, int spare, int perConnection) {
    this.most =
        limit.isEmpty()
            ? Long.MAX_VALUE
            : Math.max(
                1, Math.max(limit.getAsLong() - spare, limit.getAsLong() / 2) / perConnection);
  }

  /** Counts one more, unless that is one too many: false then. */
  public boolean enter() {
    if (open.incrementAndGet() <= most) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /** One is gone. */
  public void leave() {
    open.decrementAndGet();
  }
}
