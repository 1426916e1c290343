package io.tlsport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command whose name is taken and whose work is not there yet: it says so, and nothing else. */
@Command(hidden = true)
final class LaterCommand implements Callable<Integer> {
  @Unmatched List<String> ignored = new ArrayList<>();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Terminal terminal;

  /** The command on that terminal. */
  LaterCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.note(spec.name() + " is not there yet; tls --help lists the commands that are");
    return ExitStatus.USAGE;
  }
}
