package io.tlsport.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** What is expected of a check. */
final class Diagnosis {
  private Diagnosis() {}

  /** It finds nothing wrong. */
  static void healthy(Check check, MadeMachine machine) {
    assertEquals(List.of(), machine.wrong(check));
  }

  /** It finds one problem, for that provider, and says these words of it and of its mend. */
  static void problem(Check check, MadeMachine machine, String provider, String... words) {
    one(check, machine, Finding.Gravity.PROBLEM, provider, words);
  }

  /** It warns of one thing, for that provider, and says these words of it and of its mend. */
  static void warning(Check check, MadeMachine machine, String provider, String... words) {
    one(check, machine, Finding.Gravity.WARNING, provider, words);
  }

  private static void one(
      Check check, MadeMachine machine, Finding.Gravity gravity, String provider, String... words) {
    List<Finding> wrong = machine.wrong(check);
    assertEquals(1, wrong.size(), wrong::toString);
    Finding finding = wrong.get(0);
    assertEquals(gravity, finding.gravity());
    assertTrue(finding.concerns(provider), finding::toString);
    assertFalse(finding.mend().isBlank());
    String text = finding.found() + " " + finding.mend();
    for (String word : words) {
      assertTrue(text.contains(word), () -> word + " is not in: " + text);
    }
  }
}
