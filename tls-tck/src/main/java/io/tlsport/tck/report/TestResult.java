package io.tlsport.tck.report;

import io.tlsport.tck.engine.Outcome;
import java.util.Locale;
import java.util.Map;

/**
 * How one test of the kit ended.
 *
 * @param contract the contract that it belongs to, by its tag
 * @param rule the number of its rule; empty for what belongs to the contract as a whole
 * @param test the name of the method
 * @param protocol the only protocol version that it ran with; empty: the default ones
 * @param outcome how it ended
 * @param reason why, where it is no pass
 */
public record TestResult(
    String contract, String rule, String test, String protocol, Outcome outcome, String reason) {
  /** The outcome in one word, as reports spell it. */
  public String word() {
    return switch (outcome) {
      case PASS -> "ok";
      case REFUSED, DEFECT -> outcome.name().toLowerCase(Locale.ROOT);
      case FAIL -> "failed";
    };
  }

  /** Its members in a report, in order. */
  Map<String, Object> members() {
    return Json.members(
        "contract", contract,
        "rule", rule,
        "test", test,
        "protocol", protocol,
        "outcome", word(),
        "reason", reason);
  }
}
