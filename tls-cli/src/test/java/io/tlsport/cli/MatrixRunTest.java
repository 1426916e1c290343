package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of what a kit told. */
class MatrixRunTest {
  private static final int CRASHED = 134;
  private static final int UNAVAILABLE = 4;

  private static final String KIT = "{'event':'kit','version':'2.9.0'}";
  private static final String RESULT =
      "{'event':'result','contract':'Alpn','rule':'8.1','outcome':'ok'}";
  private static final String END = "{'event':'end'}";

  private static MatrixRun.Told told(String... lines) throws IOException {
    MatrixRun.Told told = new MatrixRun.Told();
    for (String line : lines) {
      told.take(JsonTree.object(line.replace('\'', '"')));
    }
    return told;
  }

  @Test
  void kitThatEndsHasItsRules() throws IOException {
    MatrixRun.Rules rules = MatrixRun.cameTo("conscrypt", told(KIT, RESULT, END), 0);
    assertEquals(List.of(new MatrixReport.Column("conscrypt", "2.9.0", "")), rules.columns());
    assertEquals(List.of("8.1"), rules.outcomes().stream().map(RuleOutcome::rule).toList());
  }

  @Test
  void kitThatBreaksOffIsAFailure() throws IOException {
    MatrixRun.Rules rules = MatrixRun.cameTo("conscrypt", told(KIT, RESULT), CRASHED);
    RuleOutcome last = rules.outcomes().get(1);
    assertEquals(Verdict.FAILED, last.verdict());
    assertEquals("Alpn", last.contract());
    assertTrue(last.reason().contains("status 134 after 1 tests"), last::reason);
  }

  @Test
  void providerThatCannotRunIsNoFailure() throws IOException {
    String error = "{'event':'error','message':'it is too old'}";
    MatrixRun.Rules rules = MatrixRun.cameTo("conscrypt", told(error), UNAVAILABLE);
    assertEquals("it is too old", rules.columns().get(0).reason());
    assertEquals(List.of(), rules.outcomes());
  }

  @Test
  void whatThereIsNotIsWrongUsage() throws IOException {
    String error = "{'event':'error','message':'no test is of that rule'}";
    MatrixRun.Told told = told(KIT, error);
    assertThrows(
        ConfigurationException.class, () -> MatrixRun.cameTo("jdk", told, ExitStatus.USAGE));
  }
}
