package io.tlsport.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code providers}: every provider that is known, and what it can do. */
@Command(
    name = "providers",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "the providers, and what each can and cannot do")
final class ProvidersCommand implements Callable<Integer> {
  @Mixin OutputArguments output = new OutputArguments();

  @Option(names = "--provider-internals", description = "as with vendor internals allowed")
  boolean internals;

  @Option(names = "--fips", description = "as on the FIPS class path, in approved mode")
  boolean fips;

  @Option(
      names = {"-v", "--verbose"},
      description = "every capability, with the reason for each no")
  boolean verbose;

  private final Terminal terminal;

  /** The command on that terminal. */
  ProvidersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<ProviderStatus> providers = ProviderStatus.all(internals, fips);
    if (output.json) {
      Events events = output.events(terminal, true);
      providers.forEach(status -> events.emit("provider", status.members()));
    } else {
      new ProviderTable(providers).print(terminal, verbose);
    }
    return ExitStatus.DONE;
  }
}
