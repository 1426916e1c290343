package io.tlsport.core.engine;

import io.tlsport.TlsException;
import io.tlsport.core.policy.hello.ClientHello;
import java.util.concurrent.CompletionStage;

/** Decides, once a server has read the ClientHello, which engine answers it. */
@FunctionalInterface
public interface EngineChooser {
  /** Called on the loop; completes anywhere. A failed stage is the application's failure. */
  CompletionStage<Choice> choose(ClientHello hello);

  /** What was decided. */
  sealed interface Choice {}

  /**
   * Go on with this engine.
   *
   * @param start the engine, which is to be fed the hello from its first byte
   */
  record Start(EngineStart start) implements Choice {}

  /**
   * Do not go on.
   *
   * @param error what is reported
   * @param alert what the peer is told (RFC 8446 section 6)
   */
  record Refuse(TlsException error, int alert) implements Choice {}
}
