package io.tlsport.core.sharing;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks from time to time whether other processes have changed the keys, and whether a place that
 * was away is back. The times are never the same, so that the processes of a fleet spread out.
 */
final class Watch implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration WHILE_AWAY = Duration.ofSeconds(1);
  private static final Duration CONTESTED = Duration.ofMillis(40);

  private final Supplier<CompletionStage<Outcome>> synchronise;
  private final Duration usual;
  private final SecureRandom random;
  private @Nullable ScheduledFuture<?> pending;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tlsport-sharing-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** What an attempt to agree on keys ended with. */
  enum Outcome {
    /** Everybody has the same keys. */
    SETTLED,
    /** Others are writing: try again soon. */
    CONTESTED,
    /** The place does not answer. */
    AWAY
  }

  /** A watch that is not started; {@code TicketKeyRing} counts on a sixteenth of that lifetime. */
  Watch(
      Supplier<CompletionStage<Outcome>> synchronise, Duration issueLifetime, SecureRandom random) {
    this.synchronise = synchronise;
    this.random = random;
    this.usual = between(SHORTEST, issueLifetime.dividedBy(16), LONGEST);
  }

  private static Duration between(Duration least, Duration wanted, Duration most) {
    Duration atLeast = wanted.compareTo(least) < 0 ? least : wanted;
    return atLeast.compareTo(most) > 0 ? most : atLeast;
  }

  /** Goes on from the first attempt. */
  void start(Outcome outcome) {
    next(until(outcome));
  }

  /** Somebody has found the place away: looks when it is back. */
  void away() {
    next(until(Outcome.AWAY));
  }

  private void next(Duration time) {
    long most = time.toNanos();
    long delay = most / 2 + (long) (random.nextDouble() * most / 2);
    synchronized (timer) {
      if (!timer.isShutdown()) {
        if (pending != null) {
          pending.cancel(false);
        }
        pending = timer.schedule(this::look, delay, TimeUnit.NANOSECONDS);
      }
    }
  }

  private void look() {
    CompletionStage<Void> unused =
        synchronise
            .get()
            .handle((outcome, failure) -> failure == null ? until(outcome) : usual)
            .thenAccept(this::next);
  }

  private Duration until(Outcome outcome) {
    return switch (outcome) {
      case SETTLED -> usual;
      case CONTESTED -> CONTESTED;
      case AWAY -> between(SHORTEST, usual, WHILE_AWAY);
    };
  }

  @Override
  public void close() {
    synchronized (timer) {
      timer.shutdownNow();
    }
  }
}
