package io.tlsport.bench;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server and what keeps it busy.
 *
 * @param name for messages
 * @param server that is measured
 * @param load on it
 */
record Cell(String name, MeasuredServer server, Load load) {
  /** The versions that are measured. */
  static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Keeps the server busy until it has used that much CPU time. */
  Sample sample(long cpuNanos) {
    long operations = load.operations();
    long resumed = load.resumed();
    long cpu = server.cpuNanos();
    load.start();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (server.cpuNanos() - cpu < cpuNanos) {
      load.check();
      if (System.nanoTime() > end) {
        throw new IllegalStateException(name + " makes no progress");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    load.stop();
    return new Sample(
        server.cpuNanos() - cpu, load.operations() - operations, load.resumed() - resumed);
  }
}
