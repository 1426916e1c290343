package io.tlsport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules as a table in Markdown: a row for each contract, and under it one for each of its rules
 * that is not ok everywhere. So a rule that holds everywhere changes nothing here.
 */
final class MatrixMarkdown {
  private final List<String> columns;
  private final Map<String, Map<String, List<RuleOutcome>>> byContract = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  private MatrixMarkdown(List<String> columns, List<RuleOutcome> rules) {
    this.columns = List.copyOf(columns);
    List<RuleOutcome> sorted = new ArrayList<>(rules);
    sorted.sort(RuleOutcome.ORDER);
    for (RuleOutcome rule : sorted) {
      byContract
          .computeIfAbsent(rule.contract(), any -> new LinkedHashMap<>())
          .computeIfAbsent(rule.rule(), any -> new ArrayList<>())
          .add(rule);
    }
  }

  /** The table, and a numbered list of the reasons. */
  static String table(List<String> columns, List<RuleOutcome> rules) {
    return new MatrixMarkdown(columns, rules).table();
  }

  /** A whole document. */
  static String document(MatrixReport report) {
    List<String> names = report.columns().stream().map(MatrixReport.Column::name).toList();
    StringBuilder text = new StringBuilder("# Compatibility of providers\n\n");
    text.append("tlsport ").append(report.version()).append(", ").append(report.jvm());
    text.append(", ").append(report.date()).append(".\n\n");
    for (MatrixReport.Column column : report.columns()) {
      text.append("- `").append(column.name()).append("` ").append(column.version());
      text.append(column.reason().isEmpty() ? "\n" : ": " + column.reason() + "\n");
    }
    if (!report.rules().isEmpty()) {
      text.append("\n## Rules\n\n").append(table(names, report.rules()));
    }
    if (!report.cells().isEmpty()) {
      text.append("\n## Pairs\n\n").append(pairs(report.cells()));
    }
    return text.toString();
  }

  private String table() {
    StringBuilder text = new StringBuilder("| rules |");
    columns.forEach(column -> text.append(" `").append(column).append("` |"));
    text.append("\n| --- |").append(" --- |".repeat(columns.size())).append('\n');
    byContract.forEach((contract, rules) -> contract(text, contract, rules));
    text.append('\n');
    for (int i = 0; i < notes.size(); i++) {
      text.append(i + 1).append(". ").append(notes.get(i)).append('\n');
    }
    return text.toString();
  }

  private void contract(StringBuilder text, String contract, Map<String, List<RuleOutcome>> rules) {
    text.append("| **").append(contract).append("** |");
    for (String column : columns) {
      text.append(' ').append(summary(column, rules)).append(" |");
    }
    text.append('\n');
    rules.forEach(
        (number, outcomes) -> {
          if (outcomes.stream().anyMatch(outcome -> outcome.verdict() != Verdict.OK)) {
            text.append("| ").append(number).append(" |");
            for (String column : columns) {
              text.append(' ').append(cell(column, outcomes)).append(" |");
            }
            text.append('\n');
          }
        });
  }

  private static String summary(String column, Map<String, List<RuleOutcome>> rules) {
    List<RuleOutcome> here =
        rules.values().stream()
            .flatMap(List::stream)
            .filter(outcome -> outcome.provider().equals(column))
            .toList();
    if (here.isEmpty()) {
      return "-";
    }
    Set<Verdict> verdicts = new TreeSet<>();
    for (RuleOutcome outcome : here) {
      verdicts.add(outcome.verdict());
      if (outcome.partly()) {
        verdicts.add(Verdict.OK);
      }
    }
    List<String> words = new ArrayList<>();
    verdicts.forEach(verdict -> words.add(verdict.word()));
    return String.join(", ", words);
  }

  private String cell(String column, List<RuleOutcome> outcomes) {
    for (RuleOutcome outcome : outcomes) {
      if (outcome.provider().equals(column)) {
        return outcome.verdict() == Verdict.OK
            ? "ok"
            : outcome.words() + " (" + note(outcome.reason()) + ")";
      }
    }
    return "-";
  }

  private int note(String reason) {
    String line = String.join(" ", reason.lines().map(String::strip).toList()).replace("|", "\\|");
    int known = notes.indexOf(line);
    if (known < 0) {
      notes.add(line);
      return notes.size();
    }
    return known + 1;
  }

  private static String pairs(List<PairCell> cells) {
    Set<String> servers = new LinkedHashSet<>();
    Set<String> clients = new LinkedHashSet<>();
    cells.forEach(
        cell -> {
          servers.add(cell.server());
          clients.add(cell.client());
        });
    StringBuilder text = new StringBuilder("| client \\ server |");
    servers.forEach(server -> text.append(" `").append(server).append("` |"));
    text.append("\n| --- |").append(" --- |".repeat(servers.size())).append('\n');
    for (String client : clients) {
      text.append("| `").append(client).append("` |");
      for (String server : servers) {
        text.append(' ').append(pair(cells, server, client)).append(" |");
      }
      text.append('\n');
    }
    return text.append('\n').append(exceptions(cells)).toString();
  }

  private static String pair(List<PairCell> cells, String server, String client) {
    Map<Verdict, Integer> counts = new java.util.EnumMap<>(Verdict.class);
    for (PairCell cell : cells) {
      if (cell.server().equals(server) && cell.client().equals(client)) {
        counts.merge(cell.verdict(), 1, Integer::sum);
      }
    }
    List<String> words = new ArrayList<>();
    counts.forEach((verdict, count) -> words.add(count + " " + verdict.word()));
    return String.join(", ", words);
  }

  private static String exceptions(List<PairCell> cells) {
    StringBuilder text = new StringBuilder();
    for (PairCell cell : cells) {
      if (cell.verdict() == Verdict.FAILED || cell.verdict() == Verdict.DEFECT) {
        text.append("- ").append(cell.verdict().word()).append(": ").append(cell.name());
        text.append(": ").append(cell.reason().lines().findFirst().orElse("")).append('\n');
      }
    }
    return text.toString();
  }
}
