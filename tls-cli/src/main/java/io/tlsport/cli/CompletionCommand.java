package io.tlsport.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code completion}: a script for bash and zsh. */
@Command(
    name = "completion",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "shell completion: source <(tls completion), in bash or zsh")
final class CompletionCommand implements Callable<Integer> {
  @Mixin OutputArguments output = new OutputArguments();

  private final Terminal terminal;

  /** The command on that terminal. */
  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("tls", Main.commandLine(terminal));
    terminal.print(script);
    return ExitStatus.DONE;
  }
}
