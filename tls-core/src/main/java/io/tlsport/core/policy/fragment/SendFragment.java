package io.tlsport.core.policy.fragment;

import io.tlsport.core.policy.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much plaintext the next record carries: what {@code setMaxSendFragment} set, and less while
 * dynamic records begin small. Used by one thread at a time.
 */
public final class SendFragment {
  /** The least that can be set. */
  public static final int MIN = 512;

  /** The most that can be set, and the default (RFC 8446 section 5.1). */
  public static final int MAX = 16384;

  /**
   * A small record fills one packet: 1,500 bytes of Ethernet less the headers of IPv6 and TCP with
   * its options, and those of TLS.
   */
  static final int SMALL = 1300;

  /** By then the window of a connection that loses nothing has room for several full records. */
  static final int WARM_UP = 64 * 1024;

  /** After so long without a record TCP may have closed its window again (RFC 9293, RFC 2861). */
  static final Duration IDLE = Duration.ofSeconds(1);

  private final @Nullable Ticker ticker;
  private int limit = MAX;
  private long sent;
  private long last;

  private SendFragment(@Nullable Ticker ticker) {
    this.ticker = ticker;
  }

  /** Full records from the first on. */
  public static SendFragment full() {
    return new SendFragment(null);
  }

  /** Small records at the start and after a pause, then full ones. */
  public static SendFragment dynamic(Ticker ticker) {
    return new SendFragment(ticker);
  }

  /** True if that many bytes can be set. */
  public static boolean allowed(int size) {
    return size >= MIN && size <= MAX;
  }

  /** Sets the most that a record carries from now on. */
  public void limit(int size) {
    if (!allowed(size)) {
      throw new IllegalArgumentException("a fragment of " + size + " bytes");
    }
    limit = size;
  }

  /** What the next record may carry, in bytes. */
  public int next() {
    Ticker clock = ticker;
    if (clock == null) {
      return limit;
    }
    long now = clock.nanos();
    if (sent > 0 && now - last > IDLE.toNanos()) {
      sent = 0;
    }
    last = now;
    return sent < WARM_UP ? Math.min(SMALL, limit) : limit;
  }

  /** Counts what a record carried. */
  public void sent(int bytes) {
    sent += bytes;
  }
}
