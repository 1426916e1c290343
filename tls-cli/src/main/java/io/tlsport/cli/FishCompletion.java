package io.tlsport.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for the fish shell: a line for every command and every option. */
final class FishCompletion {
  private static final String COMPLETE = "complete -c tls";

  private FishCompletion() {}

  /** The script for that program. */
  static String of(CommandLine program) {
    StringBuilder script =
        new StringBuilder("# Completion of tls for fish: tls completion fish | source\n");
    for (OptionSpec option : program.getCommandSpec().options()) {
      script.append(line("__fish_use_subcommand", option));
    }
    for (Map.Entry<String, CommandLine> command : program.getSubcommands().entrySet()) {
      CommandSpec spec = command.getValue().getCommandSpec();
      script
          .append(COMPLETE)
          .append(" -f -n __fish_use_subcommand -a ")
          .append(command.getKey())
          .append(described(spec.usageMessage().description()))
          .append('\n');
      for (OptionSpec option : spec.options()) {
        if (!option.hidden()) {
          script.append(line("'__fish_seen_subcommand_from " + command.getKey() + "'", option));
        }
      }
    }
    return script.toString();
  }

  private static String line(String condition, OptionSpec option) {
    StringBuilder line = new StringBuilder(COMPLETE).append(" -n ").append(condition);
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (option.arity().max() > 0) {
      line.append(candidates(option));
    }
    return line.append(described(option.description())).append('\n').toString();
  }

  /** What may follow: one of a few words, or what fish has for any argument, files. */
  private static String candidates(OptionSpec option) {
    Iterable<String> words = option.completionCandidates();
    if (words == null) {
      return option.arity().min() > 0 ? " -r" : "";
    }
    return (option.arity().min() > 0 ? " -x" : "") + " -a " + quoted(String.join(" ", words));
  }

  private static String described(String... lines) {
    if (lines.length == 0) {
      return "";
    }
    return " -d " + quoted(Ansi.OFF.string(lines[0]));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
