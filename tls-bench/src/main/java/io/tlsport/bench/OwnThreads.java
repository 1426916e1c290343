package io.tlsport.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * A server, or clients, in this JVM all of whose work is done by threads of its own, so that their
 * CPU time is what it costs: the other end, which shares the JVM, compilers and collectors have
 * other threads.
 */
abstract class OwnThreads implements Meter {
  private static final @Nullable ThreadMXBean THREADS =
      ManagementFactory.getThreadMXBean() instanceof ThreadMXBean hotSpot ? hotSpot : null;

  private final Set<Long> threads = new CopyOnWriteArraySet<>();

  /** Tells, on a thread that works, that it is one. */
  final void worksHere() {
    works(Thread.currentThread());
  }

  /** Tells of a thread that works. */
  final void works(Thread thread) {
    threads.add(thread.getId());
  }

  @Override
  public final long cpuNanos() {
    return threads.stream().mapToLong(ManagementFactory.getThreadMXBean()::getThreadCpuTime).sum();
  }

  @Override
  public final long allocated() {
    ThreadMXBean known = THREADS;
    return known == null
        ? UNKNOWN
        : threads.stream().mapToLong(known::getThreadAllocatedBytes).sum();
  }
}
