package io.tlsport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two runs.
 *
 * @param changes each of them
 */
record MatrixDifference(List<Change> changes) {
  /**
   * One thing that came out in another way.
   *
   * @param about what it is: a provider and its rule, or a pair
   * @param before how it came out before; {@code -} if it was not there
   * @param now how it comes out now; {@code -} if it is not there
   * @param reason the reason of the second, or else of the first
   */
  record Change(String about, String before, String now, String reason) {}

  private static final String NOT_THERE = "-";
  private static final String HAPPENED = "what happened: ";

  /** Keeps a copy. */
  MatrixDifference {
    changes = List.copyOf(changes);
  }

  private record Seen(String words, String reason) {}

  /**
   * What changed from {@code before} to {@code now}, as far as both looked at the same providers.
   */
  static MatrixDifference between(MatrixReport before, MatrixReport now) {
    Map<String, Seen> old = seen(before, now);
    Map<String, Seen> fresh = seen(now, before);
    List<Change> changes = new ArrayList<>(setUp(before, now));
    fresh.forEach(
        (about, is) -> {
          Seen was = old.get(about);
          if (was == null || !was.words().equals(is.words())) {
            changes.add(change(about, was, is));
          }
        });
    old.forEach(
        (about, was) -> {
          if (!fresh.containsKey(about)) {
            changes.add(change(about, was, null));
          }
        });
    return new MatrixDifference(changes);
  }

  /** Other versions of Java and of engines, and which of them do not run any more. */
  private static List<Change> setUp(MatrixReport before, MatrixReport now) {
    List<Change> changes = new ArrayList<>();
    if (!before.jvm().equals(now.jvm())) {
      changes.add(new Change("Java", java(before), java(now), ""));
    }
    for (MatrixReport.Column is : now.columns()) {
      for (MatrixReport.Column was : before.columns()) {
        if (was.name().equals(is.name()) && !was.state().equals(is.state())) {
          String why = is.reason().isEmpty() ? was.reason() : is.reason();
          changes.add(new Change(is.name(), was.state(), is.state(), why));
        }
      }
    }
    return changes;
  }

  /** The version alone. */
  private static String java(MatrixReport report) {
    return report.jvm().replaceFirst("^Java ", "").replaceFirst(" \\(.*", "");
  }

  private static Change change(String about, @Nullable Seen was, @Nullable Seen is) {
    return new Change(
        about,
        was == null ? NOT_THERE : was.words(),
        is == null ? NOT_THERE : is.words(),
        is == null || is.reason().isEmpty()
            ? was == null ? "" : was.reason()
            : Objects.requireNonNull(is).reason());
  }

  private static Map<String, Seen> seen(MatrixReport report, MatrixReport other) {
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (RuleOutcome rule : report.rules()) {
      if (other.rules().stream().anyMatch(theirs -> theirs.provider().equals(rule.provider()))) {
        seen.put(
            rule.provider() + " " + rule.contract() + " " + rule.rule(),
            new Seen(rule.words(), rule.reason()));
      }
    }
    if (!other.cells().isEmpty()) {
      report
          .cells()
          .forEach(cell -> seen.put(cell.name(), new Seen(cell.verdict().word(), cell.reason())));
    }
    return seen;
  }

  /** For people, a line each. */
  String text() {
    if (changes.isEmpty()) {
      return "nothing is different\n";
    }
    TextTable table = new TextTable("what", "before", "now", "");
    changes.forEach(
        change -> table.row(change.about(), change.before(), change.now(), why(change.reason())));
    return table.toString();
  }

  /** Of a failure, what happened: the rest tells the rule, which is known here. */
  private static String why(String reason) {
    return reason
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(HAPPENED))
        .map(line -> line.substring(HAPPENED.length()))
        .findFirst()
        .or(() -> reason.lines().findFirst())
        .orElse("");
  }
}
