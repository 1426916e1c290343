package io.tlsport.spi;

/**
 * The Finished messages of the last handshake: {@link io.tlsport.Capability#FINISHED_MESSAGES}.
 * Unlike the engine itself it is asked from any thread, once the handshake is done.
 */
public non-sealed interface FinishedMessages extends EngineExtension {
  /** The verify_data that we sent (RFC 5246 section 7.4.9, RFC 8446 section 4.4.4). */
  byte[] own();

  /** The verify_data that the peer sent. */
  byte[] peer();
}
