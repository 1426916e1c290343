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
  /** Watches a connection. */
  void watch(TLSSocket socket, long id, Events events) {
    new Watch(socket, id, events).start();
  }

  private final class Watch {
    private final TLSSocket socket;
    private final long id;
    private final Events events;
    private long read;
    private boolean begun;

    Watch(TLSSocket socket, long id, Events events) {
      this.socket = socket;
      this.id = id;
      this.events = events;
    }

    void start() {
      socket.onData(data -> count(data.remaining()));
    }

    private void count(int more) {
      read += more;
      if (!begun && read >= bytes) {
        begun = true;
        events.emit("renegotiation", Members.of("id", id).with("count", 1));
        socket.renegotiate(options).thenRun(this::completed).exceptionally(Told::elsewhere);
      }
    }

    private void completed() {
      events.emit(
          "renegotiated",
          Members.of("id", id)
              .with(ConnectionMembers.verdict(socket))
              .with("peerCertificate", ConnectionMembers.certificate(socket.peerCertificate())));
    }
  }
}
