package io.tlsport.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server all of whose work is done by one thread, so that the thread's CPU time is what it costs:
 * clients, which share the JVM, compilers and collectors have threads of their own.
 */
abstract class MeasuredServer implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final AtomicLong thread = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Where it listens, on 127.0.0.1. */
  abstract int port();

  /** Tells, on the thread that works, that it is this one. */
  final void worksHere() {
    thread.set(Thread.currentThread().getId());
  }

  /** Counts bytes that were sent or received. */
  final void moved(int count) {
    bytes.addAndGet(count);
  }

  /** How many bytes it has moved. */
  final long bytes() {
    return bytes.get();
  }

  /** What it has cost so far; 0 before its first connection. */
  final long cpuNanos() {
    long id = thread.get();
    return id == 0 ? 0 : THREADS.getThreadCpuTime(id);
  }

  @Override
  public abstract void close();
}
