package io.tlsport.core.runtime;

import io.tlsport.SessionStore;
import io.tlsport.core.policy.session.SessionCounts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A store of the application, and what it is asked. One that throws, or gives no stage, has failed.
 *
 * @param store the application's
 * @param counts counted before whoever asked is answered
 */
record CountedStore(SessionStore store, SessionCounts counts) implements SessionStore {
  @Override
  public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
    return answer(() -> store.newSession(sessionId, sessionData))
        .whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                counts.created();
              }
            });
  }

  @Override
  public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
    counts.asked();
    return answer(() -> store.resumeSession(sessionId))
        .whenComplete(
            (found, failure) -> {
              if (failure != null || found == null) {
                counts.failed();
              } else {
                counts.answered(found.isPresent());
              }
            });
  }

  private static <T> CompletionStage<T> answer(Supplier<CompletionStage<T>> asked) {
    try {
      CompletionStage<T> answer = asked.get();
      return answer != null
          ? answer
          : CompletableFuture.failedStage(new NullPointerException("no answer"));
    } catch (Throwable thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }
}
