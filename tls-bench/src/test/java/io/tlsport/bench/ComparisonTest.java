package io.tlsport.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That what is measured is what the table says, not how fast it is. */
class ComparisonTest {
  private static final Plan SHORT = new Plan(Duration.ofMillis(1), 3, Duration.ofMillis(5));

  @Test
  void resumedConnectionsResumeAndFullOnesDoNot() {
    try (Comparison comparison = new Comparison("conscrypt")) {
      comparison.addResumption("jdk", ProtocolVersion.TLS_1_2);
      comparison.addResumption("conscrypt", ProtocolVersion.TLS_1_3);
      comparison.addResumption("bctls", ProtocolVersion.TLS_1_2);
      List<Outcome> outcomes = comparison.run(SHORT, progress -> {});
      assertEquals(3, outcomes.size());
      for (Outcome outcome : outcomes) {
        assertEquals(0, outcome.firstResumed(), outcome::toString);
        assertTrue(outcome.secondResumed() > 0.5, outcome::toString);
        assertTrue(outcome.first().least() > 0, outcome::toString);
        assertTrue(outcome.ratio().least() <= outcome.ratio().median(), outcome::toString);
      }
    }
  }

  @Test
  void bothServersDoEveryWork() {
    for (Work work : Work.values()) {
      try (Comparison comparison = new Comparison("conscrypt")) {
        comparison.addPeer("jdk", ProtocolVersion.TLS_1_3, work);
        Outcome outcome = comparison.run(SHORT, progress -> {}).get(0);
        assertTrue(outcome.first().least() > 0, outcome::toString);
        assertTrue(outcome.second().least() > 0, outcome::toString);
      }
    }
  }

  @Test
  void everyEngineOfAnotherHasItsPeer() {
    for (String provider : List.of("conscrypt", "bcjsse")) {
      try (Comparison comparison = new Comparison("conscrypt")) {
        comparison.addPeer(provider, ProtocolVersion.TLS_1_3, Work.CONNECT);
        Outcome outcome = comparison.run(SHORT, progress -> {}).get(0);
        assertTrue(outcome.ratio().least() > 0, outcome::toString);
      }
    }
  }

  @Test
  void bctlsHasNoPeer() {
    assertFalse(Comparison.hasPeer("bctls"));
    assertTrue(Comparison.hasPeer("bcjsse"));
  }

  @Test
  void medianIsInTheMiddle() {
    assertEquals(new Spread(2, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
    assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
  }
}
