package io.tlsport.bench;

/**
 * What one turn of a server has given.
 *
 * @param cpuNanos what the server used
 * @param operations connections, round trips or megabytes
 * @param resumed how many of the connections resumed a session
 * @param allocated bytes on the server's threads; {@link Meter#UNKNOWN} if not known
 */
record Sample(long cpuNanos, double operations, long resumed, long allocated) {
  private static final double NANOS_PER_MICRO = 1_000;

  /** CPU microseconds for one operation. */
  double micros() {
    return cpuNanos / NANOS_PER_MICRO / operations;
  }
}
