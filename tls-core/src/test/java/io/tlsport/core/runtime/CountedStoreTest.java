package io.tlsport.core.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.SessionStatistics;
import io.tlsport.SessionStore;
import io.tlsport.core.policy.session.SessionCounts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CountedStoreTest {
  private static final byte[] ID = {1};
  private static final byte[] DATA = {2, 3};

  private final SessionCounts counts = new SessionCounts();
  private Supplier<CompletionStage<Void>> newSession = () -> CompletableFuture.completedStage(null);
  private Supplier<CompletionStage<Optional<byte[]>>> resumeSession =
      () -> CompletableFuture.completedStage(Optional.empty());

  private final SessionStore counted =
      new CountedStore(
          new SessionStore() {
            @Override
            public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
              assertArrayEquals(ID, sessionId);
              assertArrayEquals(DATA, sessionData);
              return newSession.get();
            }

            @Override
            public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
              assertArrayEquals(ID, sessionId);
              return resumeSession.get();
            }
          },
          counts);

  private void assertCounts(long asked, long found, long missed, long failed, long created) {
    assertEquals(
        new SessionStatistics(0, 0, asked, found, missed, failed, created), counts.snapshot());
  }

  private Optional<byte[]> look() {
    return counted.resumeSession(ID).toCompletableFuture().join();
  }

  @Test
  void tellsFoundFromMissed() {
    assertEquals(Optional.empty(), look());
    assertCounts(1, 0, 1, 0, 0);
    resumeSession = () -> CompletableFuture.completedStage(Optional.of(DATA));
    assertArrayEquals(DATA, look().orElseThrow());
    assertCounts(2, 1, 1, 0, 0);
  }

  @Test
  void countsAnAnswerWhenItComes() {
    CompletableFuture<Optional<byte[]>> later = new CompletableFuture<>();
    resumeSession = () -> later;
    CompletionStage<Optional<byte[]>> asked = counted.resumeSession(ID);
    assertCounts(1, 0, 0, 0, 0);
    CompletionStage<SessionStatistics> seen = asked.thenApply(found -> counts.snapshot());
    later.complete(Optional.of(DATA));
    assertEquals(1, seen.toCompletableFuture().join().found(), "whoever asked sees it counted");
  }

  @Test
  @SuppressWarnings("NullAway") // The application's mistake is what is tested.
  void everyKindOfFailureIsOne() {
    resumeSession = () -> CompletableFuture.failedStage(new IllegalStateException("away"));
    assertEquals(
        IllegalStateException.class,
        assertThrows(CompletionException.class, this::look).getCause().getClass());
    resumeSession =
        () -> {
          throw new IllegalStateException("thrown");
        };
    assertThrows(CompletionException.class, this::look);
    resumeSession = () -> null;
    assertEquals(
        NullPointerException.class,
        assertThrows(CompletionException.class, this::look).getCause().getClass());
    resumeSession = () -> CompletableFuture.completedStage(null);
    look();
    assertCounts(4, 0, 0, 4, 0);
  }

  @Test
  void sessionThatIsNotTakenIsNotCounted() {
    counted.newSession(ID, DATA);
    assertCounts(0, 0, 0, 0, 1);
    newSession = () -> CompletableFuture.failedStage(new IllegalStateException("full"));
    assertThrows(
        CompletionException.class, counted.newSession(ID, DATA).toCompletableFuture()::join);
    newSession =
        () -> {
          throw new IllegalStateException("thrown");
        };
    assertThrows(
        CompletionException.class, counted.newSession(ID, DATA).toCompletableFuture()::join);
    assertCounts(0, 0, 0, 0, 1);
  }
}
