package io.tlsport.core.engine;

import io.tlsport.TlsException;
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

  /** Told when bytes have left. */
  @FunctionalInterface
  interface Accepted {
    /** Null if they have left. */
    void done(@Nullable TlsException failure);
  }
}
