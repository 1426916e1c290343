package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.HandshakeFacts;
import io.tlsport.PlainHttp;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.ClientHelloParser;
import io.tlsport.core.policy.hello.HelloError;
import io.tlsport.core.policy.plain.PlainRequest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The first part of every server connection: reads the ClientHello and asks which engine answers
 * it, so that names, sessions and protocols are chosen before an engine exists, the same way for
 * all of them and without a thread that waits.
 */
final class HelloGate {
  /** The parser knows HTTP by so many bytes. */
  private static final int FIRST = 4;

  private final ClientHelloParser parser;
  private final EngineChooser chooser;
  private final byte[] first = new byte[FIRST];
  private int firstSize;
  private @Nullable ClientHello hello;
  private @Nullable PlainRequest request;
  private @Nullable HelloError refused;

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
    if (request != null) {
      return answer(bytes);
    }
    int before = firstSize;
    ByteBuffer start = bytes.duplicate();
    while (firstSize < FIRST && start.hasRemaining()) {
      first[firstSize++] = start.get();
    }
    start = bytes.duplicate();
    ClientHelloParser.Result result = parser.feed(bytes);
    if (result instanceof ClientHelloParser.Rejected rejected) {
      if (rejected.error().code() == ErrorCode.ERR_SSL_HTTP_REQUEST
          && chooser.plainHttp() != PlainHttp.CLOSE) {
        refused = rejected.error();
        PlainRequest made = new PlainRequest(chooser.plainHttp());
        request = made;
        Optional<String> early = made.feed(ByteBuffer.wrap(first, 0, before));
        return early.isPresent() ? answered(early.get()) : answer(start);
      }
      return CompletableFuture.completedFuture(refusal(rejected.error(), ""));
    }
    if (result instanceof ClientHelloParser.Parsed parsed) {
      hello = parsed.hello();
      return chooser.choose(parsed.hello());
    }
    return null;
  }

  private @Nullable CompletionStage<EngineChooser.Choice> answer(ByteBuffer bytes) {
    PlainRequest asked = request;
    return asked == null ? null : asked.feed(bytes).map(this::answered).orElse(null);
  }

  private CompletionStage<EngineChooser.Choice> answered(String plain) {
    HelloError why = refused;
    if (why == null) {
      throw new IllegalStateException("nothing was refused");
    }
    return CompletableFuture.completedFuture(refusal(why, plain));
  }

  private static EngineChooser.Choice refusal(HelloError error, String plain) {
    return new EngineChooser.Refuse(
        new HandshakeException(error.code(), error.message())
            .with(HandshakeFacts.NONE.sent(error.alert())),
        error.alert(),
        plain);
  }
}
