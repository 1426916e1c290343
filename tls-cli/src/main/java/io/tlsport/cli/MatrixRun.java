package io.tlsport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the parts of a matrix. */
final class MatrixRun {
  private final List<ProviderStatus> providers;
  private final KitArguments kit;
  private final Progress progress;
  private final Terminal terminal;

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
  }

  MatrixRun(
      List<ProviderStatus> providers, KitArguments kit, Progress progress, Terminal terminal) {
    this.providers = providers;
    this.kit = kit;
    this.progress = progress;
    this.terminal = terminal;
  }

  /** Every provider with every other. */
  List<PairCell> pairs() throws InterruptedException {
    try (PairMatrix matrix =
        new PairMatrix(providers, InstantSource.system(), kit.internals, kit.fips)) {
      int[] count = {0};
      return matrix.run(
          cell -> {
            count[0]++;
            progress.tell("pairs", cell.client() + " to " + cell.server() + ", " + count[0]);
          });
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
    List<RuleOutcome> outcomes = new ArrayList<>();
    for (ProviderStatus status : providers) {
      if (status.unavailable().isEmpty()) {
        outcomes.addAll(run(status.info().name(), KitClassPath.here()).outcomes());
      }
    }
    return new Rules(none().columns(), outcomes);
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
      return run(provider, KitClassPath.here().replacing(jars.get().artifacts(), others));
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

  private Rules run(String provider, KitClassPath classPath)
      throws IOException, InterruptedException {
    List<Map<?, ?>> tests = new ArrayList<>();
    String[] head = {"", ""};
    KitProgress told = new KitProgress(progress);
    List<String> arguments = new ArrayList<>(kit.forKit());
    arguments.addAll(List.of("--provider", provider));
    int status =
        new KitJvm(classPath, kit.internals, arguments)
            .run(
                line -> {
                  told.take(provider, line);
                  take(line, tests, head);
                });
    if (tests.isEmpty() && head[1].isEmpty()) {
      head[1] = "the kit ended with status " + status;
    }
    return new Rules(
        List.of(new MatrixReport.Column(provider, head[0], head[1])),
        RuleOutcome.of(provider, tests));
  }

  private void take(Map<String, @Nullable Object> line, List<Map<?, ?>> tests, String[] head) {
    switch (JsonTree.text(line, "event")) {
      case "kit" -> head[0] = JsonTree.text(line, "version");
      case "result" -> tests.add(line);
      case "error" -> {
        head[1] = JsonTree.text(line, "message");
        terminal.note(head[1]);
      }
      default -> progress.clear();
    }
  }
}
