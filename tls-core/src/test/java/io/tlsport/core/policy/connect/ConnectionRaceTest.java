package io.tlsport.core.policy.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.fixtures.ManualTicker;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConnectionRaceTest {
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final ManualTicker ticker = new ManualTicker();

  private ConnectionRace race(int addresses) {
    return new ConnectionRace(addresses, Optional.of(PATIENCE), ticker);
  }

  @Test
  void beginsWithTheFirstAlone() {
    ConnectionRace race = race(3);
    assertEquals(OptionalInt.of(0), race.begin());
    assertEquals(OptionalInt.empty(), race.begin());
    assertEquals(Optional.of(PATIENCE), race.pause());
  }

  @Test
  void triesTheNextBesideOneThatIsSilent() {
    ConnectionRace race = race(3);
    race.begin();
    ticker.advance(PATIENCE.minusNanos(1));
    assertEquals(OptionalInt.empty(), race.begin());
    assertEquals(Optional.of(Duration.ofNanos(1)), race.pause());
    ticker.advance(Duration.ofNanos(1));
    assertEquals(OptionalInt.of(1), race.begin());
    assertEquals(Optional.of(PATIENCE), race.pause());
  }

  @Test
  void triesTheNextAtOnceAfterAFailure() {
    ConnectionRace race = race(3);
    race.begin();
    race.failed();
    assertEquals(OptionalInt.of(1), race.begin());
    ticker.advance(PATIENCE);
    assertEquals(OptionalInt.of(2), race.begin());
    assertEquals(Optional.empty(), race.pause());
  }

  @Test
  void aFailureBesideAnotherAttemptIsNotWaitedOutEither() {
    ConnectionRace race = race(3);
    race.begin();
    ticker.advance(PATIENCE);
    race.begin();
    race.failed();
    assertEquals(OptionalInt.of(2), race.begin());
  }

  @Test
  void isLostWithTheLastFailure() {
    ConnectionRace race = race(2);
    race.begin();
    ticker.advance(PATIENCE);
    race.begin();
    race.failed();
    assertFalse(race.isLost());
    race.failed();
    assertTrue(race.isLost());
    assertEquals(OptionalInt.empty(), race.begin());
  }

  @Test
  void givesEachAllTheTimeWithoutPatience() {
    ConnectionRace race = new ConnectionRace(2, Optional.empty(), ticker);
    race.begin();
    ticker.advance(Duration.ofDays(1));
    assertEquals(OptionalInt.empty(), race.begin());
    assertEquals(Optional.empty(), race.pause());
    race.failed();
    assertEquals(OptionalInt.of(1), race.begin());
  }
}
