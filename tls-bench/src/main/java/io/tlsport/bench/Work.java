package io.tlsport.bench;

/** What a server does for its clients. */
public enum Work {
  /** A connection: full handshake, 64 bytes there and back, end. */
  CONNECT("full handshake", 64, "connection"),
  /** The same, resuming the session of the connection before. */
  RESUME("resumed handshake", 64, "connection"),
  /** The same as {@link #CONNECT}, of which the client's part is measured. */
  CLIENT("client: full handshake", 64, "connection"),
  /** 64 bytes there and back, on connections that stay. */
  ECHO("64 B echo", 64, "round trip"),
  /** 16 KiB writes to the client. */
  DOWN("16 KiB down", 16 * 1024, "MB"),
  /** 64 KiB writes to the client. */
  LARGE_DOWN("64 KiB down", 64 * 1024, "MB"),
  /** 16 KiB writes of the client. */
  UP("16 KiB up", 16 * 1024, "MB"),
  /** Answers of 64 writes of 1 KiB, each of them flushed. */
  SMALL_DOWN("answers of 64 x 1 KiB, flushed", 1024, "MB"),
  /** 1 KiB writes of the client. */
  SMALL_UP("1 KiB up", 1024, "MB");

  private static final int TURN = 64 * 1024;

  private final String text;
  private final int chunk;
  private final String unit;

  Work(String text, int chunk, String unit) {
    this.text = text;
    this.chunk = chunk;
    this.unit = unit;
  }

  /** In words. */
  public String text() {
    return text;
  }

  /** What the cost is for: a connection, a round trip, or a megabyte. */
  public String unit() {
    return unit;
  }

  /** Bytes of one write. */
  int chunk() {
    return chunk;
  }

  /** Whether each operation is a connection. */
  public boolean connects() {
    return this == CONNECT || this == RESUME || this == CLIENT;
  }

  /** Whether the server answers what comes. */
  boolean echoes() {
    return connects() || this == ECHO;
  }

  /** Whether the server sends as fast as it can. */
  boolean sends() {
    return this == DOWN || this == LARGE_DOWN;
  }

  /** Whether the server answers 64 bytes by many writes. */
  boolean answers() {
    return this == SMALL_DOWN;
  }

  /** Whether the client asks, and waits for what it gets. */
  boolean asks() {
    return echoes() || answers();
  }

  /** How many bytes the client asks by. */
  int question() {
    return answers() ? ECHO.chunk : chunk;
  }

  /** How many bytes it gets for that. */
  int answer() {
    return echoes() ? chunk : TURN;
  }

  /** Whether the client sends as fast as it can. */
  boolean receives() {
    return this == UP || this == SMALL_UP;
  }

  /** How many writes a server makes in a turn of its loop, or for an answer: 64 KiB; else none. */
  int burst() {
    return sends() || answers() ? TURN / chunk : 0;
  }

  /** How many of the load's units are one operation. */
  double perOperation() {
    return echoes() ? 1 : 1_000_000;
  }
}
