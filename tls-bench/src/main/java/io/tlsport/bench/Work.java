package io.tlsport.bench;

/** What a server does for its clients. */
public enum Work {
  /** A connection: handshake, 64 bytes there and back, end. */
  CONNECT,
  /** 64 bytes there and back, on one connection that stays. */
  ECHO,
  /** 16 KiB chunks to the client. */
  DOWN,
  /** 16 KiB chunks from the client. */
  UP,
  /** 1 KiB writes to the client, each of them flushed. */
  SMALL_WRITES;

  /** What a client sends and gets back. */
  static final int ECHOED = 64;

  /** How much one write of the server hands over, or of the client. */
  int chunk() {
    return switch (this) {
      case CONNECT, ECHO -> ECHOED;
      case DOWN, UP -> 16 * 1024;
      case SMALL_WRITES -> 1024;
    };
  }

  /** Whether it is counted in MB, and not in connections or round trips. */
  public boolean inMegabytes() {
    return this == DOWN || this == UP || this == SMALL_WRITES;
  }
}
