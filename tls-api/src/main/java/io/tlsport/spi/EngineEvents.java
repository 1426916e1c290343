package io.tlsport.spi;

import java.util.Optional;

/**
 * What an engine reports while it works. Called inside {@code wrap}, {@code unwrap} or a delegated
 * task, on that thread: implementations return at once and never re-enter the engine.
 */
public interface EngineEvents {
  /** A session was made: none, one or several times, also after the handshake is finished. */
  void session(byte[] id, byte[] data);

  /** The peer starts a renegotiation; asked before costly work. False: the adapter refuses it. */
  boolean peerRenegotiates();

  /** One line of an NSS key log; only if {@link EngineSpec#keyLog()}. */
  void keyLog(String line);

  /** The key of that identity; only if {@link EngineSpec#psk()}. */
  Optional<byte[]> psk(String identity);
}
