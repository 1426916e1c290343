package io.tlsport.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What was measured, as Markdown. */
public final class Report {
  private static final double MUCH = 0.1;
  private static final double KILO = 1_000;

  /** With so many rounds a ratio says who is slower. */
  private static final int ENOUGH = 15;

  /** Less than this is slower. */
  private static final double PARITY = 0.97;

  private final Plan plan;
  private final List<Contestant> contestants;
  private final StringBuilder text = new StringBuilder();

  /** A report of nothing. */
  public Report(Plan plan, List<Contestant> contestants) {
    this.plan = plan;
    this.contestants = List.copyOf(contestants);
  }

  /** Everything so far. */
  @Override
  public String toString() {
    return text.toString();
  }

  /** When, where and on what. */
  public Report head(
      Instant when, String command, List<String> environment, List<Contestant.Absent> absent) {
    line("# What servers cost");
    line("");
    line("Method, and how to repeat it: [performance.md](performance.md).");
    line("");
    line("Measured " + when.toString().substring(0, 10) + " by `" + command + "`:");
    line("");
    environment.forEach(fact -> line("- " + fact));
    for (Contestant.Absent one : absent) {
      line("- absent: " + one.contestant().name() + ": " + one.reason());
    }
    line("");
    return this;
  }

  /** All of what rows came to. */
  public Report rows(List<RowResult> results) {
    if (results.isEmpty()) {
      return this;
    }
    for (Contestant contestant : contestants) {
      if (contestant.kind() == Contestant.Kind.TLSPORT) {
        ratios(contestant, results);
      }
    }
    costs(results);
    latencies(results);
    allocations(results);
    notes(results);
    return this;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void heading(String title) {
    line("### " + title);
    line("");
  }

  private void table(List<String> head, List<List<String>> rows) {
    line("| " + String.join(" | ", head) + " |");
    line("|" + " --- |".repeat(head.size()));
    rows.forEach(cells -> line("| " + String.join(" | ", cells) + " |"));
    line("");
  }

  private void ratios(Contestant ours, List<RowResult> results) {
    List<Contestant> peers = contestants.stream().filter(peer -> peer.isPeerOf(ours)).toList();
    heading("How many times less `" + ours.engine() + "` costs than");
    table(
        with("work", peers.stream().map(Contestant::name).toList()),
        results.stream()
            .filter(result -> result.of(ours).isPresent())
            .map(
                result ->
                    with(
                        result.row().text(),
                        peers.stream()
                            .map(peer -> result.ratio(ours, peer).map(Report::ratio).orElse("–"))
                            .toList()))
            .toList());
  }

  private static List<String> with(String first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private static String ratio(Spread spread) {
    return String.format(
        Locale.ROOT, "**%.2f** (%.2f..%.2f)", spread.median(), spread.low(), spread.high());
  }

  /** A table of all who were measured; of each row that has any such figure. */
  private void each(
      String title, List<RowResult> results, BiFunction<Row, RowResult.Measured, String> figure) {
    List<List<String>> rows = new ArrayList<>();
    for (RowResult result : results) {
      List<String> cells =
          contestants.stream()
              .map(one -> result.of(one).map(got -> figure.apply(result.row(), got)).orElse("–"))
              .toList();
      if (cells.stream().anyMatch(cell -> !cell.equals("–"))) {
        rows.add(with(result.row().text(), cells));
      }
    }
    if (!rows.isEmpty()) {
      heading(title);
      table(with("work", contestants.stream().map(Contestant::name).toList()), rows);
    }
  }

  private void costs(List<RowResult> results) {
    each(
        "CPU time, µs for a connection, a round trip or a megabyte: the server's, or the client's",
        results,
        (row, one) -> micros(one.micros().median()) + share(row, one));
  }

  /** Who resumes less than he could has another's work. */
  private static String share(Row row, RowResult.Measured one) {
    return row.work() == Work.RESUME && one.resumed() < 0.98
        ? String.format(Locale.ROOT, " (%.0f %% resumed)", 100 * one.resumed())
        : "";
  }

  private static String micros(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  private void latencies(List<RowResult> results) {
    each(
        "Echo: µs that 50 % and 99 % of the round trips did not exceed",
        results,
        (row, one) ->
            one.median() > 0
                ? String.format(Locale.ROOT, "%.0f / %.0f", one.median(), one.slow())
                : "–");
  }

  private void allocations(List<RowResult> results) {
    each(
        "Bytes allocated by that thread: for a connection, a round trip, 1 KiB of a stream",
        results,
        (row, one) ->
            one.allocated().isPresent()
                ? String.format(Locale.ROOT, "%.0f", one.allocated().getAsDouble())
                : "–");
  }

  /** Which rows have shown ours slower than Netty's own TLS over the same engine. */
  private String slower(List<RowResult> results) {
    List<String> compared = new ArrayList<>();
    List<String> slower = new ArrayList<>();
    for (Contestant ours : contestants) {
      for (Contestant peer : contestants) {
        if (ours.kind() == Contestant.Kind.TLSPORT && peer.isSslHandlerOf(ours)) {
          compared.add("`" + ours.engine() + "`");
          results.stream()
              .filter(result -> result.ratio(ours, peer).filter(Report::isSlower).isPresent())
              .forEach(result -> slower.add("`" + ours.engine() + "`: " + result.row().text()));
        }
      }
    }
    if (compared.isEmpty()) {
      return "Nothing is compared with `SslHandler` on the same engine.";
    }
    return "Against `SslHandler` on the same engine ("
        + String.join(", ", compared)
        + "), ratios of "
        + plan.rounds()
        + " rounds each whose 90 % interval ends below "
        + PARITY
        + ": "
        + (slower.isEmpty() ? "none" : String.join("; ", slower))
        + ".";
  }

  private static boolean isSlower(Spread ratio) {
    return ratio.high() < PARITY;
  }

  private void notes(List<RowResult> results) {
    line(
        String.format(
            Locale.ROOT,
            "Medians of %d interleaved rounds of %d ms of CPU time; in brackets the"
                + " 90 %% interval of the rounds, from the 5th to the 95th percentile.",
            plan.rounds(),
            plan.turn().toMillis()));
    line("");
    if (plan.rounds() >= ENOUGH) {
      line(slower(results));
      line("");
    }
    for (RowResult result : results) {
      if (result.compiling() > MUCH) {
        line(
            String.format(
                Locale.ROOT,
                "- %s: compilers ran for %.0f %% of the time: an impression",
                result.row().text(),
                100 * result.compiling()));
      }
    }
    Map<String, List<String>> missing = new TreeMap<>();
    for (RowResult result : results) {
      result
          .missing()
          .forEach(
              (name, reason) ->
                  missing
                      .computeIfAbsent(name + " " + reason, unknown -> new ArrayList<>())
                      .add(result.row().text()));
    }
    missing.forEach((reason, rows) -> line("- " + reason + ": " + String.join("; ", rows)));
    line("");
  }

  /** What connections cost that do nothing. */
  public Report idle(List<IdleCost> costs) {
    if (!costs.isEmpty()) {
      heading("A connection that does nothing, of " + plan.idle());
      table(
          List.of("server", "heap, KB", "resident, KB", "descriptors"),
          costs.stream()
              .map(
                  cost ->
                      List.of(
                          cost.contestant().name(),
                          String.format(Locale.ROOT, "%.1f", cost.heap() / KILO),
                          String.format(Locale.ROOT, "%.0f", cost.resident() / KILO),
                          String.format(Locale.ROOT, "%.1f", cost.descriptors())))
              .toList());
    }
    return this;
  }

  /** What ever more connections cost, and ever more contexts. */
  public Report growth(List<IdleCost> connections, List<Hosts> hosts) {
    heading("Ever more connections, each of which has echoed 64 bytes");
    table(
        List.of("server", "connections", "heap, KB each", "resident, KB each", "CPU, µs each"),
        connections.stream()
            .map(
                cost ->
                    List.of(
                        cost.contestant().name(),
                        Integer.toString(cost.connections()),
                        String.format(Locale.ROOT, "%.1f", cost.heap() / KILO),
                        String.format(Locale.ROOT, "%.0f", cost.resident() / KILO),
                        micros(cost.micros())))
            .toList());
    heading("Ever more hosts, each with a context of its own");
    table(
        List.of("provider", "hosts", "handshake with the last, µs", "heap, KB each"),
        hosts.stream()
            .map(
                one ->
                    List.of(
                        one.provider(),
                        Integer.toString(one.contexts()),
                        String.format(
                            Locale.ROOT,
                            "%.0f (%.0f..%.0f)",
                            one.micros().median(),
                            one.micros().low(),
                            one.micros().high()),
                        String.format(Locale.ROOT, "%.1f", one.heap() / KILO)))
            .toList());
    return this;
  }

  /** How long servers take to their first connection. */
  public Report startups(List<Startup> startups) {
    if (!startups.isEmpty()) {
      heading("From the start of the process to its first connection, ms");
      table(
          List.of("server", "wall", "CPU of all threads", "part of `SslHandler`'s time"),
          startups.stream()
              .map(
                  one ->
                      List.of(
                          one.name(),
                          String.format(Locale.ROOT, "%.0f", one.wall().median()),
                          String.format(Locale.ROOT, "%.0f", one.cpu().median()),
                          one.wallPart().map(Report::ratio).orElse("–")))
              .toList());
    }
    return this;
  }
}
