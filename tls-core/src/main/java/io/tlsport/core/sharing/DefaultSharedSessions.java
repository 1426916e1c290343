package io.tlsport.core.sharing;

import io.tlsport.ErrorCode;
import io.tlsport.SharedSessions;
import io.tlsport.SharedSessionsOptions;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;
import io.tlsport.TransportException;
import io.tlsport.core.policy.session.TicketKey.Lifetimes;
import io.tlsport.core.sharing.Watch.Outcome;
import io.tlsport.spi.SharedPlace;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sessions shared through a place that may fail: what it does not answer in time costs a full
 * handshake, and while it is away nobody but the watch asks it.
 */
final class DefaultSharedSessions implements SharedSessions {
  /**
   * Writers that meet are told apart by the first attempt; the others have then read its result.
   */
  private static final int ATTEMPTS = 4;

  /** A first connection loads classes, resolves names and authenticates. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

  private final SharedPlace place;
  private final Duration answerTimeout;
  private final Duration sessionTimeout;
  private final RotatingKeys keys;
  private final List<TlsListener> observers;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final Watch watch;
  private volatile boolean watched;
  private volatile boolean closed;

  DefaultSharedSessions(
      SharedPlace place,
      SharedSessionsOptions options,
      InstantSource clock,
      SecureRandom random,
      List<TlsListener> observers) {
    this.place = place;
    this.answerTimeout = options.answerTimeout();
    this.sessionTimeout = options.sessionTimeout();
    this.observers = List.copyOf(observers);
    this.keys =
        new RotatingKeys(
            new Lifetimes(options.keysIssueFor(), options.keysDecryptFor()),
            clock,
            random,
            () -> tell(observer -> observer.ticketKeyRotated(this)));
    this.watch = new Watch(this::synchronise, options.keysIssueFor(), random);
  }

  // --- keys

  @Override
  public List<byte[]> ticketKeys() {
    return keys.ticketKeys().stream().map(byte[]::clone).toList();
  }

  /** Waits for the keys that are there, so that the first ticket is understood by all. */
  void start() {
    Outcome outcome = Outcome.CONTESTED;
    for (int attempt = 0; attempt < ATTEMPTS && outcome == Outcome.CONTESTED; attempt++) {
      outcome = synchronise(FIRST_ANSWER).toCompletableFuture().join();
    }
    watched = true;
    watch.start(outcome);
  }

  /** Reads the keys, adds one if it is time, and learns whether the place is there. Never fails. */
  CompletionStage<Outcome> synchronise() {
    return synchronise(answerTimeout);
  }

  private CompletionStage<Outcome> synchronise(Duration timeout) {
    return bounded(() -> synchronise(ATTEMPTS), timeout)
        .handle(
            (settled, failure) -> {
              if (failure != null) {
                failed(failure);
                return isAway(failure) ? Outcome.AWAY : Outcome.SETTLED;
              }
              if (away.getAndSet(false)) {
                tell(observer -> observer.sharingRestored(this));
              }
              // Tells whoever listens of a key that has begun meanwhile.
              keys.ticketKeys();
              return settled ? Outcome.SETTLED : Outcome.CONTESTED;
            });
  }

  private CompletionStage<Boolean> synchronise(int attempts) {
    return place
        .keys()
        .thenCompose(
            found ->
                keys.adopt(found)
                    .map(wanted -> write(found, wanted, attempts))
                    .orElseGet(() -> CompletableFuture.completedStage(true)));
  }

  private CompletionStage<Boolean> write(Optional<byte[]> found, byte[] wanted, int attempts) {
    return place
        .replaceKeys(found, wanted)
        .thenCompose(
            written -> {
              if (written) {
                keys.adopt(Optional.of(wanted));
                return CompletableFuture.completedStage(true);
              }
              return attempts > 1
                  ? synchronise(attempts - 1)
                  : CompletableFuture.completedStage(false);
            });
  }

  // --- the store

  @Override
  public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
    if (closed || away.get()) {
      return CompletableFuture.completedStage(null);
    }
    return bounded(() -> place.keepSession(sessionId, sessionData, sessionTimeout), answerTimeout)
        .handle(
            (kept, failure) -> {
              if (failure == null) {
                refusing.set(false);
              } else {
                failed(failure);
              }
              return null;
            });
  }

  @Override
  public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
    if (closed || away.get()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return bounded(() -> place.session(sessionId), answerTimeout)
        .exceptionally(
            failure -> {
              failed(failure);
              return Optional.empty();
            });
  }

  // --- failures

  private interface Asked<T> {
    CompletionStage<T> ask();
  }

  private static <T> CompletableFuture<T> bounded(Asked<T> asked, Duration timeout) {
    try {
      return asked
          .ask()
          .toCompletableFuture()
          .copy()
          .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static boolean isAway(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof TimeoutException || cause instanceof TransportException;
  }

  private void failed(Throwable failure) {
    if (closed) {
      return;
    }
    Throwable cause = cause(failure);
    AtomicBoolean state = isAway(cause) ? away : refusing;
    if (state.compareAndSet(false, true)) {
      if (watched && state == away) {
        watch.away();
      }
      TlsException error = described(cause);
      tell(observer -> observer.sharingFailed(this, error));
    }
  }

  private TlsException described(Throwable cause) {
    if (cause instanceof TlsException known) {
      return known;
    }
    if (cause instanceof TimeoutException) {
      return new TransportException(
          ErrorCode.ETIMEDOUT,
          "the place that sessions are shared by did not answer within "
              + answerTimeout.toMillis()
              + " ms; handshakes are full ones until it does",
          cause);
    }
    return new TransportException(
        ErrorCode.EIO, "the place that sessions are shared by refuses: " + cause, cause);
  }

  private void tell(Consumer<TlsListener> told) {
    for (TlsListener observer : observers) {
      try {
        told.accept(observer);
      } catch (RuntimeException thrown) {
        System.getLogger("io.tlsport")
            .log(System.Logger.Level.WARNING, "a TlsListener failed: " + thrown);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
    place.close();
  }
}
