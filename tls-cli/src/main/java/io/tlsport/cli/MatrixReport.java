package io.tlsport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a run of the matrix came to.
 *
 * @param version the version of tlsport
 * @param jvm the JVM that it ran on
 * @param date when, as ISO 8601 has it
 * @param columns the providers
 * @param cells pairs of them
 * @param rules what each does with each rule
 */
record MatrixReport(
    String version,
    String jvm,
    String date,
    List<Column> columns,
    List<PairCell> cells,
    List<RuleOutcome> rules) {
  /**
   * A provider in the report.
   *
   * @param name its name, or that of a variant of it
   * @param version its version
   * @param reason why it did not run; empty if it did
   */
  record Column(String name, String version, String reason) {
    static Column of(Map<?, ?> members) {
      return new Column(
          JsonTree.text(members, "name"),
          JsonTree.text(members, "version"),
          JsonTree.text(members, "reason"));
    }

    /** Its version, and that it did not run if it did not. */
    String state() {
      return reason.isEmpty() ? version : version + ", does not run";
    }

    Members members() {
      return Members.of("name", name)
          .with("version", version)
          .with("available", reason.isEmpty())
          .with("reason", reason.isEmpty() ? null : reason);
    }
  }

  /** Keeps copies. */
  MatrixReport {
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
    rules = List.copyOf(rules);
  }

  /**
   * Reads one that was written before.
   *
   * @throws IOException if it cannot be read, or is none
   */
  static MatrixReport read(Path file) throws IOException {
    Map<String, ?> members = JsonTree.object(Files.readString(file));
    try {
      return new MatrixReport(
          JsonTree.text(members, "version"),
          JsonTree.text(members, "jvm"),
          JsonTree.text(members, "date"),
          JsonTree.objects(members, "providers").stream().map(Column::of).toList(),
          JsonTree.objects(members, "cells").stream().map(PairCell::of).toList(),
          JsonTree.objects(members, "rules").stream().map(RuleOutcome::of).toList());
    } catch (IllegalArgumentException unknown) {
      throw new IOException(
          file + " is no report of ./tls matrix: " + unknown.getMessage(), unknown);
    }
  }

  /** Its members, as its file has them. */
  Members members() {
    return Members.of("version", version)
        .with("jvm", jvm)
        .with("date", date)
        .with("providers", columns.stream().map(Column::members).toList())
        .with("cells", cells.stream().map(PairCell::members).toList())
        .with("rules", rules.stream().map(RuleOutcome::members).toList());
  }

  /** How many rules and cells have that verdict. */
  long count(Verdict verdict) {
    return rules.stream().filter(rule -> rule.verdict() == verdict).count()
        + cells.stream().filter(cell -> cell.verdict() == verdict).count();
  }
}
