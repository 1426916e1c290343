package io.tlsport.bench;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp CPU time that each server uses before anything counts
 * @param rounds how often each server has its turn
 * @param turn CPU time that a server uses in a round
 */
public record Plan(Duration warmUp, int rounds, Duration turn) {
  /** Enough to compare by. */
  public static final Plan FULL = new Plan(Duration.ofSeconds(5), 7, Duration.ofMillis(300));

  /** Enough for an impression. */
  public static final Plan QUICK = new Plan(Duration.ofMillis(1_500), 5, Duration.ofMillis(200));
}
