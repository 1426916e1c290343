package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tck}: the kit on a provider, without writing code. */
@Command(
    name = "tck",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "the test kit on a provider: one in a jar, or one that is bundled",
    footer = {"", "Exit status: 0 no rule is broken, 1 one is, 4 the provider cannot run here."})
final class TckCommand implements Callable<Integer> {
  private static final int RULE_WIDTH = 100;

  @Mixin OutputArguments output = new OutputArguments();

  @Option(
      names = "--provider-jar",
      paramLabel = "FILE",
      description = "the jar of a provider, which registers its factory as a service")
  Optional<Path> jar = Optional.empty();

  @Option(
      names = "--class-path",
      paramLabel = "PATH",
      description = "what that jar needs besides tlsport: jars and folders")
  Optional<String> classPath = Optional.empty();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "the provider by name: a bundled one, or one of the jar")
  Optional<String> provider = Optional.empty();

  @Mixin KitArguments kit = new KitArguments();

  @Option(
      names = {"-v", "--verbose"},
      description = "the rules that hold, too")
  boolean verbose;

  private final Terminal terminal;
  private final Map<String, List<Map<?, ?>>> tests = new LinkedHashMap<>();
  private final Map<String, String> versions = new LinkedHashMap<>();

  /** The command on that terminal. */
  TckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (jar.isEmpty() && provider.isEmpty()) {
      throw wrong("say which provider: --provider-jar FILE, or --provider NAME");
    }
    Progress progress = Progress.of(terminal);
    KitProgress told = new KitProgress(progress);
    KitJvm jvm = new KitJvm(path(), kit.internals, arguments());
    int status =
        jvm.run(
            line -> {
              told.take(JsonTree.text(line, "provider"), line);
              take(line);
            });
    progress.clear();
    tests.forEach(this::report);
    return status;
  }

  private static ConfigurationException wrong(String sentence) {
    return new ConfigurationException(ErrorCode.ERR_INVALID_ARG_VALUE, sentence);
  }

  private KitClassPath path() {
    List<Path> more = new ArrayList<>();
    if (jar.isPresent()) {
      if (!Files.isRegularFile(jar.get())) {
        throw wrong("--provider-jar: there is no file " + jar.get());
      }
      more.add(jar.get().toAbsolutePath().normalize());
    }
    classPath.ifPresent(
        path -> Arrays.stream(path.split(File.pathSeparator, -1)).map(Path::of).forEach(more::add));
    return KitClassPath.here().with(more);
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(kit.forKit());
    jar.ifPresent(
        file ->
            arguments.addAll(
                List.of("--provider-jar", file.toAbsolutePath().normalize().toString())));
    provider.ifPresent(name -> arguments.addAll(List.of("--provider", name)));
    return arguments;
  }

  private void take(Map<String, @Nullable Object> line) {
    String name = JsonTree.text(line, "provider");
    switch (JsonTree.text(line, "event")) {
      case "kit" -> {
        versions.put(name, JsonTree.text(line, "version"));
        tests.put(name, new ArrayList<>());
      }
      case "result" -> tests.computeIfAbsent(name, any -> new ArrayList<>()).add(line);
      case "error" -> terminal.note(JsonTree.text(line, "message"));
      default -> {
        // The end, and what newer kits say.
      }
    }
    if (output.json) {
      emit(line);
    }
  }

  private void emit(Map<String, @Nullable Object> line) {
    Members members = Members.none();
    line.forEach(
        (name, value) -> {
          if (!name.equals("event")) {
            members.with(name, value);
          }
        });
    new JsonEvents(terminal.out()).emit(JsonTree.text(line, "event"), members);
  }

  private void report(String name, List<Map<?, ?>> results) {
    List<RuleOutcome> outcomes = RuleOutcome.of(name, results);
    if (output.json) {
      JsonEvents events = new JsonEvents(terminal.out());
      outcomes.forEach(outcome -> events.emit("rule", outcome.members()));
      events.emit("tck", counts(name, outcomes));
    } else {
      outcomes.forEach(this::print);
      terminal.print(
          String.format(
              Locale.ROOT,
              "%n%s %s, %d tests: %s%n",
              name,
              versions.getOrDefault(name, ""),
              results.size(),
              sentence(outcomes)));
    }
  }

  private void print(RuleOutcome outcome) {
    if (outcome.verdict() == Verdict.OK && !verbose) {
      return;
    }
    String text = outcome.text();
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%-14s  %-6s  %s%n",
            outcome.words(),
            outcome.rule(),
            text.length() > RULE_WIDTH ? text.substring(0, RULE_WIDTH) + " ..." : text));
    outcome
        .reason()
        .lines()
        .forEach(part -> line.append("                ").append(part).append('\n'));
    terminal.print(line.toString());
  }

  private static long count(List<RuleOutcome> outcomes, Verdict verdict) {
    return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
  }

  private static String sentence(List<RuleOutcome> outcomes) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      parts.add(count(outcomes, verdict) + " " + verdict.word());
    }
    return outcomes.size() + " rules, " + String.join(", ", parts);
  }

  private Members counts(String name, List<RuleOutcome> outcomes) {
    Members members = Members.of("provider", name).with("version", versions.getOrDefault(name, ""));
    for (Verdict verdict : Verdict.values()) {
      members.with(verdict.word(), count(outcomes, verdict));
    }
    return members;
  }
}
