package io.tlsport.spi;

import io.tlsport.Session;

/** Which session an engine may resume. */
public sealed interface Resumption {
  /** A server: whatever its {@link SessionMode} finds. */
  record Own() implements Resumption {}

  /** None: a full handshake. */
  record Never() implements Resumption {}

  /**
   * Exactly this one.
   *
   * @param session on clients what {@link EngineEvents#session} gave; on servers what the store
   *     gave
   */
  record Use(Session session) implements Resumption {}

  /** Whatever the engine's own session mode finds. */
  static Resumption own() {
    return new Own();
  }

  /** A full handshake. */
  static Resumption never() {
    return new Never();
  }
}
