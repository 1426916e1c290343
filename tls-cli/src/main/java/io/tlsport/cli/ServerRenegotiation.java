package io.tlsport.cli;

import io.tlsport.RenegotiateOptions;
import io.tlsport.TLSSocket;

/**
 * Renegotiates a connection, once, when so many bytes were read.
 *
 * @param bytes after how many
 * @param options what the new handshake asks for
 */
record ServerRenegotiation(long bytes, RenegotiateOptions options) {
  /** Tells what becomes of renegotiations, whoever wants them. */
  static void tell(TLSSocket socket, long id, Events events) {
    socket.onRenegotiation(
        count -> events.emit("renegotiation", Members.of("id", id).with("count", count)));
    socket.onRenegotiated(
        () ->
            events.emit(
                "renegotiated", Members.of("id", id).with(ConnectionMembers.renegotiated(socket))));
  }

  /** Watches a connection. */
  void watch(TLSSocket socket) {
    new Watch(socket).start();
  }

  private final class Watch {
    private final TLSSocket socket;
    private long read;
    private boolean begun;

    Watch(TLSSocket socket) {
      this.socket = socket;
    }

    void start() {
      socket.onData(data -> count(data.remaining()));
    }

    private void count(int more) {
      read += more;
      if (!begun && read >= bytes) {
        begun = true;
        socket.renegotiate(options).exceptionally(Told::elsewhere);
      }
    }
  }
}
