package io.tlsport.bench;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp CPU time that each server of a row uses at most before anything counts: it ends
 *     earlier once compilers are done with it
 * @param rounds how often each server has its turn
 * @param turn CPU time that a server uses in a round
 * @param idle how many connections stand idle where memory is measured
 * @param starts how often each server is started
 */
public record Plan(Duration warmUp, int rounds, Duration turn, int idle, int starts) {
  /** A server waits for its clients, too. */
  private static final double WALL_FOR_CPU = 1.3;

  /** Enough to compare by. */
  public static final Plan FULL =
      new Plan(Duration.ofMillis(5_000), 7, Duration.ofMillis(200), 1_000, 7);

  /** Enough for an impression. */
  public static final Plan QUICK =
      new Plan(Duration.ofMillis(600), 3, Duration.ofMillis(80), 200, 1);

  /** About how long a server of a row has its turns. */
  long nanos(Contestant contestant) {
    // Compilers leave servers of this JVM alone after a while, and have none of other programs.
    double warm = contestant.hasOwnJvm() ? 2 : contestant.kind().inJvm() ? 0.5 : 0;
    double cpu = warm * warmUp.toNanos() + (double) rounds * turn.toNanos();
    return (long) (WALL_FOR_CPU * cpu);
  }
}
