package io.tlsport.core.runtime;

import io.tlsport.core.engine.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A loop that has no thread: whoever calls the engine that it belongs to runs its tasks. It tells
 * no time, since an engine has none: time-outs are the business of who moves the engine.
 */
final class EngineLoop implements Loop {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private volatile @Nullable Thread owner;

  @Override
  public boolean inLoop() {
    return Thread.currentThread().equals(owner);
  }

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      tasks.notifyAll();
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return () -> {};
  }

  /** Runs that on the loop, and then what has come; by one thread at a time. */
  void run(Runnable first) {
    Thread before = owner;
    owner = Thread.currentThread();
    try {
      first.run();
      for (Runnable task = poll(); task != null; task = poll()) {
        task.run();
      }
    } finally {
      owner = before;
    }
  }

  private @Nullable Runnable poll() {
    synchronized (tasks) {
      return tasks.poll();
    }
  }

  /** Waits until a task has come; false if none comes in time. */
  boolean await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    synchronized (tasks) {
      while (tasks.isEmpty()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(tasks, left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    }
    return true;
  }
}
