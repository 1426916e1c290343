package io.tlsport.core.runtime;

import io.tlsport.ConnectionOptions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Back pressure: how much is written and not yet taken by the transport. */
final class WriteQuota {
  private final long high;
  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean full = new AtomicBoolean();

  /**
   * A quota.
   *
   * @param high from here on {@code writable()} is false; at a quarter of it comes {@code drain}
   */
  WriteQuota(long high) {
    this.high = high;
  }

  /** A quota of 64 KiB. */
  WriteQuota() {
    this(ConnectionOptions.DEFAULT_HIGH_WATER_MARK);
  }

  void add(int bytes) {
    if (pending.addAndGet(bytes) >= high) {
      full.set(true);
    }
  }

  /** True if now is the time of a {@code drain} event. */
  boolean remove(int bytes) {
    return pending.addAndGet(-bytes) <= high / 4 && full.compareAndSet(true, false);
  }

  boolean writable() {
    return pending.get() < high;
  }
}
