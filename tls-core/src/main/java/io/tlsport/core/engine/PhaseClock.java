package io.tlsport.core.engine;

import io.tlsport.HandshakeTimings;
import io.tlsport.core.policy.time.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Measures where the time of a handshake goes. On the loop, but for what jobs compute. */
final class PhaseClock {
  private final Ticker ticker;
  private final long[] spent = new long[Phase.values().length];
  private final AtomicLong computed = new AtomicLong();
  private Phase now = Phase.NEW;
  private long entered;
  private volatile @Nullable HandshakeTimings last;

  PhaseClock(Ticker ticker) {
    this.ticker = ticker;
    this.entered = ticker.nanos();
  }

  /** A phase ends, another begins. */
  void moved(Phase next) {
    long time = ticker.nanos();
    if (now == Phase.NEW || now == Phase.OPEN) {
      Arrays.fill(spent, 0);
      computed.set(0);
    } else {
      spent[now.ordinal()] += time - entered;
      if (next == Phase.OPEN || next == Phase.CLOSED) {
        last = timings();
      }
    }
    now = next;
    entered = time;
  }

  /** A job has taken so long. */
  void computed(long nanos) {
    computed.addAndGet(nanos);
  }

  long nanos() {
    return ticker.nanos();
  }

  /** Of the handshake that ended last; null before. */
  @Nullable HandshakeTimings last() {
    return last;
  }

  private long in(Phase phase) {
    return spent[phase.ordinal()];
  }

  private HandshakeTimings timings() {
    long hello = in(Phase.GATE);
    long hooks = in(Phase.CHOICE) + in(Phase.HOLD);
    long engine = in(Phase.HANDSHAKE) + in(Phase.RENEGOTIATION);
    // A job that still runs when the connection ends may have counted more than that.
    long computing = Math.min(computed.get(), engine);
    return new HandshakeTimings(
        Duration.ofNanos(hello),
        Duration.ofNanos(hooks),
        Duration.ofNanos(computing),
        Duration.ofNanos(engine - computing),
        Duration.ofNanos(hello + hooks + engine));
  }
}
