package io.tlsport.cli;

import io.tlsport.Address;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: a server that reports what happens. */
@Command(
    name = "serve",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "a server; without key, cert or pfx it makes a certificate for localhost")
final class ServeCommand implements Callable<Integer> {
  /** How long a certificate lives that is made for one run. */
  static final Duration THROW_AWAY = Duration.ofDays(7);

  /** Whom a certificate is for that is made for one run. */
  static final List<String> LOCALHOST = List.of("localhost", "127.0.0.1", "::1");

  @Option(names = "--host", paramLabel = "ADDRESS", description = "default 127.0.0.1")
  String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "N", description = "default 0, any free one")
  int port;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description = "a Unix domain socket, in place of host and port")
  @Nullable String path;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ServeMode.Converter.class,
      description = "echo (default), welcome, sink, source:BYTES or http")
  ServeMode mode = new EchoMode("");

  @Option(names = "--stop-after", paramLabel = "N", description = "exit after N closed connections")
  @Nullable Integer stopAfter;

  @Option(
      names = "--reload",
      description = "follow the files of key, cert, pfx, ca and crl, and use what they become")
  boolean reload;

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin ProviderArguments provider = new ProviderArguments();

  @ArgGroup(validate = false, heading = "Identity, trust and algorithms:%n")
  ContextArguments context = new ContextArguments();

  @ArgGroup(validate = false, heading = "Connections:%n")
  ConnectionArguments connection = new ConnectionArguments();

  @ArgGroup(validate = false, heading = "Pre-shared key:%n")
  PskArguments psk = new PskArguments();

  @ArgGroup(validate = false, heading = "Server:%n")
  ServerArguments server = new ServerArguments();

  private final Terminal terminal;

  /** The command on that terminal. */
  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws GeneralSecurityException {
    Ranges.require("--port", port, 0, 65535);
    if (stopAfter != null) {
      Ranges.require("--stop-after", stopAfter, 1, Integer.MAX_VALUE);
    }
    Events events = new BestEffortEvents(output.events(terminal, true), terminal);
    CompletableFuture<Void> stop = new CompletableFuture<>();
    try (StopSignal signal = new StopSignal(() -> stop.complete(null))) {
      serve(options(), events, stop);
      signal.done();
    }
    return ExitStatus.DONE;
  }

  private void serve(ServerOptions.Builder options, Events events, CompletableFuture<Void> stop) {
    try (ProviderArguments.Started<Server> started =
        provider.start(
            terminal,
            context.policy,
            builder ->
                connection.apply(
                    builder.listener(new SharingEvents(events)).listener(new ReloadEvents(events))),
            tls -> create(tls, options, events))) {
      ServerRun.Service service = (socket, id) -> take(socket, id, events);
      new ServerRun(started.made(), events, service, stopAfter == null ? 0 : stopAfter, stop)
          .run(started.tls().provider().name(), this::listen);
    }
  }

  private CompletionStage<Address> listen(Server created) {
    return path == null ? created.listen(port, host) : created.listen(path);
  }

  private void take(TLSSocket socket, long id, Events events) {
    connection.apply(socket);
    ServerRenegotiation.tell(socket, id, events);
    server
        .renegotiation(connection.rejectsUnauthorized())
        .ifPresent(renegotiation -> renegotiation.watch(socket));
    mode.serve(socket);
  }

  private ServerOptions.Builder options() throws GeneralSecurityException {
    ServerOptions.Builder options = ServerOptions.builder();
    mode.prepare(options);
    if (reload) {
      if (!context.hasIdentity()) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            "--reload follows files: give --key and --cert, or --pfx");
      }
    } else {
      options.context(context::apply).context(server::apply);
    }
    if (!context.hasIdentity() && !psk.isGiven()) {
      CertificateMaker maker = new CertificateMaker(InstantSource.system());
      // RSA suits the oldest peers and cipher lists; the FIPS module takes seconds to make one.
      KeyType type = maker.isFips() ? KeyType.EC : KeyType.RSA;
      Credential made =
          maker.selfSigned(new CertificateMaker.Wish(type, LOCALHOST, false, THROW_AWAY));
      options.context(c -> c.key(Pem.of(made.keyPem())).cert(Pem.of(made.certificatePem())));
    }
    connection.apply(options);
    server.apply(options);
    psk.apply(options);
    return options;
  }

  private Server create(Tls tls, ServerOptions.Builder options, Events events) {
    List<Capability> demands = new ArrayList<>(connection.demands());
    demands.addAll(server.demands());
    ProviderArguments.demand(terminal, tls, demands);
    server.hooks(options, events, tls);
    if (reload) {
      options.secureContext(tls.watch(context.files(server::apply)));
    }
    Server created = tls.createServer(options.build());
    server.apply(created, context);
    return created;
  }
}
