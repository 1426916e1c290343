package io.tlsport.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.tck.engine.Contracts;
import io.tlsport.tck.engine.Outcome;
import org.junit.jupiter.api.Test;

class KitRecorderTest {
  private static TestResult result(String contract, String test, Outcome outcome, String reason) {
    return new TestResult(contract, "8.1", test, "TLSv1.2", outcome, reason);
  }

  @Test
  void onlyContractsThatRanAsAWholeAreRecorded() {
    KitRun run = new KitRun();
    Contracts.tests("Alpn").forEach(test -> run.add(result("Alpn", test, Outcome.PASS, "")));
    Contracts.tests("Sni").stream()
        .skip(1)
        .forEach(test -> run.add(result("Sni", test, Outcome.PASS, "")));
    assertEquals(java.util.Set.of("Alpn"), run.whole());
  }

  @Test
  void everyContractHasTestsAndRules() {
    assertTrue(Contracts.tags().contains("Handshake"));
    for (String tag : Contracts.tags()) {
      assertFalse(Contracts.tests(tag).isEmpty(), tag);
      assertFalse(Contracts.rules(tag).isEmpty(), tag);
    }
  }

  @Test
  void jsonEscapesWhatFailuresSay() {
    assertEquals(
        "{\"contract\":\"Alpn\",\"rule\":\"8.1\",\"test\":\"t\",\"protocol\":\"TLSv1.2\","
            + "\"outcome\":\"failed\",\"reason\":\"\\\"a\\\\b\\\"\\n\\u0009c\"}",
        Json.of(result("Alpn", "t", Outcome.FAIL, "\"a\\b\"\n\tc").members()));
  }
}
