package io.tlsport.core.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Back pressure: how much is written and not yet taken by the transport. */
final class WriteQuota {
  /** From here on {@code writable()} is false. */
  static final long HIGH_WATER = 64 * 1024;

  private static final long LOW_WATER = 16 * 1024;

  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean full = new AtomicBoolean();

  void add(int bytes) {
    if (pending.addAndGet(bytes) >= HIGH_WATER) {
      full.set(true);
    }
  }

  /** True if now is the time of a {@code drain} event. */
  boolean remove(int bytes) {
    return pending.addAndGet(-bytes) <= LOW_WATER && full.compareAndSet(true, false);
  }

  boolean writable() {
    return pending.get() < HIGH_WATER;
  }
}
