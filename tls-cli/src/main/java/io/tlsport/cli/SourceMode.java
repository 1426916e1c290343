package io.tlsport.cli;

import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Sends a number of bytes, as fast as the peer takes them, then ends.
 *
 * @param bytes how many
 */
record SourceMode(long bytes) implements ServeMode {
  /** Four of them fill the quota of a socket. */
  private static final int CHUNK = 16 * 1024;

  private static final ByteBuffer PATTERN = pattern();

  private static ByteBuffer pattern() {
    ByteBuffer pattern = ByteBuffer.allocate(CHUNK);
    while (pattern.hasRemaining()) {
      pattern.put((byte) ('a' + pattern.position() % 26));
    }
    return pattern.flip().asReadOnlyBuffer();
  }

  /**
   * Nothing is read before everything is sent: an engine that closes both sides with the peer's end
   * would cut off the rest for a client that ends early.
   */
  @Override
  public void serve(TLSSocket socket) {
    Flow flow = new Flow(socket, bytes);
    socket.onDrain(flow::pump);
    flow.pump();
  }

  /** What the client sends is of no use here, so its silence needs no long wait. */
  @Override
  public void prepare(ServerOptions.Builder options) {
    options.pauseOnConnect(true).closeTimeout(Duration.ofSeconds(1));
  }

  /** One connection's rest; called where the socket's events run, hence never by two threads. */
  private static final class Flow {
    private final TLSSocket socket;
    private long rest;
    private int onTheWay;

    Flow(TLSSocket socket, long rest) {
      this.socket = socket;
      this.rest = rest;
    }

    void pump() {
      while (rest > 0 && socket.writable()) {
        int size = (int) Math.min(rest, CHUNK);
        rest -= size;
        onTheWay++;
        socket
            .write(PATTERN.duplicate().limit(size))
            .thenRun(this::taken)
            .exceptionally(Told::elsewhere);
      }
      if (isDone()) {
        end();
      }
    }

    private boolean isDone() {
      return rest == 0 && onTheWay == 0;
    }

    /** Ends once the last byte is with the network: what is slow there has no time limit. */
    private void taken() {
      onTheWay--;
      if (isDone()) {
        end();
      }
    }

    private void end() {
      socket.onData(dropped -> {});
      socket.resume();
      socket.end().exceptionally(Told::elsewhere);
    }
  }
}
