package io.tlsport.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a connection costs that does nothing, after it has echoed 64 bytes.
 *
 * @param contestant who holds it
 * @param heap bytes of the heap after a collection
 * @param resident bytes of memory that are resident
 * @param descriptors that are open
 * @param connections how many there were
 * @param micros CPU microseconds of the whole process for each, from its handshake to its echo
 */
public record IdleCost(
    Contestant contestant,
    double heap,
    double resident,
    double descriptors,
    int connections,
    double micros) {
  private static final double NANOS_PER_MICRO = 1_000;
  private static final int WARM_UP = 100;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

  /** Measures it in a process of its own. */
  static IdleCost of(
      Contestant contestant, Child child, int port, Clients clients, int connections) {
    Row warm = Row.flow(Work.ECHO, Math.min(WARM_UP, connections));
    long least = child.descriptors();
    try (Load load = new FlowLoad(clients, warm, port)) {
      load.start();
      load.stop();
    }
    awaitDescriptors(child, least + warm.connections() / 2);
    long heap = child.heap();
    long resident = child.resident();
    long descriptors = child.descriptors();
    long cpu = child.cpuNanos();
    try (Load load = new FlowLoad(clients, Row.flow(Work.ECHO, connections), port)) {
      load.start();
      load.stop();
      double micros = (child.cpuNanos() - cpu) / NANOS_PER_MICRO / connections;
      long heapThen = child.heap();
      return new IdleCost(
          contestant,
          (heapThen - heap) / (double) connections,
          (child.resident() - resident) / (double) connections,
          (child.descriptors() - descriptors) / (double) connections,
          connections,
          micros);
    }
  }

  /** Those of the warm-up are gone once there are few again. */
  private static void awaitDescriptors(Child child, long most) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (child.descriptors() > most && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    LockSupport.parkNanos(LOOK_NANOS);
  }
}
