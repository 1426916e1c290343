package io.tlsport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the kits of this build came to, as they recorded it: a folder for each class of the kit, in
 * it a file for each contract.
 */
final class RecordedKits {
  /** Those that Conscrypt's internals have a part in; no others run with them. */
  private static final Set<String> OF_INTERNALS =
      Set.of("Sessions", "ResumedTrust", "SessionCaches", "Sharing", "KeyLog", "Ocsp");

  /** Their titles, in the order of the table; a kit of another mode stands behind its own. */
  private static final Map<String, Kit> KITS = new LinkedHashMap<>();

  static {
    KITS.put("jdk", new Kit("provider-jdk", "jdk.JdkTckTest"));
    KITS.put("jdk, internals", new Kit("provider-jdk", "jdk.JdkInternalsTckTest"));
    KITS.put("conscrypt", new Kit("provider-conscrypt", "conscrypt.ConscryptTckTest"));
    KITS.put(
        "conscrypt, internals",
        new Kit("provider-conscrypt", "conscrypt.ConscryptInternalsTckTest", OF_INTERNALS));
    KITS.put("bcjsse", new Kit("provider-bcjsse", "bcjsse.BcjsseTckTest"));
    KITS.put("bcjsse, FIPS", new Kit("provider-bcjsse-fips", "bcjsse.fips.BcjsseFipsTckTest"));
    KITS.put("bctls", new Kit("provider-bcjsse", "bcjsse.BctlsTckTest"));
    KITS.put("bctls, FIPS", new Kit("provider-bcjsse-fips", "bcjsse.fips.BctlsFipsTckTest"));
  }

  /** A class of the kit, the module that has it, and its contracts; empty: all. */
  private record Kit(String module, String type, Set<String> contracts) {
    Kit(String module, String type) {
      this(module, type, Set.of());
    }

    boolean has(String contract) {
      return contracts.isEmpty() || contracts.contains(contract);
    }

    /** Where it is recorded: as this module's own kits would be, whatever build this is. */
    Path record(Path root) {
      Path here = root.resolve("tls-cli");
      Path folder = here.relativize(Path.of(System.getProperty("tlsport.tck.record")));
      return root.resolve(module).resolve(folder).resolve("io.tlsport.provider." + type);
    }
  }

  private final Map<String, List<Map<String, ?>>> files = new LinkedHashMap<>();

  private RecordedKits() {}

  /** Reads those of the source tree at {@code root}. */
  static RecordedKits read(Path root) throws IOException {
    RecordedKits recorded = new RecordedKits();
    for (Map.Entry<String, Kit> kit : KITS.entrySet()) {
      Path folder = kit.getValue().record(root);
      List<Map<String, ?>> contracts = new ArrayList<>();
      if (Files.isDirectory(folder)) {
        try (Stream<Path> list = Files.list(folder)) {
          for (Path file : list.sorted().toList()) {
            contracts.add(JsonTree.object(Files.readString(file)));
          }
        }
      }
      recorded.files.put(kit.getKey(), contracts);
    }
    return recorded;
  }

  /** The titles of the columns. */
  List<String> columns() {
    return List.copyOf(files.keySet());
  }

  /** The contracts that are not recorded for every column, each with its column. */
  Set<String> missing(Set<String> contracts) {
    Set<String> missing = new TreeSet<>();
    files.forEach(
        (column, recorded) -> {
          Kit kit = Objects.requireNonNull(KITS.get(column));
          Set<String> here = new TreeSet<>(contracts);
          here.removeIf(contract -> !kit.has(contract));
          recorded.forEach(file -> here.remove(JsonTree.text(file, "contract")));
          here.forEach(contract -> missing.add(column + " " + contract));
        });
    return missing;
  }

  /** The feature versions of Java that they ran on. */
  Set<Integer> javas() {
    Set<Integer> javas = new TreeSet<>();
    files.values().stream()
        .flatMap(List::stream)
        .forEach(file -> javas.add(Runtime.Version.parse(JsonTree.text(file, "jvm")).feature()));
    return javas;
  }

  /** What each does with each rule of these contracts. */
  List<RuleOutcome> outcomes(Set<String> contracts) {
    List<RuleOutcome> outcomes = new ArrayList<>();
    files.forEach(
        (column, recorded) -> {
          List<Map<?, ?>> tests = new ArrayList<>();
          for (Map<String, ?> file : recorded) {
            if (contracts.contains(JsonTree.text(file, "contract"))) {
              tests.addAll(JsonTree.objects(file, "results"));
            }
          }
          outcomes.addAll(RuleOutcome.of(column, tests));
        });
    return outcomes;
  }
}
