package io.tlsport.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a provider does with a rule: the worst of the rule's tests.
 *
 * @param provider the provider, or the variant of it
 * @param contract the contract that the rule belongs to
 * @param rule its number; the contract's name for what failed as a whole
 * @param text the rule itself
 * @param verdict the worst verdict of its tests
 * @param partly true if others of its tests pass
 * @param reason why, where it is not ok
 */
record RuleOutcome(
    String provider,
    String contract,
    String rule,
    String text,
    Verdict verdict,
    boolean partly,
    String reason) {
  private static final Comparator<String> NUMBERS =
      Comparator.comparingInt((String rule) -> part(rule, 0))
          .thenComparingInt(rule -> part(rule, 1))
          .thenComparing(Comparator.naturalOrder());

  /** By the order of the specification. */
  static final Comparator<RuleOutcome> ORDER = Comparator.comparing(RuleOutcome::rule, NUMBERS);

  private static int part(String rule, int index) {
    String[] parts = rule.split("\\.", -1);
    return index < parts.length && parts[index].matches("\\d{1,6}")
        ? Integer.parseInt(parts[index])
        : Integer.MAX_VALUE;
  }

  /** From the results of tests, as the kit tells them; in the order of the specification. */
  static List<RuleOutcome> of(String provider, List<? extends Map<?, ?>> tests) {
    Map<String, List<Map<?, ?>>> byRule = new LinkedHashMap<>();
    for (Map<?, ?> test : tests) {
      String rule = JsonTree.text(test, "rule");
      byRule
          .computeIfAbsent(
              rule.isEmpty() ? JsonTree.text(test, "contract") : rule, any -> new ArrayList<>())
          .add(test);
    }
    List<RuleOutcome> outcomes = new ArrayList<>();
    byRule.forEach((rule, ofRule) -> outcomes.add(of(provider, rule, ofRule)));
    outcomes.sort(ORDER);
    return outcomes;
  }

  private static RuleOutcome of(String provider, String rule, List<Map<?, ?>> tests) {
    Verdict worst = Verdict.OK;
    boolean someOk = false;
    for (Map<?, ?> test : tests) {
      Verdict verdict = verdict(test);
      worst = verdict.compareTo(worst) > 0 ? verdict : worst;
      someOk |= verdict == Verdict.OK;
    }
    boolean partly = someOk && worst != Verdict.OK;
    return new RuleOutcome(
        provider,
        JsonTree.text(tests.get(0), "contract"),
        rule,
        JsonTree.text(tests.get(0), "text"),
        worst,
        partly,
        worst == Verdict.OK ? "" : reason(worst, partly, tests));
  }

  private static Verdict verdict(Map<?, ?> test) {
    return Verdict.of(JsonTree.text(test, "outcome"));
  }

  private static String reason(Verdict worst, boolean partly, List<Map<?, ?>> tests) {
    Map<String, Set<String>> protocols = new LinkedHashMap<>();
    for (Map<?, ?> test : tests) {
      if (verdict(test) == worst) {
        protocols
            .computeIfAbsent(JsonTree.text(test, "reason"), any -> new LinkedHashSet<>())
            .add(JsonTree.text(test, "protocol"));
      }
    }
    List<String> reasons = new ArrayList<>();
    protocols.forEach(
        (reason, versions) -> {
          boolean all = !partly || versions.contains("") || versions.size() > 1;
          reasons.add(all ? reason : versions.iterator().next() + ": " + reason);
        });
    boolean oneLine = reasons.stream().noneMatch(reason -> reason.contains("\n"));
    return String.join(oneLine ? "; " : "\n", reasons);
  }

  /** From its members in a report. */
  static RuleOutcome of(Map<?, ?> members) {
    return new RuleOutcome(
        JsonTree.text(members, "provider"),
        JsonTree.text(members, "contract"),
        JsonTree.text(members, "rule"),
        JsonTree.text(members, "text"),
        verdict(members),
        Boolean.TRUE.equals(members.get("partly")),
        JsonTree.text(members, "reason"));
  }

  /** Its members in a report. */
  Members members() {
    return Members.of("provider", provider)
        .with("rule", rule)
        .with("outcome", verdict.word())
        .with("reason", reason.isEmpty() ? null : reason)
        .with("partly", partly)
        .with("contract", contract)
        .with("text", text);
  }

  /** The verdict in words, such as {@code partly refused}. */
  String words() {
    return partly ? "partly " + verdict.word() : verdict.word();
  }
}
