package io.tlsport.cli;

import io.tlsport.ProtocolVersion;
import io.tlsport.Tls;
import io.tlsport.bench.Comparison;
import io.tlsport.bench.Outcome;
import io.tlsport.bench.Plan;
import io.tlsport.bench.Spread;
import io.tlsport.bench.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: what servers cost, against each other and against Netty's SslHandler. */
@Command(
    name = "bench",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "what a server costs: CPU time for handshakes and data, compared in one run")
final class BenchCommand implements Callable<Integer> {
  private static final double MICROS_PER_SECOND = 1_000_000;
  private static final double MUCH = 0.1;

  @Option(names = "--quick", description = "a minute or two, for an impression")
  boolean quick;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "default: every one that runs here")
  @Nullable String provider;

  @Option(names = "--rounds", paramLabel = "N", description = "default 7, or 5 with --quick")
  @Nullable Integer rounds;

  @Option(
      names = "--turn",
      paramLabel = "MS",
      description = "CPU time of a server's turn; default 300, or 200 with --quick")
  @Nullable Integer turn;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      description = "CPU time of each server before it counts; default 5000, or 1500 with --quick")
  @Nullable Integer warmUp;

  @Option(names = "--handshakes-only", description = "full handshakes against resumed ones alone")
  boolean handshakesOnly;

  @Mixin OutputArguments output = new OutputArguments();

  private final Terminal terminal;

  /** The command on that terminal. */
  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Plan plan = plan();
    List<String> runnable =
        ProviderStatus.all(false, false).stream()
            .filter(status -> status.unavailable().isEmpty())
            .map(status -> status.info().name())
            .toList();
    List<String> measured = provider == null ? runnable : List.of(provider);
    // They cost the servers nothing, so the fastest serves best.
    String client = runnable.contains("conscrypt") ? "conscrypt" : "jdk";
    resumption(plan, measured, client);
    if (!handshakesOnly) {
      peers(plan, measured, client);
    }
    return ExitStatus.DONE;
  }

  private Plan plan() {
    Plan base = quick ? Plan.QUICK : Plan.FULL;
    int chosen = rounds == null ? base.rounds() : rounds;
    Ranges.require("--rounds", chosen, 1, 1_000);
    return new Plan(
        millis("--warm-up", warmUp, base.warmUp()), chosen, millis("--turn", turn, base.turn()));
  }

  private static Duration millis(String option, @Nullable Integer value, Duration otherwise) {
    if (value == null) {
      return otherwise;
    }
    Ranges.require(option, value, 1, 600_000);
    return Duration.ofMillis(value);
  }

  // --- full against resumed

  private void resumption(Plan plan, List<String> providers, String client) {
    List<String> refused = new ArrayList<>();
    try (Comparison comparison = new Comparison(client)) {
      for (String name : providers) {
        try (Tls tls = Tls.builder().provider(name).build()) {
          for (ProtocolVersion version : Comparison.versions()) {
            if (Comparison.resumes(tls, version)) {
              comparison.addResumption(name, version);
            } else {
              refused.add(name + " " + version + " resumes no session");
            }
          }
        }
      }
      List<Outcome> outcomes = comparison.run(plan, terminal::note);
      TextTable table =
          new TextTable(
              "provider",
              "version",
              "full us",
              "a second",
              "resumed us",
              "a second",
              "of them",
              "full/resumed",
              "lowest..highest");
      for (Outcome outcome : outcomes) {
        emit("handshake", "full", "resumed", outcome);
        table.row(
            outcome.provider(),
            outcome.version().toString(),
            whole(outcome.first().median()),
            whole(MICROS_PER_SECOND / outcome.first().median()),
            whole(outcome.second().median()),
            whole(MICROS_PER_SECOND / outcome.second().median()),
            String.format(Locale.ROOT, "%.1f %%", 100 * outcome.secondResumed()),
            times(outcome.ratio().median()),
            range(outcome.ratio()));
      }
      print("handshakes, full and resumed: the server's CPU time", table, plan, comparison);
      if (!output.json) {
        refused.forEach(reason -> terminal.print(reason + "\n"));
      }
    }
  }

  // --- Netty's SslHandler against us

  private void peers(Plan plan, List<String> providers, String client) {
    try (Comparison comparison = new Comparison(client)) {
      List<String> compared = providers.stream().filter(Comparison::hasPeer).toList();
      for (String name : compared) {
        for (Work work : Work.values()) {
          comparison.addPeer(name, ProtocolVersion.TLS_1_3, work);
        }
      }
      if (compared.isEmpty()) {
        return;
      }
      List<Outcome> outcomes = comparison.run(plan, terminal::note);
      TextTable table =
          new TextTable(
              "provider",
              "work",
              "SslHandler us",
              "tlsport us",
              "each",
              "times less",
              "lowest..highest");
      for (Outcome outcome : outcomes) {
        emit("peer", "sslHandler", "tlsport", outcome);
        table.row(
            outcome.provider(),
            name(outcome.work()),
            whole(outcome.first().median()),
            whole(outcome.second().median()),
            each(outcome.work()),
            times(outcome.ratio().median()),
            range(outcome.ratio()));
      }
      print("against Netty's SslHandler over the same engine, TLS 1.3", table, plan, comparison);
    }
  }

  private static String name(Work work) {
    return switch (work) {
      case CONNECT -> "full handshake";
      case ECHO -> "64 B echo";
      case DOWN -> "16 KiB down";
      case UP -> "16 KiB up";
      case SMALL_WRITES -> "1 KiB writes, each flushed";
    };
  }

  private static String each(Work work) {
    if (work.inMegabytes()) {
      return "MB";
    }
    return work == Work.CONNECT ? "connection" : "round trip";
  }

  // --- how it is told

  private void print(String title, TextTable table, Plan plan, Comparison comparison) {
    if (output.json) {
      return;
    }
    terminal.print(title + "\n" + table);
    terminal.print(
        String.format(
            Locale.ROOT,
            "medians of %d interleaved rounds of %d ms CPU; compiling ran for %.0f %% and"
                + " collecting for %.0f %% of the measured time%s%n%n",
            plan.rounds(),
            plan.turn().toMillis(),
            100 * comparison.compiling(),
            100 * comparison.collecting(),
            comparison.compiling() > MUCH ? ": too much compiling to rely on it" : ""));
  }

  private void emit(String event, String first, String second, Outcome outcome) {
    if (output.json) {
      output
          .events(terminal, true)
          .emit(
              event,
              Members.of("provider", outcome.provider())
                  .with("version", outcome.version().toString())
                  .with("work", outcome.work().name().toLowerCase(Locale.ROOT))
                  .with(first + "Micros", outcome.first().median())
                  .with(second + "Micros", outcome.second().median())
                  .with("resumed", outcome.secondResumed())
                  .with("ratio", outcome.ratio().median())
                  .with("lowestRatio", outcome.ratio().least())
                  .with("highestRatio", outcome.ratio().most()));
    }
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String times(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String range(Spread spread) {
    return times(spread.least()) + ".." + times(spread.most());
  }
}
