package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
      arity = "0..1",
      converter = HostPort.Converter.class,
      description = "whom to connect to; an IPv6 address in brackets")
  @Nullable HostPort peer;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description = "a Unix domain socket, in place of HOST:PORT")
  @Nullable String path;

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin ProviderArguments provider = new ProviderArguments();

  @ArgGroup(validate = false, heading = "Identity, trust and algorithms:%n")
  ContextArguments context = new ContextArguments();

  @ArgGroup(validate = false, heading = "Connection:%n")
  ConnectionArguments connection = new ConnectionArguments();

  @ArgGroup(validate = false, heading = "Pre-shared key:%n")
  PskArguments psk = new PskArguments();

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
    ConnectOptions.Builder options = options();
    try (ProviderArguments.Started<IntSupplier> started =
        provider.start(
            terminal, context.policy, connection::apply, tls -> connect(tls, options, events))) {
      return started.made().getAsInt();
    }
  }

  private ConnectOptions.Builder options() {
    ConnectOptions.Builder options = ConnectOptions.builder();
    if (path != null) {
      options.path(path);
    }
    if (peer != null) {
      options.host(peer.host()).port(peer.port());
    } else if (path == null) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "whom to connect to? give HOST:PORT, for example localhost:8000, or --path");
    }
    options.context(context::apply);
    connection.apply(options);
    psk.apply(options);
    client.apply(options);
    return options;
  }

  /** Starts the first connection; the rest of it and all that follow are what is returned. */
  private IntSupplier connect(Tls tls, ConnectOptions.Builder options, Events events) {
    List<Capability> demands = new ArrayList<>(connection.demands());
    demands.addAll(client.demands());
    ProviderArguments.demand(terminal, tls, demands);
    if (client.sessionCache) {
      options.sessionCache(tls.createClientSessionCache());
    }
    ConnectOptions last = options.build();
    if (client.reconnect == 0) {
      return run(tls, last, events, terminal.in())::run;
    }
    ConnectOptions others = client.withoutInput(options);
    ClientRun first = run(tls, others, events, InputStream.nullInputStream());
    return () -> {
      int status = first.run();
      for (int i = 1; i < client.reconnect && status == ExitStatus.DONE; i++) {
        status = run(tls, others, events, InputStream.nullInputStream()).run();
      }
      return status == ExitStatus.DONE ? run(tls, last, events, terminal.in()).run() : status;
    };
  }

  private ClientRun run(Tls tls, ConnectOptions options, Events events, InputStream input) {
    ClientRun.Received received =
        output.json ? ClientRun.dataEvents(events) : terminal.out()::write;
    return new ClientRun(tls.connect(options), events, input, received, client, connection);
  }
}
