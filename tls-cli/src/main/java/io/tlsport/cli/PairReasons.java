package io.tlsport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Why the cells of one pair are not ok, in as few words as tell it. */
final class PairReasons {
  private PairReasons() {}

  /** A line for each reason: what it is about, and the reason; empty if all are ok. */
  static String of(List<PairCell> pair) {
    Map<String, List<PairCell>> byReason = new LinkedHashMap<>();
    for (PairCell cell : pair) {
      if (cell.verdict() != Verdict.OK) {
        byReason.computeIfAbsent(cell.reason(), any -> new ArrayList<>()).add(cell);
      }
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, cells) ->
            lines.add(cells.size() == pair.size() ? reason : about(pair, cells) + ": " + reason));
    return String.join("\n", lines);
  }

  private static String about(List<PairCell> pair, List<PairCell> cells) {
    Map<String, List<PairCell>> byFeature = new LinkedHashMap<>();
    cells.forEach(
        cell -> byFeature.computeIfAbsent(cell.feature(), any -> new ArrayList<>()).add(cell));
    List<String> words = new ArrayList<>();
    byFeature.forEach(
        (feature, some) -> {
          List<PairCell> all = pair.stream().filter(c -> c.feature().equals(feature)).toList();
          words.add(feature + (some.size() == all.size() ? "" : " with " + part(all, some)));
        });
    return String.join("; ", words);
  }

  /** Versions, and the keys where it is not about all of them. */
  private static String part(List<PairCell> all, List<PairCell> some) {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    some.forEach(
        cell ->
            keys.computeIfAbsent(cell.protocol(), any -> new LinkedHashSet<>()).add(cell.key()));
    List<String> words = new ArrayList<>();
    Set<Set<String>> kinds = new LinkedHashSet<>(keys.values());
    long versions = all.stream().map(PairCell::protocol).distinct().count();
    if (kinds.size() == 1 && keys.size() == versions) {
      return String.join(", ", kinds.iterator().next());
    }
    keys.forEach(
        (version, names) -> {
          long ofVersion = all.stream().filter(cell -> cell.protocol().equals(version)).count();
          words.add(names.size() == ofVersion ? version : version + " " + String.join(", ", names));
        });
    return String.join(", ", words);
  }
}
