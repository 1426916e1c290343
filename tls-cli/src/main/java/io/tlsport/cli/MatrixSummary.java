package io.tlsport.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A report for a terminal: numbers, and whatever failed.
 *
 * @param report the report
 */
record MatrixSummary(MatrixReport report) {
  /** The lines. */
  String text() {
    TextTable table = new TextTable("provider", "version", "rules", "as server", "as client");
    for (MatrixReport.Column column : report.columns()) {
      String name = column.name();
      table.row(
          name,
          column.version(),
          column.reason().isEmpty()
              ? counts(
                  report.rules().stream()
                      .filter(rule -> rule.provider().equals(name))
                      .map(RuleOutcome::verdict)
                      .toList())
              : "does not run",
          counts(
              report.cells().stream()
                  .filter(cell -> cell.server().equals(name))
                  .map(PairCell::verdict)
                  .toList()),
          counts(
              report.cells().stream()
                  .filter(cell -> cell.client().equals(name))
                  .map(PairCell::verdict)
                  .toList()));
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (MatrixReport.Column column : report.columns()) {
      if (!column.reason().isEmpty()) {
        text.append('\n').append(column.name()).append(" does not run: ");
        text.append(column.reason()).append('\n');
      }
    }
    for (RuleOutcome rule : report.rules()) {
      if (rule.verdict() == Verdict.FAILED) {
        text.append("\nfailed: ").append(rule.provider()).append(", rule ").append(rule.rule());
        text.append('\n').append(rule.reason()).append('\n');
      }
    }
    for (PairCell cell : report.cells()) {
      if (cell.verdict() == Verdict.FAILED) {
        text.append("\nfailed: ")
            .append(cell.name())
            .append(": ")
            .append(cell.reason())
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String counts(List<Verdict> verdicts) {
    List<String> words = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = verdicts.stream().filter(verdict::equals).count();
      if (count > 0) {
        words.add(count + " " + verdict.word());
      }
    }
    return words.isEmpty() ? "-" : String.join(", ", words);
  }
}
