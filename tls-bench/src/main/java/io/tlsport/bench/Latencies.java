package io.tlsport.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** Times of round trips, in classes that differ by a 32nd. Any thread. */
final class Latencies {
  private static final int PER_DOUBLING = 32;
  private static final int CLASSES = 40 * PER_DOUBLING;
  private static final double NANOS_PER_MICRO = 1_000;

  private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

  /** One took so long. */
  void took(long nanos) {
    double doublings = Math.log((double) Math.max(1, nanos)) / Math.log(2);
    counts.incrementAndGet(Math.min(CLASSES - 1, (int) (doublings * PER_DOUBLING)));
  }

  /** Forgets all, such as those of the warm-up. */
  void clear() {
    for (int i = 0; i < CLASSES; i++) {
      counts.set(i, 0);
    }
  }

  /** Microseconds that the given part of them did not exceed; 0 if there are none. */
  double micros(double part) {
    long all = 0;
    for (int i = 0; i < CLASSES; i++) {
      all += counts.get(i);
    }
    long left = (long) Math.ceil(all * part);
    for (int i = 0; i < CLASSES && all > 0; i++) {
      left -= counts.get(i);
      if (left <= 0) {
        return Math.pow(2, (i + 0.5) / PER_DOUBLING) / NANOS_PER_MICRO;
      }
    }
    return 0;
  }
}
