package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the parts of a matrix. */
final class MatrixRun {
  /** In place of a rule's number. */
  private static final String KIT = "Kit";

  private final List<ProviderStatus> providers;
  private final KitArguments kit;
  private final Progress progress;

  /**
   * What the kit came to.
   *
   * @param columns the providers that it was run on
   * @param outcomes what each does with each rule
   */
  record Rules(List<MatrixReport.Column> columns, List<RuleOutcome> outcomes) {
    /** Keeps copies. */
    Rules {
      columns = List.copyOf(columns);
      outcomes = List.copyOf(outcomes);
    }

    /** With the version of an engine that did not start, and told none. */
    Rules of(String provider, String version) {
      return new Rules(
          List.of(new MatrixReport.Column(provider, version, columns.get(0).reason())), outcomes);
    }
  }

  MatrixRun(List<ProviderStatus> providers, KitArguments kit, Progress progress) {
    this.providers = providers;
    this.kit = kit;
    this.progress = progress;
  }

  /** Every provider with every other. */
  List<PairCell> pairs() throws InterruptedException {
    try (PairMatrix matrix =
        new PairMatrix(providers, InstantSource.system(), kit.internals, kit.fips)) {
      int all = matrix.size();
      AtomicInteger count = new AtomicInteger();
      return matrix.run(
          cell ->
              progress.tell(
                  "pairs",
                  count.incrementAndGet()
                      + " of "
                      + all
                      + ", "
                      + cell.client()
                      + " to "
                      + cell.server()));
    }
  }

  /** The providers, without any rule. */
  Rules none() {
    return new Rules(providers.stream().map(MatrixRun::column).toList(), List.of());
  }

  private static MatrixReport.Column column(ProviderStatus status) {
    return new MatrixReport.Column(
        status.info().name(), status.info().version(), status.unavailable().orElse(""));
  }

  /** The kit on every provider that runs here, one after the other. */
  Rules rules() throws IOException, InterruptedException {
    List<MatrixReport.Column> columns = new ArrayList<>();
    List<RuleOutcome> outcomes = new ArrayList<>();
    for (ProviderStatus status : providers) {
      if (status.unavailable().isEmpty()) {
        Rules rules = run(status.info().name(), KitClassPath.here());
        columns.addAll(rules.columns());
        outcomes.addAll(rules.outcomes());
      } else {
        columns.add(column(status));
      }
    }
    return new Rules(columns, outcomes);
  }

  /** The kit on one provider, with other jars of its vendor if there are any. */
  Rules rules(String provider, Optional<VendorJars> jars) throws IOException, InterruptedException {
    if (jars.isEmpty()) {
      return run(provider, KitClassPath.here());
    }
    Path folder = Files.createTempDirectory("tlsport-with");
    try {
      progress.tell(provider, "fetching " + jars.get().version());
      List<Path> others = jars.get().fetch(folder, Version.ofDependencyPlugin());
      Rules rules = run(provider, KitClassPath.here().replacing(jars.get().artifacts(), others));
      return rules.columns().get(0).version().isEmpty()
          ? rules.of(provider, jars.get().version())
          : rules;
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** What a kit told of itself, besides its tests. */
  static final class Told {
    private final List<Map<?, ?>> tests = new ArrayList<>();
    private String version = "";
    private String error = "";
    private boolean ended;

    void take(Map<String, @Nullable Object> line) {
      switch (JsonTree.text(line, "event")) {
        case "kit" -> version = JsonTree.text(line, "version");
        case "result" -> tests.add(line);
        case "error" -> error = JsonTree.text(line, "message");
        default -> ended = true;
      }
    }
  }

  private Rules run(String provider, KitClassPath classPath)
      throws IOException, InterruptedException {
    Told told = new Told();
    KitProgress shown = new KitProgress(progress);
    List<String> arguments = new ArrayList<>(kit.forKit());
    arguments.addAll(List.of("--provider", provider));
    int status =
        new KitJvm(classPath, kit.internals, arguments)
            .run(
                line -> {
                  shown.take(provider, line);
                  told.take(line);
                });
    return cameTo(provider, told, status);
  }

  /**
   * What a kit came to.
   *
   * @param status that its JVM ended with
   * @throws ConfigurationException if it was asked for what there is not
   */
  static Rules cameTo(String provider, Told told, int status) {
    if (status == ExitStatus.USAGE) {
      throw new ConfigurationException(ErrorCode.ERR_INVALID_ARG_VALUE, told.error);
    }
    List<RuleOutcome> outcomes = new ArrayList<>(RuleOutcome.of(provider, told.tests));
    if (!told.ended && told.error.isEmpty()) {
      outcomes.add(brokenOff(provider, told.tests, status));
    }
    return new Rules(
        List.of(new MatrixReport.Column(provider, told.version, told.error)), outcomes);
  }

  /** A JVM that ends before its kit does, as one does whose native code fails. */
  private static RuleOutcome brokenOff(String provider, List<Map<?, ?>> tests, int status) {
    String contract =
        tests.isEmpty() ? KIT : JsonTree.text(tests.get(tests.size() - 1), "contract");
    return new RuleOutcome(
        provider,
        contract,
        KIT,
        "The kit MUST come to its end.",
        Verdict.FAILED,
        false,
        "its JVM ended with status " + status + " after " + tests.size() + " tests");
  }
}
