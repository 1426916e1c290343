package io.tlsport.cli;

import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the seed's echo server and client, on every provider. */
@Command(
    name = "demo",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "an echo server and a client for it over loopback, on every provider")
final class DemoCommand implements Callable<Integer> {
  @Mixin OutputArguments output = new OutputArguments();

  @Option(names = "--provider-internals", description = "allow vendor internals")
  boolean internals;

  @Option(names = "--fips", description = "FIPS class path, approved mode only")
  boolean fips;

  private final Terminal terminal;

  /** The command on that terminal. */
  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws GeneralSecurityException {
    CertificateMaker maker = new CertificateMaker(InstantSource.system());
    Credential server = maker.selfSigned(wish(ServeCommand.LOCALHOST, false));
    Credential client = maker.selfSigned(wish(List.of("client"), true));
    EchoDemo demo = new EchoDemo(server, client, internals, fips);
    List<EchoDemo.Outcome> outcomes = new ArrayList<>();
    for (ProviderStatus provider : ProviderStatus.all(internals, fips)) {
      EchoDemo.Outcome outcome = demo.run(provider);
      outcomes.add(outcome);
      if (output.json) {
        output.events(terminal, true).emit("demo", outcome.members());
      }
    }
    if (!output.json) {
      print(outcomes);
    }
    boolean anyRan = outcomes.stream().anyMatch(EchoDemo.Outcome::available);
    boolean noneFailed = outcomes.stream().allMatch(one -> one.ok() || !one.available());
    return anyRan && noneFailed ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static CertificateMaker.Wish wish(List<String> hosts, boolean client) {
    return new CertificateMaker.Wish(KeyType.EC, hosts, client, ServeCommand.THROW_AWAY);
  }

  private void print(List<EchoDemo.Outcome> outcomes) {
    TextTable table =
        new TextTable("provider", "version", "works", "protocol", "cipher", "authorized", "");
    for (EchoDemo.Outcome outcome : outcomes) {
      table.row(
          outcome.provider(),
          outcome.version(),
          outcome.ok() ? "yes" : outcome.available() ? "NO" : "not here",
          outcome.protocol().orElse("-"),
          outcome.cipher().orElse("-"),
          outcome.authorized().map(String::valueOf).orElse("-"),
          outcome.reason().orElse(""));
    }
    terminal.print(table.toString());
  }
}
