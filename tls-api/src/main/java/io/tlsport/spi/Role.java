package io.tlsport.spi;

/** Which side of the handshake an engine takes. */
public enum Role {
  /** Speaks first. */
  CLIENT,
  /** Answers a ClientHello. */
  SERVER
}
