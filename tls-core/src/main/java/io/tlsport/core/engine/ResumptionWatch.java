package io.tlsport.core.engine;

import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.ClientHelloParser;
import io.tlsport.core.policy.hello.ServerHello;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells from both hellos on the wire whether a handshake resumes a session (RFC 8446, 5077). One of
 * them is ours, which side we are.
 */
final class ResumptionWatch {
  private final boolean server;
  private @Nullable ClientHello hello;
  private boolean resumed;
  private boolean seen;
  private int suite;

  private ResumptionWatch(boolean server, @Nullable ClientHello hello) {
    this.server = server;
    this.hello = hello;
  }

  /** A server has read the hello that it answers. */
  static ResumptionWatch ofServer(ClientHello hello) {
    return new ResumptionWatch(true, hello);
  }

  /** A client is to send one. */
  static ResumptionWatch ofClient() {
    return new ResumptionWatch(false, null);
  }

  /** Looks at what we send; {@code records} is left as it is. */
  void sent(ByteBuffer records) {
    if (server) {
      answer(records);
    } else if (hello == null
        && new ClientHelloParser().feed(records.duplicate())
            instanceof ClientHelloParser.Parsed parsed) {
      hello = parsed.hello();
    }
  }

  /** Looks at what the peer sends; {@code records} is left as it is. */
  void received(ByteBuffer records) {
    if (!server) {
      answer(records);
    }
  }

  private void answer(ByteBuffer records) {
    ClientHello asked = hello;
    if (seen || asked == null || !records.hasRemaining()) {
      return;
    }
    Optional<ServerHello> answer = ServerHello.parse(records.duplicate());
    if (answer.isPresent() && !answer.get().isHelloRetryRequest()) {
      seen = true;
      resumed = ServerHello.resumed(asked, answer.get());
      suite = answer.get().suite();
    }
  }

  boolean resumed() {
    return resumed;
  }

  /** The suite has a pre-shared key, which a full handshake begins with. */
  boolean needsKey() {
    return seen
        && !resumed
        && CipherTable.get().byCode(suite).filter(CipherSuite::isPsk).isPresent();
  }
}
