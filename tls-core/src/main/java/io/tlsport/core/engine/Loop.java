package io.tlsport.core.engine;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Where a connection lives: tasks run one after the other, in order, on one thread. */
public interface Loop extends Executor {
  /** True on the loop's own thread. */
  boolean inLoop();

  /** Runs a task later, unless it is cancelled before. */
  Timer schedule(Duration delay, Runnable task);

  /** A task that is due later. */
  interface Timer {
    /** Forgets the task; without effect once it ran. */
    void cancel();
  }
}
