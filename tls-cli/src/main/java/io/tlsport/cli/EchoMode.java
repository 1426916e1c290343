package io.tlsport.cli;

import io.tlsport.TLSSocket;
import java.nio.charset.StandardCharsets;

/**
 * Sends everything back, as the seed's example does.
 *
 * @param greeting sent first; may be empty
 */
record EchoMode(String greeting) implements ServeMode {
  @Override
  public void serve(TLSSocket socket) {
    if (!greeting.isEmpty()) {
      socket.write(greeting.getBytes(StandardCharsets.UTF_8)).exceptionally(Told::elsewhere);
    }
    socket.pipeTo(socket);
  }
}
