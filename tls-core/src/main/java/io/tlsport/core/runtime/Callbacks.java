package io.tlsport.core.runtime;

import io.tlsport.core.engine.Loop;
import io.tlsport.core.policy.time.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs the listeners of one connection: never two at a time, in order, on the connection's loop or
 * on the executor that the application gave.
 */
final class Callbacks {
  private static final System.Logger LOG = System.getLogger("io.tlsport");
  private static final long STALL_NANOS = 1_000_000_000L;

  private final Loop loop;
  private final Optional<Executor> executor;
  private final Ticker ticker;
  private final Consumer<Throwable> onThrown;
  private final AtomicBoolean stallTold = new AtomicBoolean();
  private final Deque<Runnable> queue = new ArrayDeque<>(1);
  private boolean draining;

  /**
   * Callbacks of one connection.
   *
   * @param onThrown told what a listener threw
   */
  Callbacks(Loop loop, Optional<Executor> executor, Ticker ticker, Consumer<Throwable> onThrown) {
    this.loop = loop;
    this.executor = executor;
    this.ticker = ticker;
    this.onThrown = onThrown;
  }

  /** True if listeners run later, on another thread than the loop's. */
  boolean hops() {
    return executor.isPresent();
  }

  /** Runs it now if this is the thread for it, else as soon as that thread is free. */
  void run(Runnable callback) {
    if (executor.isPresent()) {
      enqueue(callback, executor.get());
    } else if (loop.inLoop()) {
      guarded(callback);
    } else {
      onLoop(callback);
    }
  }

  private void onLoop(Runnable callback) {
    try {
      loop.execute(() -> guarded(callback));
    } catch (RejectedExecutionException loopIsGone) {
      guarded(callback);
    }
  }

  private void enqueue(Runnable callback, Executor target) {
    synchronized (queue) {
      queue.add(callback);
      if (draining) {
        return;
      }
      draining = true;
    }
    try {
      target.execute(this::drain);
    } catch (RejectedExecutionException executorIsGone) {
      drain();
    }
  }

  private void drain() {
    while (true) {
      Runnable next;
      synchronized (queue) {
        next = queue.poll();
        if (next == null) {
          draining = false;
          return;
        }
      }
      guarded(next);
    }
  }

  private void guarded(Runnable callback) {
    long began = ticker.nanos();
    try {
      callback.run();
    } catch (Throwable thrown) {
      onThrown.accept(thrown);
    }
    if (!hops() && ticker.nanos() - began > STALL_NANOS && stallTold.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a listener has blocked its event loop for more than a second, and with it every"
              + " connection there: use the stream views or callbackExecutor ("
              + callback.getClass().getName()
              + ")");
    }
  }
}
