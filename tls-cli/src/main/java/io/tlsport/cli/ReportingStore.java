package io.tlsport.cli;

import io.tlsport.SessionStore;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells what a session store is asked; never what it keeps, which is secret.
 *
 * @param store the store
 * @param events where that is told
 */
record ReportingStore(SessionStore store, Events events) implements SessionStore {
  @Override
  public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
    events.emit(
        "newSession", Members.of("sessionId", hex(sessionId)).with("bytes", sessionData.length));
    return store.newSession(sessionId, sessionData);
  }

  @Override
  public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
    return store
        .resumeSession(sessionId)
        .thenApply(
            found -> {
              events.emit(
                  "resumeSession",
                  Members.of("sessionId", hex(sessionId)).with("found", found.isPresent()));
              return found;
            });
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }
}
