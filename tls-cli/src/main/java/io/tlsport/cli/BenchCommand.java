package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.bench.Bench;
import io.tlsport.bench.Contestant;
import io.tlsport.bench.IdleCost;
import io.tlsport.bench.Peer;
import io.tlsport.bench.Plan;
import io.tlsport.bench.Plot;
import io.tlsport.bench.Report;
import io.tlsport.bench.Row;
import io.tlsport.bench.RowResult;
import io.tlsport.bench.Startup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: what servers cost, beside their peers. */
@Command(
    name = "bench",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "what servers and clients cost: CPU time for handshakes and data, memory and start, beside"
            + " Netty, Vert.x, Node and OpenSSL in one run")
final class BenchCommand implements Callable<Integer> {
  private static final int MANY = 10_000;
  private static final double SECONDS_PER_MINUTE = 60;

  @Option(names = "--quick", description = "a few minutes, for an impression")
  boolean quick;

  @Option(
      names = "--provider",
      paramLabel = "A,B",
      split = ",",
      description = "default: jdk, jdk+conscrypt (accelerated) and conscrypt")
  @Nullable List<String> providers;

  @Option(
      names = "--peers",
      paramLabel = "A,B",
      split = ",",
      description =
          "compare with these alone: sslhandler (on the same engine), tcnative, vertx, node,"
              + " openssl; default: all")
  @Nullable List<String> peers;

  @Option(
      names = "--only",
      paramLabel = "WORDS",
      description = "rows with these words in their name, such as \"resumed\" or \"client\"")
  @Nullable String only;

  @Option(names = "--rows", description = "the table alone, without idle connections and starts")
  boolean rowsAlone;

  @Option(
      names = "--growth",
      description = "what grows with the number of connections and of contexts, in place of that")
  boolean growth;

  @Option(names = "--rounds", paramLabel = "N", description = "default 7, or 3 with --quick")
  @Nullable Integer rounds;

  @Option(
      names = "--turn",
      paramLabel = "MS",
      description = "CPU time of a server's turn; default 200, or 80 with --quick")
  @Nullable Integer turn;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      description = "most CPU time of each server before it counts; default 5000, quick 600")
  @Nullable Integer warmUp;

  @Option(names = "--markdown", paramLabel = "FILE", description = "write the tables there, too")
  @Nullable Path markdown;

  @Option(names = "--plot", paramLabel = "FILE", description = "draw the ratios there, as SVG")
  @Nullable Path plot;

  @Mixin OutputArguments output = new OutputArguments();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Terminal terminal;

  /** The command on that terminal. */
  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = plan();
    List<String> runnable =
        ProviderStatus.all(false, false).stream()
            .filter(status -> status.unavailable().isEmpty())
            .map(status -> status.info().name())
            .toList();
    List<String> measured =
        providers == null
            ? Stream.of("jdk", "jdk+conscrypt", "conscrypt")
                .filter(name -> runnable.containsAll(List.of(name.split("[+]"))))
                .toList()
            : providers;
    // Thousands of clients have to do with one descriptor each.
    String client = runnable.contains("conscrypt") && !growth ? "conscrypt" : "jdk";
    try (Bench bench = new Bench(measured, peers(), client, plan, terminal::note)) {
      run(bench, plan);
    }
    return ExitStatus.DONE;
  }

  private Set<Peer> peers() {
    Set<Peer> chosen = EnumSet.noneOf(Peer.class);
    if (peers == null) {
      return EnumSet.allOf(Peer.class);
    }
    for (String word : peers) {
      chosen.add(
          Peer.named(word)
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          ErrorCode.ERR_INVALID_ARG_VALUE,
                          "--peers takes "
                              + Stream.of(Peer.values())
                                  .map(Peer::word)
                                  .collect(Collectors.joining(", "))
                              + ", got \""
                              + word
                              + "\"")));
    }
    return chosen;
  }

  private Plan plan() {
    Plan base = quick ? Plan.QUICK : Plan.FULL;
    int chosen = rounds == null ? base.rounds() : rounds;
    Ranges.require("--rounds", chosen, 1, 1_000);
    return new Plan(
        millis("--warm-up", warmUp, base.warmUp()),
        chosen,
        millis("--turn", turn, base.turn()),
        base.idle(),
        base.starts());
  }

  private static Duration millis(String option, @Nullable Integer value, Duration otherwise) {
    if (value == null) {
      return otherwise;
    }
    Ranges.require(option, value, 1, 600_000);
    return Duration.ofMillis(value);
  }

  private void run(Bench bench, Plan plan) throws IOException {
    for (Contestant.Absent absent : bench.absent()) {
      terminal.note(absent.contestant().name() + " is absent: " + absent.reason());
      tell("absent", absent.contestant().name(), Members.of("reason", absent.reason()));
    }
    List<RowResult> results = new ArrayList<>();
    List<Row> rows =
        (growth ? Bench.growing() : Row.all())
            .stream().filter(row -> only == null || row.text().contains(only)).toList();
    for (Row row : rows) {
      List<Row> left = rows.subList(results.size(), rows.size());
      terminal.note(
          String.format(
              Locale.ROOT,
              "row %d of %d, about %d min left for rows: %s",
              results.size() + 1,
              rows.size(),
              Math.max(1, Math.round(bench.estimate(left).toSeconds() / SECONDS_PER_MINUTE)),
              row.text()));
      RowResult result = growth ? bench.measureOurs(row) : bench.measure(row);
      tell(result);
      results.add(result);
    }
    boolean more = !rowsAlone && !growth;
    List<IdleCost> idle = more ? bench.idle() : List.of();
    idle.forEach(
        cost ->
            tell(
                "idle",
                cost.contestant().name(),
                Members.of("heapBytes", cost.heap())
                    .with("residentBytes", cost.resident())
                    .with("descriptors", cost.descriptors())));
    List<Startup> startups = more ? bench.startups() : List.of();
    startups.forEach(
        one ->
            tell(
                "start",
                one.name(),
                Members.of("wallMillis", one.wall().median())
                    .with("cpuMillis", one.cpu().median())));
    Report report =
        new Report(plan, bench.contestants())
            .head(InstantSource.system().instant(), command(), Bench.environment(), bench.absent())
            .rows(results)
            .idle(idle)
            .startups(startups);
    if (growth) {
      List<Integer> counts = quick ? List.of(10, 1_000) : List.of(10, 1_000, MANY);
      report.growth(bench.idle(counts), bench.hosts(counts));
    }
    if (!output.json) {
      terminal.print(report.toString());
    }
    write(markdown, report.toString());
    if (plot != null) {
      write(plot, Plot.svg(bench.contestants(), results));
    }
  }

  private String command() {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    List<String> repeat = new ArrayList<>(List.of("./tls", "bench"));
    for (String argument : arguments) {
      if (argument.equals("--markdown") || argument.equals("--plot")) {
        break;
      }
      if (!argument.equals("bench")) {
        repeat.add(argument.contains(" ") ? '"' + argument + '"' : argument);
      }
    }
    return String.join(" ", repeat);
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  // --- as events

  private void tell(String event, String server, Members figures) {
    if (output.json) {
      output.events(terminal, true).emit(event, Members.of("server", server).with(figures));
    }
  }

  private void tell(RowResult result) {
    Row row = result.row();
    for (RowResult.Measured one : result.measured()) {
      tell(
          "row",
          one.contestant().name(),
          Members.of("work", row.work().name().toLowerCase(Locale.ROOT))
              .with("version", row.version().toString())
              .with("key", row.key().name())
              .with("connections", row.connections())
              .with("unit", row.work().unit())
              .with("micros", one.micros().median())
              .with("rounds", one.rounds())
              .with("resumed", one.resumed())
              .with(
                  "allocatedBytes",
                  one.allocated().isPresent() ? one.allocated().getAsDouble() : null)
              .with("p50Micros", one.median())
              .with("p99Micros", one.slow())
              .with("compiling", result.compiling()));
    }
    result
        .missing()
        .forEach(
            (name, reason) ->
                tell("missing", name, Members.of("work", row.text()).with("reason", reason)));
  }
}
