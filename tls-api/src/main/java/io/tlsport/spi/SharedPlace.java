package io.tlsport.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A place that several processes keep sessions and ticket keys in. It stores bytes and decides
 * nothing. Called on any thread, must not block it. A stage fails with a {@link
 * io.tlsport.TransportException} if the place is away, and with anything else if it answered that
 * it cannot.
 */
public interface SharedPlace extends AutoCloseable {
  /** What {@link #keepSession} was given; empty if it is not there any more. */
  CompletionStage<Optional<byte[]>> session(byte[] id);

  /** Keeps a session. A place that is full may drop it, or another one. */
  CompletionStage<Void> keepSession(byte[] id, byte[] data, Duration time);

  /** What {@link #replaceKeys} wrote last, by whichever process; empty if nothing is there. */
  CompletionStage<Optional<byte[]>> keys();

  /**
   * Writes keys if nobody else has written since they were read: of several processes that try, one
   * succeeds.
   *
   * @param expected what {@link #keys} gave
   * @return false if something else is there, or if another process is writing
   */
  CompletionStage<Boolean> replaceKeys(Optional<byte[]> expected, byte[] keys);

  /** Frees threads and connections. Returns at once. */
  @Override
  void close();
}
