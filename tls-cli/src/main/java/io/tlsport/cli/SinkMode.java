package io.tlsport.cli;

import io.tlsport.TLSSocket;

/** Reads and drops; the connection ends when the peer ends it. */
record SinkMode() implements ServeMode {
  @Override
  public void serve(TLSSocket socket) {
    socket.onData(dropped -> {});
  }
}
