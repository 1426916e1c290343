package io.tlsport.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells how far a kit is, from the lines of its report. */
final class KitProgress {
  private final Progress progress;
  private final Set<String> contracts = new LinkedHashSet<>();
  private int of;
  private int tests;

  KitProgress(Progress progress) {
    this.progress = progress;
  }

  /** One more line of the report of a kit on that provider. */
  void take(String provider, Map<String, @Nullable Object> line) {
    switch (JsonTree.text(line, "event")) {
      case "kit" -> {
        contracts.clear();
        tests = 0;
        of = line.get("contracts") instanceof List<?> all ? all.size() : 0;
      }
      case "result" -> {
        String contract = JsonTree.text(line, "contract");
        contracts.add(contract);
        tests++;
        progress.tell(
            provider,
            contract + " (" + contracts.size() + " of " + of + " contracts), " + tests + " tests");
      }
      default -> progress.clear();
    }
  }
}
