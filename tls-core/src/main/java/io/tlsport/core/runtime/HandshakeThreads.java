package io.tlsport.core.runtime;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Where handshakes are computed: the application's executor, or as many threads as processors. */
public final class HandshakeThreads implements Executor, AutoCloseable {
  private final Executor executor;
  private final Optional<ExecutorService> own;

  /** The application's executor, which stays its own, or a pool that ends with {@link #close}. */
  public HandshakeThreads(Optional<Executor> given) {
    this.own = given.isPresent() ? Optional.empty() : Optional.of(pool());
    this.executor = given.isPresent() ? given.get() : own.orElseThrow();
  }

  private static ExecutorService pool() {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory daemons =
        task -> {
          Thread thread = new Thread(task, "tlsport-handshake-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), daemons);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public void close() {
    own.ifPresent(ExecutorService::shutdown);
  }
}
