package io.tlsport.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code completion}: a script for a shell. */
@Command(
    name = "completion",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "shell completion, for a line of a shell's start-up file:",
      "  bash, zsh   source <(tls completion bash), or zsh",
      "  fish        tls completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that there is a script for. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash, zsh or fish; default bash, whose script zsh takes, too")
  Shell shell = Shell.BASH;

  @Mixin OutputArguments output = new OutputArguments();

  private final Terminal terminal;

  /** The command on that terminal. */
  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine program = Main.commandLine(terminal);
    terminal.print(
        switch (shell) {
          // The script makes zsh load what bash has for completion before it uses it.
          case BASH, ZSH -> AutoComplete.bash("tls", program);
          case FISH -> FishCompletion.of(program);
        });
    return ExitStatus.DONE;
  }
}
