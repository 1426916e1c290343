package io.tlsport.core.engine;

import io.tlsport.Address;
import io.tlsport.TlsException;
import java.nio.ByteBuffer;

/** What is above a driver. Called on the loop, never after {@link #closed()}. */
public interface DriverEvents {
  /** A proxy says who the client is; before anything else. */
  default void proxied(Address client) {}

  /** The handshake is done and judged; data may flow. */
  void secure(Handshake handshake);

  /**
   * A renegotiation begins.
   *
   * @param count how many there are of this connection with it
   */
  void renegotiation(int count);

  /** A renegotiation is done and judged; data flows again. */
  void renegotiated(Handshake handshake);

  /** Plaintext, read-only, valid during the call. */
  void data(ByteBuffer plaintext);

  /** The peer has ended its side; everything that it sent was delivered. */
  void end();

  /** It failed; at most once. */
  void error(TlsException error);

  /** The transport is gone: the last event. */
  void closed();
}
