package io.tlsport.spi;

import java.util.Optional;

/**
 * What an engine reports while it works. Called inside {@code wrap}, {@code unwrap} or a delegated
 * task, on that thread: implementations return at once and never re-enter the engine.
 */
public interface EngineEvents {
  /**
   * A session was made: none, one or several times, also after the handshake is finished, and
   * before the flight that makes it known to the peer leaves.
   *
   * @param id on servers the identifier that clients will come back with; on clients what the
   *     client will show
   * @param data what {@link Resumption.Use} wants back
   */
  void session(byte[] id, byte[] data);

  /** On clients: the server gave this ticket (RFC 5077 section 3.3, RFC 8446 section 4.6.1). */
  void ticket(byte[] ticket);

  /** The peer starts a renegotiation; asked before costly work. False: the adapter refuses it. */
  boolean peerRenegotiates();

  /** One line of an NSS key log; only if {@link EngineSpec#keyLog()}. */
  void keyLog(String line);

  /** The key of that identity; only if {@link EngineSpec#psk()}. */
  Optional<byte[]> psk(String identity);
}
