package io.tlsport.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text under a head, as wide as they need to be. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  /** A table with that head. */
  TextTable(String... head) {
    rows.add(head.clone());
  }

  /** Adds a row with a cell for each column. */
  void row(String... cells) {
    rows.add(cells.clone());
  }

  /** The lines, each with its end. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.length; column++) {
        String cell = row[column];
        line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
  }
}
