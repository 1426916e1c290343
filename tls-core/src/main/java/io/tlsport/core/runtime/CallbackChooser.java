package io.tlsport.core.runtime;

import io.tlsport.PlainHttp;
import io.tlsport.core.engine.EngineChooser;
import io.tlsport.core.policy.hello.ClientHello;
import java.util.concurrent.CompletionStage;

/**
 * Chooses where callbacks of the application run, since it asks some: with an executor for them,
 * one that blocks holds up its own connection, and no loop.
 *
 * @param chooser asks callbacks
 * @param facts of the connection, which knows where they run
 */
record CallbackChooser(EngineChooser chooser, EngineFacts facts) implements EngineChooser {
  @Override
  public CompletionStage<Choice> choose(ClientHello hello) {
    return facts.ask(() -> chooser.choose(hello));
  }

  @Override
  public PlainHttp plainHttp() {
    return chooser.plainHttp();
  }
}
