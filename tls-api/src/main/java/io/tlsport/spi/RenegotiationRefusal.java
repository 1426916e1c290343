package io.tlsport.spi;

import javax.net.ssl.SSLException;

/**
 * The words with which an engine refuses a new handshake on a connection of TLS 1.2 or older.
 * Called where the engine is used, between two handshakes; the core then wraps what the engine has
 * to say, and gives it the peer's record if it has nothing to say before. The connection then ends.
 * An engine without this is closed without a word.
 */
public non-sealed interface RenegotiationRefusal extends EngineExtension {
  /**
   * The peer has started one that it may not: the engine is to refuse it by the alert that it has,
   * without costly work.
   */
  void refuse() throws SSLException;
}
