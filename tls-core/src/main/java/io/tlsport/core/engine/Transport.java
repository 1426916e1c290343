package io.tlsport.core.engine;

import io.tlsport.TlsException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is below a driver: moves bytes and knows nothing of TLS. Called on the loop only. */
public interface Transport {
  /**
   * Takes over a slab and queues its bytes from 0 to its position.
   *
   * @param accepted called on the loop once the bytes have left, or with the reason why they cannot
   */
  void send(Slab slab, @Nullable Accepted accepted);

  /** Moves what is queued as far as the network takes it. */
  void flush();

  /** Bytes that were sent and that the network has not taken yet. */
  long pending();

  /** Whether to read on; the driver starts with true. */
  void read(boolean on);

  /** Closes after what was sent has left; {@link EngineDriver#transportClosed()} follows. */
  void close();

  /** Closes at once, dropping what is queued; {@link EngineDriver#transportClosed()} follows. */
  void abort();

  /** Whether small segments leave at once; nothing where there are none. */
  default void noDelay(boolean on) {}

  /**
   * Whether a silent connection is probed; nothing where that means nothing.
   *
   * @param initialDelay after how long; zero: when the system thinks it right
   */
  default void keepAlive(boolean on, Duration initialDelay) {}

  /** Told when bytes have left. */
  @FunctionalInterface
  interface Accepted {
    /** Null if they have left. */
    void done(@Nullable TlsException failure);
  }
}
