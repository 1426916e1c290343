package io.tlsport.core.engine;

import io.tlsport.HandshakeTimings;
import io.tlsport.core.policy.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures where the time of a handshake goes. On the loop, but for what jobs compute. */
final class PhaseClock {
  private final Ticker ticker;
  private Phase now = Phase.NEW;
  private long entered;
  private long hello;
  private long hooks;
  private long engine;
  // By one job at a time; the loop may look while one runs.
  private volatile long computed;
  private volatile @Nullable Spent last;

  /** Of nanoseconds: most connections are never asked. */
  private record Spent(long hello, long hooks, long computing, long network) {}

  PhaseClock(Ticker ticker) {
    this.ticker = ticker;
    this.entered = ticker.nanos();
  }

  /** A phase ends, another begins. */
  void moved(Phase next) {
    long time = ticker.nanos();
    if (now == Phase.NEW || now == Phase.OPEN) {
      hello = 0;
      hooks = 0;
      engine = 0;
      computed = 0;
    } else {
      spend(time - entered);
      if (next == Phase.OPEN || next == Phase.CLOSED) {
        // A job that still runs when the connection ends may have counted more than that.
        long computing = Math.min(computed, engine);
        last = new Spent(hello, hooks, computing, engine - computing);
      }
    }
    now = next;
    entered = time;
  }

  private void spend(long nanos) {
    switch (now) {
      case GATE -> hello += nanos;
      case CHOICE, HOLD -> hooks += nanos;
      case HANDSHAKE, RENEGOTIATION -> engine += nanos;
      case NEW, OPEN, CLOSED -> {
        // No handshake runs.
      }
    }
  }

  /** A job has taken so long. */
  void computed(long nanos) {
    long before = computed;
    computed = before + nanos;
  }

  long nanos() {
    return ticker.nanos();
  }

  /** Of the handshake that ended last; null before. Any thread. */
  @Nullable HandshakeTimings last() {
    Spent spent = last;
    return spent == null
        ? null
        : new HandshakeTimings(
            Duration.ofNanos(spent.hello()),
            Duration.ofNanos(spent.hooks()),
            Duration.ofNanos(spent.computing()),
            Duration.ofNanos(spent.network()),
            Duration.ofNanos(spent.hello() + spent.hooks() + spent.computing() + spent.network()));
  }
}
