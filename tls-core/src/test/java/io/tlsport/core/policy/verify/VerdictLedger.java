package io.tlsport.core.policy.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of {@code docs/verdicts.md}. */
final class VerdictLedger {
  private static final Path DOCUMENT = Path.of("..", "docs", "verdicts.md");

  private VerdictLedger() {}

  /** One verdict that is not Node's. */
  record Difference(String name, String ours, String nodes) {}

  /** The rows of "Against Node". */
  static List<Difference> differences() throws IOException {
    return rows("## Against Node").stream()
        .map(row -> new Difference(row.get(0), row.get(1), row.get(2)))
        .toList();
  }

  /** The codes of "Codes without a name in Node". */
  static Set<String> unnamedCodes() throws IOException {
    return rows("## Codes without a name in Node").stream()
        .map(row -> row.get(0))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The tests that the other tables name as their proof, as {@code Class.method}. */
  static List<String> proofs() throws IOException {
    List<List<String>> rows = new java.util.ArrayList<>(rows("## Against the RFCs"));
    rows.addAll(rows("## Limits"));
    return rows.stream().map(row -> row.get(row.size() - 1)).toList();
  }

  private static List<List<String>> rows(String heading) throws IOException {
    List<List<String>> rows = new java.util.ArrayList<>();
    boolean within = false;
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("## ")) {
        within = line.equals(heading);
      } else if (within && line.startsWith("| ")) {
        rows.add(
            Arrays.stream(line.substring(1, line.lastIndexOf('|')).split(" \\| "))
                .map(cell -> cell.replace("`", "").strip())
                .toList());
      }
    }
    // The first is the head, the second the line below it.
    return rows.subList(2, rows.size());
  }
}
