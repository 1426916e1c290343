package io.tlsport;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A pipe of bytes in both directions with back pressure: the seed's {@code net.Socket} and stream,
 * reduced to what TLS needs. {@link TLSSocket} is one, so is {@link SecurePair#encrypted()}.
 *
 * <p>Methods may be called on any thread. Events of one duplex never overlap and come in order;
 * they run on its event loop, or on {@link Tls.Builder#callbackExecutor}. A listener must not block
 * there. Several listeners of one event run in the order in which they were added; an exception
 * that a listener throws destroys the duplex and reaches {@link #onError}.
 */
public interface Duplex {
  /**
   * Event {@code data}. The first listener starts the flow, as in Node: until then nothing is read
   * ahead of a small buffer. The buffer is read-only and valid during the call only: copy what you
   * keep.
   *
   * @throws IllegalStateException if a blocking view was taken before
   */
  Duplex onData(Consumer<ByteBuffer> listener);

  /** Event {@code end}: the peer has ended its side; everything that it sent was delivered. */
  Duplex onEnd(Runnable listener);

  /** Event {@code error}: at most once, before {@code close}; runs at once if it has happened. */
  Duplex onError(Consumer<TlsException> listener);

  /** Event {@code close}: exactly once, last of all; runs at once if it is over already. */
  Duplex onClose(Runnable listener);

  /** Event {@code drain}: after {@link #writable()} was false it is true again. */
  Duplex onDrain(Runnable listener);

  /**
   * Writes a copy of the buffer's remaining bytes, in the order of the calls.
   *
   * @return completes when the transport accepted the bytes; fails with a {@link TlsException}
   *     whose code is {@link ErrorCode#ERR_STREAM_WRITE_AFTER_END} after {@link #end()} and {@link
   *     ErrorCode#ERR_STREAM_DESTROYED} after the end of everything
   */
  CompletionStage<Void> write(ByteBuffer data);

  /** Writes a copy of the bytes. */
  default CompletionStage<Void> write(byte[] data) {
    return write(ByteBuffer.wrap(data));
  }

  /**
   * False once more is queued than the high-water mark: what the seed's {@code write()} returns.
   * Writing on is allowed and costs memory; {@code drain} follows.
   */
  boolean writable();

  /** Stops {@code data} events; at most what is already decrypted still arrives. */
  Duplex pause();

  /** Starts or continues {@code data} events. */
  Duplex resume();

  /** True between {@link #pause()} and {@link #resume()}. */
  boolean paused();

  /**
   * Ends our side after everything written before; the peer may still send.
   *
   * @return completes when the end has left
   */
  CompletionStage<Void> end();

  /** Ends both sides at once, dropping what is queued. Idempotent. */
  void destroy();

  /** Completes, normally in every case, when {@code close} was emitted. */
  CompletionStage<Void> closed();

  /** Our end of the connection that carries the bytes; empty if there is none, or none yet. */
  default Optional<Address> address() {
    return Optional.empty();
  }

  /**
   * The peer's end of the connection that carries the bytes; empty if there is none, or none yet.
   */
  default Optional<Address> remote() {
    return Optional.empty();
  }

  /**
   * Pipes everything that arrives here into {@code target}, with back pressure, and ends the target
   * when this side ends: the seed's {@code pipe}.
   *
   * @return {@code target}
   */
  default <D extends Duplex> D pipeTo(D target) {
    onData(
        data -> {
          target.write(data);
          if (!target.writable()) {
            pause();
            // Its drain may have come, on another thread, before the pause that it was to end.
            if (target.writable()) {
              resume();
            }
          }
        });
    target.onDrain(this::resume);
    onEnd(target::end);
    return target;
  }
}
