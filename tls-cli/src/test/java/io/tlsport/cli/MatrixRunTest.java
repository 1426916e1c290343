package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of what a kit told. */
class MatrixRunTest {
  private static final int CRASHED = 134;
  private static final int UNAVAILABLE = 4;

  private static MatrixRun.Told told(List<Map<String, String>> lines) {
    MatrixRun.Told told = new MatrixRun.Told();
    for (Map<String, String> line : lines) {
      Map<String, @Nullable Object> members = new HashMap<>(line);
      told.take(members);
    }
    return told;
  }

  private static final Map<String, String> KIT = Map.of("event", "kit", "version", "2.9.0");
  private static final Map<String, String> RESULT =
      Map.of("event", "result", "contract", "Alpn", "rule", "8.1", "outcome", "ok");
  private static final Map<String, String> END = Map.of("event", "end");

  @Test
  void kitThatEndsHasItsRules() {
    MatrixRun.Rules rules = MatrixRun.cameTo("conscrypt", told(List.of(KIT, RESULT, END)), 0);
    assertEquals(List.of(new MatrixReport.Column("conscrypt", "2.9.0", "")), rules.columns());
    assertEquals(List.of("8.1"), rules.outcomes().stream().map(RuleOutcome::rule).toList());
  }

  @Test
  void kitThatBreaksOffIsAFailure() {
    MatrixRun.Rules rules = MatrixRun.cameTo("conscrypt", told(List.of(KIT, RESULT)), CRASHED);
    RuleOutcome last = rules.outcomes().get(1);
    assertEquals(Verdict.FAILED, last.verdict());
    assertEquals("Alpn", last.contract());
    assertTrue(last.reason().contains("status 134 after 1 tests"), last::reason);
  }

  @Test
  void providerThatCannotRunIsNoFailure() {
    Map<String, String> error = Map.of("event", "error", "message", "it is too old");
    MatrixRun.Rules rules = MatrixRun.cameTo("conscrypt", told(List.of(error)), UNAVAILABLE);
    assertEquals("it is too old", rules.columns().get(0).reason());
    assertEquals(List.of(), rules.outcomes());
  }

  @Test
  void whatThereIsNotIsWrongUsage() {
    Map<String, String> error = Map.of("event", "error", "message", "no test is of that rule");
    MatrixRun.Told told = told(List.of(KIT, error));
    assertThrows(
        ConfigurationException.class, () -> MatrixRun.cameTo("jdk", told, ExitStatus.USAGE));
  }
}
