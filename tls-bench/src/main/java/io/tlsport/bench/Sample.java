package io.tlsport.bench;

/**
 * What one round of a cell has given.
 *
 * @param cpuNanos what the server used
 * @param operations connections, round trips or bytes
 * @param resumed how many of the connections resumed a session
 */
public record Sample(long cpuNanos, long operations, long resumed) {
  private static final double NANOS_PER_MICRO = 1_000;

  /** CPU microseconds for one operation; for a megabyte, where bytes are counted. */
  public double micros(boolean inMegabytes) {
    double each = cpuNanos / NANOS_PER_MICRO / Math.max(1, operations);
    return inMegabytes ? each * 1_000_000 : each;
  }
}
