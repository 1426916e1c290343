package io.tlsport.cli;

import io.tlsport.SessionStore;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sessions in this process; the oldest make room. */
final class MemorySessions implements SessionStore {
  private static final int MOST = 20_000;

  private final Map<ByteBuffer, byte[]> sessions =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
              return size() > MOST;
            }
          });

  @Override
  public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
    sessions.put(ByteBuffer.wrap(sessionId.clone()), sessionData.clone());
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(sessions.get(ByteBuffer.wrap(sessionId))).map(byte[]::clone));
  }
}
