package io.tlsport.core.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.tlsport.core.engine.Loop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * An event loop of Netty as a {@link Loop}. While it shuts down, it still runs what it has, but
 * takes nothing new, not even from itself: what its own tasks hand it then is run within them, so
 * that connections come to their end.
 */
public final class NettyLoop implements Loop {
  private final EventLoop eventLoop;

  NettyLoop(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    try {
      eventLoop.execute(task);
    } catch (RejectedExecutionException shutsDown) {
      if (!eventLoop.inEventLoop()) {
        throw shutsDown;
      }
      task.run();
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    ScheduledFuture<?> future;
    try {
      future = eventLoop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException shutsDown) {
      if (!eventLoop.inEventLoop()) {
        throw shutsDown;
      }
      return () -> {};
    }
    return () -> future.cancel(false);
  }
}
