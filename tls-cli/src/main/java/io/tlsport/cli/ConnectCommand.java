package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code connect}: a client between standard input and output. */
@Command(
    name = "connect",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "a client: standard input goes to the peer, what it sends to standard output")
final class ConnectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "whom to connect to; an IPv6 address in brackets")
  HostPort peer = new HostPort("localhost", 1);

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin ProviderArguments provider = new ProviderArguments();

  @ArgGroup(validate = false, heading = "Identity, trust and algorithms:%n")
  ContextArguments context = new ContextArguments();

  @ArgGroup(validate = false, heading = "Connection:%n")
  ConnectionArguments connection = new ConnectionArguments();

  @ArgGroup(validate = false, heading = "Client:%n")
  ClientArguments client = new ClientArguments();

  private final Terminal terminal;

  /** The command on that terminal. */
  ConnectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Events events = output.events(terminal, false);
    ConnectOptions options = options();
    try (ProviderArguments.Started<ClientRun> started =
        provider.start(terminal, context.policy, tls -> connect(tls, options, events))) {
      return started.made().run();
    }
  }

  private ConnectOptions options() {
    ConnectOptions.Builder options = ConnectOptions.builder();
    options.host(peer.host()).port(peer.port()).context(context::apply);
    connection.apply(options);
    client.apply(options);
    return options.build();
  }

  private ClientRun connect(Tls tls, ConnectOptions options, Events events) {
    List<Capability> demands = new ArrayList<>(connection.demands());
    demands.addAll(client.demands());
    ProviderArguments.demand(terminal, tls, demands);
    ClientRun.Received received =
        output.json ? ClientRun.dataEvents(events) : terminal.out()::write;
    return new ClientRun(tls.connect(options), events, terminal.in(), received, client, connection);
  }
}
