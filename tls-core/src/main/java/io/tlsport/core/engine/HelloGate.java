package io.tlsport.core.engine;

import io.tlsport.HandshakeException;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.ClientHelloParser;
import io.tlsport.core.policy.hello.HelloError;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The first part of every server connection: reads the ClientHello and asks which engine answers
 * it, so that names, sessions and protocols are chosen before an engine exists, the same way for
 * all of them and without a thread that waits.
 */
final class HelloGate {
  private final ClientHelloParser parser;
  private final EngineChooser chooser;
  private @Nullable ClientHello hello;

  /**
   * A gate that has seen nothing.
   *
   * @param helloBytes the largest hello that it reads
   */
  HelloGate(EngineChooser chooser, int helloBytes) {
    this.parser = new ClientHelloParser(helloBytes);
    this.chooser = chooser;
  }

  /** The hello, once it is complete. */
  @Nullable ClientHello hello() {
    return hello;
  }

  /**
   * Looks at the next bytes, whose position it moves.
   *
   * @return the choice to come; null while the hello is not complete
   */
  @Nullable CompletionStage<EngineChooser.Choice> feed(ByteBuffer bytes) {
    ClientHelloParser.Result result = parser.feed(bytes);
    if (result instanceof ClientHelloParser.Rejected rejected) {
      return CompletableFuture.completedFuture(refusal(rejected.error()));
    }
    if (result instanceof ClientHelloParser.Parsed parsed) {
      hello = parsed.hello();
      return chooser.choose(parsed.hello());
    }
    return null;
  }

  private static EngineChooser.Choice refusal(HelloError error) {
    return new EngineChooser.Refuse(
        new HandshakeException(error.code(), error.message()), error.alert());
  }
}
