package io.tlsport.cli;

import io.tlsport.TlsException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits on a thread of the command for what the event loops do. */
final class Waiting {
  private Waiting() {}

  /**
   * The stage's result.
   *
   * @throws TlsException what the stage failed with
   */
  static <T> T on(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof TlsException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
