package io.tlsport.core.runtime;

import io.tlsport.SessionStore;
import io.tlsport.core.engine.Handshake;
import io.tlsport.core.engine.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The sessions that one connection of a server makes, on their way to the application's store: the
 * connection is held until the store has them, so that a client never comes back too early.
 */
final class StoredSessions implements SessionReports, Hold {
  private final SessionStore store;
  private final List<Made> made = new ArrayList<>();

  // Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Made(byte[] id, byte[] data) {}

  StoredSessions(SessionStore store) {
    this.store = store;
  }

  @Override
  public synchronized void session(byte[] id, byte[] data, boolean portable) {
    made.add(new Made(id, data));
  }

  private synchronized List<Made> take() {
    List<Made> taken = List.copyOf(made);
    made.clear();
    return taken;
  }

  @Override
  public CompletionStage<Void> hold(Handshake handshake) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (Made session : take()) {
      CompletionStage<Void> stored = store.newSession(session.id(), session.data());
      if (stored == null) {
        throw new NullPointerException("no answer");
      }
      all = all.thenCombine(stored, (before, now) -> null);
    }
    return all;
  }

  @Override
  public void ticket(byte[] ticket) {
    // Servers get none.
  }
}
