package io.tlsport.core.policy.reload;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a certificate is told of. */
class ExpiryStagesTest {
  private static final Instant BEGINS = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant ENDS = BEGINS.plus(Duration.ofDays(90));

  private final ExpiryStages stages = new ExpiryStages(Duration.ofDays(14));

  private boolean tells(Duration beforeItsEnd) {
    return stages.tells("one", BEGINS, ENDS, ENDS.minus(beforeItsEnd));
  }

  @Test
  void toldOnceInEachStage() {
    assertFalse(tells(Duration.ofDays(15)));
    assertTrue(tells(Duration.ofDays(14)));
    assertFalse(tells(Duration.ofDays(2)));
    assertTrue(tells(Duration.ofDays(1)));
    assertFalse(tells(Duration.ofHours(1)));
    assertTrue(tells(Duration.ZERO));
    assertFalse(tells(Duration.ofDays(-3)));
  }

  @Test
  void oneThatHasExpiredAlreadyIsToldOnce() {
    assertTrue(tells(Duration.ofDays(-1)));
    assertFalse(tells(Duration.ofDays(-2)));
  }

  @Test
  void aShortLifeIsNearItsEndInItsLastThird() {
    Instant ends = BEGINS.plus(Duration.ofHours(24));
    assertFalse(stages.tells("short", BEGINS, ends, ends.minus(Duration.ofHours(9))));
    assertTrue(stages.tells("short", BEGINS, ends, ends.minus(Duration.ofHours(8))));
    assertFalse(stages.tells("short", BEGINS, ends, ends.minus(Duration.ofHours(1))));
    assertTrue(stages.tells("short", BEGINS, ends, ends));
  }

  @Test
  void whatIsKeptNoMoreIsForgotten() {
    assertTrue(tells(Duration.ofDays(3)));
    stages.keep(Set.of("another"));
    assertTrue(tells(Duration.ofDays(3)));
  }

  @Test
  void withoutAWarningOnlyTheEndIsTold() {
    ExpiryStages silent = new ExpiryStages(Duration.ZERO);
    assertFalse(silent.tells("one", BEGINS, ENDS, ENDS.minus(Duration.ofSeconds(1))));
    assertTrue(silent.tells("one", BEGINS, ENDS, ENDS));
  }
}
