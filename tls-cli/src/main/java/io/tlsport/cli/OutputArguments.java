package io.tlsport.cli;

import picocli.CommandLine.Option;

/** How a command speaks. */
final class OutputArguments {
  @Option(names = "--json", description = "speak JSON lines on standard output, one event a line")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  /** Where events go: standard output if they are for a program or {@code onOutput}. */
  Events events(Terminal terminal, boolean onOutput) {
    if (json) {
      return new JsonEvents(terminal.out());
    }
    return new TextEvents(onOutput ? terminal.out() : terminal.err());
  }
}
