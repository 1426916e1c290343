package io.tlsport.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of one row, or its clients, and what keeps them busy.
 *
 * @param contestant who works
 * @param meter that is read
 * @param load on it
 * @param perOperation how many units of the load are one operation
 */
record Cell(Contestant contestant, Meter meter, Load load, double perOperation)
    implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long QUIET_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** How many times its CPU time a turn may last: a server may wait for its clients. */
  private static final long SLOWEST = 8;

  private static final long LEAST_WALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Keeps it busy until it has used that much CPU time, or has had its time. */
  Sample sample(long cpuNanos) {
    long units = load.units();
    long resumed = load.resumed();
    long allocated = meter.allocated();
    long cpu = meter.cpuNanos();
    load.start();
    long end = System.nanoTime() + Math.max(LEAST_WALL_NANOS, SLOWEST * cpuNanos);
    while ((meter.cpuNanos() - cpu < cpuNanos || load.units() == units)
        && System.nanoTime() < end) {
      load.check();
      LockSupport.parkNanos(LOOK_NANOS);
    }
    load.stop();
    settle();
    long done = load.units() - units;
    if (done == 0) {
      throw new IllegalStateException("it makes no progress");
    }
    return new Sample(
        meter.cpuNanos() - cpu,
        done / perOperation,
        load.resumed() - resumed,
        allocated == Meter.UNKNOWN ? Meter.UNKNOWN : meter.allocated() - allocated);
  }

  /** What is still on its way belongs to this turn. */
  private void settle() {
    long end = System.nanoTime() + LEAST_WALL_NANOS;
    long before;
    long now = meter.cpuNanos();
    do {
      before = now;
      LockSupport.parkNanos(LOOK_NANOS);
      now = meter.cpuNanos();
    } while (now - before > QUIET_NANOS && System.nanoTime() < end);
  }

  @Override
  public void close() {
    load.close();
    meter.close();
  }
}
