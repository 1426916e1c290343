package io.tlsport.cli;

/** What a client of a soak does with its connection. */
enum SoakTraffic {
  /** A full handshake, data there and back, an end. */
  FULL,
  /** The same with the session of the last time. */
  RESUMED,
  /** A handshake in the middle of the data, in TLS 1.2. */
  RENEGOTIATED,
  /** Data in small pieces with pauses. */
  SLOW,
  /** Destroyed with data under way. */
  ABORTED,
  /** No TLS, half of a hello, or a handshake whose bytes are changed. */
  HOSTILE;

  /** Whether all that was sent must come back. */
  boolean isHonest() {
    return this != ABORTED && this != HOSTILE;
  }
}
