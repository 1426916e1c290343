package io.tlsport.core.engine;

import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.ServerHello;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Tells from the ServerHello on the wire whether a handshake resumes a session (RFC 8446, 5077).
 */
final class ResumptionWatch {
  private final ClientHello hello;
  private boolean resumed;
  private boolean seen;

  ResumptionWatch(ClientHello hello) {
    this.hello = hello;
  }

  /** Looks at what the server sends; {@code records} is left as it is. */
  void serverSends(ByteBuffer records) {
    if (seen || !records.hasRemaining()) {
      return;
    }
    Optional<ServerHello> answer = ServerHello.parse(records.duplicate());
    if (answer.isPresent() && !answer.get().isHelloRetryRequest()) {
      seen = true;
      resumed = ServerHello.resumed(hello, answer.get());
    }
  }

  boolean resumed() {
    return resumed;
  }
}
