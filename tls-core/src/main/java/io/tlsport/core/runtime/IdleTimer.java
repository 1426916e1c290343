package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.policy.time.Ticker;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seed's {@code setTimeout}: an event after a time without traffic, one for each silence
 * however long it lasts. Lives on the loop.
 */
final class IdleTimer {
  private final Loop loop;
  private final Ticker ticker;
  private final Callbacks callbacks;
  private volatile List<Runnable> listeners = List.of();
  private Duration limit = Duration.ZERO;
  private long last;
  private boolean told;
  private Loop.@Nullable Timer timer;

  IdleTimer(Loop loop, Ticker ticker, Callbacks callbacks) {
    this.loop = loop;
    this.ticker = ticker;
    this.callbacks = callbacks;
  }

  synchronized void onTimeout(Runnable listener) {
    listeners = Event.with(listeners, listener);
  }

  /** Something was read or written. */
  void touch() {
    if (!limit.isZero()) {
      last = ticker.nanos();
      told = false;
    }
  }

  /** Refuses what cannot be set. */
  static Duration checked(Duration idle) {
    if (idle.isNegative()) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, "the idle timeout must not be negative, got " + idle);
    }
    return idle;
  }

  void set(Duration idle) {
    checked(idle);
    stop();
    limit = idle;
    if (!idle.isZero()) {
      last = ticker.nanos();
      told = false;
      timer = loop.schedule(idle, this::due);
    }
  }

  private void due() {
    Duration left = limit.minusNanos(ticker.nanos() - last);
    boolean silent = left.isNegative() || left.isZero();
    timer = loop.schedule(silent ? limit : left, this::due);
    if (silent && !told) {
      told = true;
      listeners.forEach(callbacks::run);
    }
  }

  void stop() {
    limit = Duration.ZERO;
    Loop.Timer current = timer;
    timer = null;
    if (current != null) {
      current.cancel();
    }
  }
}
