package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code matrix}: every provider with every other, and with every rule. */
@Command(
    name = "matrix",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "compatibility of providers: each with each other by handshakes over loopback, and each with",
      "the rules of the specification by the test kit"
    },
    footer = {
      "",
      "What another version of an engine changes: tls matrix --with conscrypt=2.5.2",
      "What another Java changes: run it with --json OLD.json, set JAVA_HOME, and run it again",
      "with --compare OLD.json",
      "Exit status: 0 nothing failed, 1 something did, 4 the engine of --with does not run."
    })
final class MatrixCommand implements Callable<Integer> {
  /** What is run. */
  enum Part {
    /** Pairs of providers. */
    PAIRS,
    /** The kit on each of them. */
    RULES
  }

  @Option(names = "--json", paramLabel = "FILE", description = "write JSON there; - for output")
  Optional<String> json = Optional.empty();

  @Option(names = "--html", paramLabel = "FILE", description = "write one self-contained page")
  Optional<String> html = Optional.empty();

  @Option(names = "--markdown", paramLabel = "FILE", description = "write Markdown")
  Optional<String> markdown = Optional.empty();

  @Option(
      names = "--compare",
      paramLabel = "OLD.json",
      description = "show what is different from a run before")
  Optional<Path> compare = Optional.empty();

  @Option(
      names = "--with",
      paramLabel = "PROVIDER=VERSION",
      description = {
        "run the kit on that provider with its vendor's jars of another version, fetched by",
        "Maven, and compare with those that are bundled (or with --compare)"
      })
  Optional<String> with = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "run nothing, and show what --json wrote before")
  Optional<Path> from = Optional.empty();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      split = ",",
      description = "only these (default: all)")
  List<String> only = new ArrayList<>();

  @Option(names = "--part", description = "only ${COMPLETION-CANDIDATES} (default: both)")
  Optional<Part> part = Optional.empty();

  @Mixin KitArguments kit = new KitArguments();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  private final Terminal terminal;

  /** The command on that terminal. */
  MatrixCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<MatrixReport> before = Optional.empty();
    if (compare.isPresent()) {
      before = Optional.of(read("--compare", compare.get()));
    }
    Progress progress = Progress.of(terminal);
    MatrixReport report;
    if (from.isPresent()) {
      report = read("--from", from.get());
    } else {
      MatrixRun run = new MatrixRun(providers(), kit, progress);
      if (with.isPresent()) {
        VendorJars jars = VendorJars.parse(with.get());
        if (before.isEmpty()) {
          before = Optional.of(report(run.rules(jars.provider(), Optional.empty()), List.of()));
        }
        report = report(run.rules(jars.provider(), Optional.of(jars)), List.of());
      } else {
        report = whole(run);
      }
    }
    progress.clear();
    write(report, before);
    if (report.count(Verdict.FAILED) > 0) {
      return ExitStatus.FAILED;
    }
    return with.isPresent() && !report.columns().get(0).reason().isEmpty()
        ? ExitStatus.UNAVAILABLE
        : ExitStatus.DONE;
  }

  private static MatrixReport read(String option, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          ErrorCode.ENOENT, option + ": no such file: " + file + "; tls matrix --json writes one");
    }
    try {
      return MatrixReport.read(file);
    } catch (IOException unreadable) {
      throw wrong(option + ": " + file + " is no report of tls matrix --json", unreadable);
    }
  }

  private static ConfigurationException wrong(String sentence, IOException cause) {
    String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new ConfigurationException(ErrorCode.ERR_INVALID_ARG_VALUE, sentence + " (" + why + ")");
  }

  private List<ProviderStatus> providers() {
    List<ProviderStatus> all = ProviderStatus.all(kit.internals, kit.fips);
    List<String> names = all.stream().map(status -> status.info().name()).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new ConfigurationException(
            ErrorCode.ERR_PROVIDER_UNKNOWN,
            "the provider \"" + name + "\" is not known; known are " + names);
      }
    }
    return all.stream()
        .filter(status -> only.isEmpty() || only.contains(status.info().name()))
        .toList();
  }

  private MatrixReport whole(MatrixRun run) throws IOException, InterruptedException {
    List<PairCell> cells = part.filter(Part.RULES::equals).isPresent() ? List.of() : run.pairs();
    MatrixRun.Rules rules = part.filter(Part.PAIRS::equals).isPresent() ? run.none() : run.rules();
    return report(rules, cells);
  }

  private static MatrixReport report(MatrixRun.Rules rules, List<PairCell> cells) {
    return new MatrixReport(
        Version.ofProgram(),
        "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
        InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        rules.columns(),
        cells,
        rules.outcomes());
  }

  private void write(MatrixReport report, Optional<MatrixReport> before) {
    if (json.isPresent()) {
      put(json.get(), JsonEvents.document(report.members()) + "\n");
    }
    if (html.isPresent()) {
      put(html.get(), MatrixHtml.page(report, before));
    }
    if (markdown.isPresent()) {
      put(markdown.get(), MatrixMarkdown.document(report));
    }
    boolean silent = json.filter("-"::equals).isPresent() || html.filter("-"::equals).isPresent();
    if (!silent && markdown.filter("-"::equals).isEmpty()) {
      terminal.print(new MatrixSummary(report).text());
      before.ifPresent(
          old ->
              terminal.print(
                  "\nDifferent from "
                      + old.date()
                      + ":\n"
                      + MatrixDifference.between(old, report).text()));
    }
  }

  private void put(String target, String text) {
    if (target.equals("-")) {
      terminal.print(text);
    } else {
      try {
        OutputFile.write(Path.of(target), text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException refused) {
        throw wrong(target + " cannot be written", refused);
      }
    }
  }
}
