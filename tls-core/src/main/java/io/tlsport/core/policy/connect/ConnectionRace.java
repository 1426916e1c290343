package io.tlsport.core.policy.connect;

import io.tlsport.core.policy.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When the next address is tried (RFC 8305 section 5): at once after a failure, and beside those
 * that are silent after a while. Not safe for several threads.
 */
public final class ConnectionRace {
  private final int addresses;
  private final Optional<Duration> patience;
  private final Ticker ticker;
  private int next;
  private int running;
  private boolean failed;
  private long begun;

  /**
   * A race that has not begun.
   *
   * @param addresses how many there are
   * @param patience how long an attempt may be silent; empty: each is given all the time
   */
  public ConnectionRace(int addresses, Optional<Duration> patience, Ticker ticker) {
    this.addresses = addresses;
    this.patience = patience;
    this.ticker = ticker;
  }

  /** The address to try now, counted from 0; the caller begins it. Empty: none, for now. */
  public OptionalInt begin() {
    boolean due = running == 0 || (patience.isPresent() && (failed || waited(patience.get())));
    if (next == addresses || !due) {
      return OptionalInt.empty();
    }
    running++;
    failed = false;
    begun = ticker.nanos();
    return OptionalInt.of(next++);
  }

  private boolean waited(Duration limit) {
    return ticker.nanos() - begun >= limit.toNanos();
  }

  /** How long from now until one more is due, if nothing happens; empty: none will be. */
  public Optional<Duration> pause() {
    return next == addresses || running == 0
        ? Optional.empty()
        : patience.map(limit -> limit.minusNanos(ticker.nanos() - begun));
  }

  /** An attempt has failed: ask {@link #begin} and {@link #isLost}. */
  public void failed() {
    running--;
    failed = true;
  }

  /** True if every address has failed. */
  public boolean isLost() {
    return running == 0 && next == addresses;
  }
}
