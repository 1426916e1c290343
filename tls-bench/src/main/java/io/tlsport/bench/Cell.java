package io.tlsport.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of one row, and what keeps it busy.
 *
 * @param contestant who serves
 * @param server that is measured
 * @param load on it
 * @param perOperation how many units of the load are one operation
 */
record Cell(Contestant contestant, MeasuredServer server, Load load, double perOperation)
    implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long QUIET_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** How many times its CPU time a turn may last: a server may wait for its clients. */
  private static final long SLOWEST = 8;

  private static final long LEAST_WALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Keeps the server busy until it has used that much CPU time, or has had its time. */
  Sample sample(long cpuNanos) {
    long units = load.units();
    long resumed = load.resumed();
    long allocated = server.allocated();
    long cpu = server.cpuNanos();
    load.start();
    long end = System.nanoTime() + Math.max(LEAST_WALL_NANOS, SLOWEST * cpuNanos);
    while ((server.cpuNanos() - cpu < cpuNanos || load.units() == units)
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
        server.cpuNanos() - cpu,
        done / perOperation,
        load.resumed() - resumed,
        allocated == MeasuredServer.UNKNOWN
            ? MeasuredServer.UNKNOWN
            : server.allocated() - allocated);
  }

  /** What is still on its way belongs to this turn. */
  private void settle() {
    long end = System.nanoTime() + LEAST_WALL_NANOS;
    long before;
    long now = server.cpuNanos();
    do {
      before = now;
      LockSupport.parkNanos(LOOK_NANOS);
      now = server.cpuNanos();
    } while (now - before > QUIET_NANOS && System.nanoTime() < end);
  }

  @Override
  public void close() {
    load.close();
    server.close();
  }
}
