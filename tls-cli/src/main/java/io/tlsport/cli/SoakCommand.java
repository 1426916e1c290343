package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soak}: mixed traffic for as long as one likes, and whether anything is lost or left. */
@Command(
    name = "soak",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "mixed traffic, honest and hostile, for a long time: is anything lost or left?")
final class SoakCommand implements Callable<Integer> {
  /** Memory that grows from one tenth of the time to its end has a leak; in minutes it has none. */
  private static final int ENOUGH_FOR_MEMORY_SECONDS = 600;

  private static final double MORE_MEMORY = 1.1;
  private static final int CLEAN_SECONDS = 5;

  /** How often it is looked at. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Of the JVM itself: it opens files when it pleases. */
  private static final int OWN_DESCRIPTORS = 10;

  @Option(names = "--seconds", paramLabel = "N", description = "for each provider; default 3600")
  int seconds = 3600;

  @Option(names = "--clients", paramLabel = "N", description = "at a time; default 12")
  int clients = 12;

  @Option(names = "--heap", paramLabel = "MB", description = "of the server; default 128")
  int heap = 128;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "default: every one that runs here")
  @Nullable String provider;

  @Mixin OutputArguments output = new OutputArguments();

  private final Terminal terminal;
  private final SecureRandom random = new SecureRandom();

  /** The command on that terminal. */
  SoakCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What the server held: when nobody was there, after a tenth, at most, and in the end. */
  private static final class Watch {
    private Optional<ProcessUse> before = Optional.empty();
    private Optional<ProcessUse> tenth = Optional.empty();
    private Optional<ProcessUse> after = Optional.empty();
    private long mostDescriptors;
    private long mostKilobytes;

    void saw(Optional<ProcessUse> use) {
      use.ifPresent(
          now -> {
            mostDescriptors = Math.max(mostDescriptors, now.descriptors());
            mostKilobytes = Math.max(mostKilobytes, now.residentKilobytes());
          });
    }

    boolean descriptorsAreBack() {
      return before.isEmpty()
          || after.isEmpty()
          || after.get().descriptors() <= before.get().descriptors() + OWN_DESCRIPTORS;
    }

    boolean memoryIsSteady(int seconds) {
      return seconds < ENOUGH_FOR_MEMORY_SECONDS
          || tenth.isEmpty()
          || after.isEmpty()
          || after.get().residentKilobytes() <= MORE_MEMORY * tenth.get().residentKilobytes();
    }
  }

  @Override
  public Integer call() throws GeneralSecurityException, IOException, InterruptedException {
    Ranges.require("--seconds", seconds, 1, 1_000_000);
    Ranges.require("--clients", clients, 1, 1000);
    Ranges.require("--heap", heap, 32, 100_000);
    boolean allWell = true;
    try (ThrowAwayCredential credential = ThrowAwayCredential.make()) {
      for (String name : ProviderStatus.usable(provider, false)) {
        List<String> serve = new ArrayList<>(credential.options());
        serve.addAll(List.of("--provider", name, "--handshake-timeout", "10000"));
        allWell &= run(name, serve, credential.authority());
      }
    }
    return allWell ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private boolean run(String name, List<String> serve, Pem authority)
      throws IOException, InterruptedException {
    SoakCount count = new SoakCount();
    Watch watch = new Watch();
    try (Tls tls =
            Tls.builder()
                .provider(name)
                .allowPartial(Capability.SESSION_RESUMPTION)
                .allowPartial(Capability.RENEGOTIATION)
                .build();
        ServerProcess server = ServerProcess.start(serve, List.of("-Xmx" + heap + "m"))) {
      int port = server.port();
      List<SoakTraffic> kinds = kinds(tls);
      SecureContext context = context(tls, authority, ProtocolVersion.TLS_1_3);
      SecureContext oldContext = context(tls, authority, ProtocolVersion.TLS_1_2);
      watch.before = ProcessUse.of(server.pid());
      try (SoakClients traffic = new SoakClients(tls, context, oldContext, port, kinds, count)) {
        traffic.start(clients, random.nextLong());
        watched(name, server, count, watch);
      }
      back(server, watch);
      boolean well =
          server.isAlive()
              && count.failed() == 0
              && watch.descriptorsAreBack()
              && watch.memoryIsSteady(seconds);
      report(name, kinds, count, watch, server, well);
      return well;
    }
  }

  private static List<SoakTraffic> kinds(Tls tls) {
    List<SoakTraffic> kinds = new ArrayList<>(List.of(SoakTraffic.values()));
    if (!tls.capabilities().of(Capability.RENEGOTIATION).covers(ProtocolVersion.TLS_1_2)) {
      kinds.remove(SoakTraffic.RENEGOTIATED);
    }
    return kinds;
  }

  private static SecureContext context(Tls tls, Pem authority, ProtocolVersion newest) {
    return tls.createSecureContext(
        SecureContextOptions.builder().ca(authority).maxVersion(newest).build());
  }

  private void watched(String name, ServerProcess server, SoakCount count, Watch watch)
      throws InterruptedException {
    Progress progress = Progress.of(terminal);
    long began = System.nanoTime();
    for (long passed = 0; passed < seconds && !server.endsWithin(LOOK); ) {
      passed = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      Optional<ProcessUse> use = ProcessUse.of(server.pid());
      watch.saw(use);
      if (watch.tenth.isEmpty() && passed * 10 >= seconds) {
        watch.tenth = use;
      }
      progress.tell(
          name, passed + " of " + seconds + " s, " + count.connections() + " connections");
    }
    progress.clear();
  }

  /** What the clients held is free again within seconds, or it is not. */
  private static void back(ServerProcess server, Watch watch) throws InterruptedException {
    watch.after = ProcessUse.of(server.pid());
    for (int i = 0;
        i < CLEAN_SECONDS && !watch.descriptorsAreBack() && !server.endsWithin(LOOK);
        i++) {
      watch.after = ProcessUse.of(server.pid());
    }
  }

  // --- the report

  private void report(
      String name,
      List<SoakTraffic> kinds,
      SoakCount count,
      Watch watch,
      ServerProcess server,
      boolean well) {
    if (output.json) {
      Members members =
          Members.of("provider", name)
              .with("seconds", seconds)
              .with("connections", count.connections())
              .with("failed", count.failed())
              .with("bytes", count.bytes())
              .with("p50Ms", count.milliseconds(0.5))
              .with("p99Ms", count.milliseconds(0.99))
              .with("failures", count.failures())
              .with("serverErrors", server.errors());
      watch.tenth.ifPresent(use -> members.with("tenthKilobytes", use.residentKilobytes()));
      watch.before.ifPresent(use -> members.with("descriptorsBefore", use.descriptors()));
      watch.after.ifPresent(
          use ->
              members
                  .with("kilobytes", use.residentKilobytes())
                  .with("descriptors", use.descriptors()));
      output.events(terminal, true).emit("soak", members.with("ok", well));
      return;
    }
    TextTable table = new TextTable(name, "connections", "failed");
    for (SoakTraffic kind : SoakTraffic.values()) {
      table.row(
          kind.name().toLowerCase(Locale.ROOT),
          kinds.contains(kind) ? Long.toString(count.connections(kind)) : "not possible",
          Long.toString(count.failed(kind)));
    }
    terminal.print(table.toString());
    terminal.print(
        String.format(
            Locale.ROOT,
            "  secure within %.1f ms (half), %.1f ms (99 %%); %d bytes came back as they left%n",
            count.milliseconds(0.5),
            count.milliseconds(0.99),
            count.bytes()));
    terminal.print(
        "  server: "
            + watch.before.map(use -> use.descriptors() + " descriptors before, ").orElse("")
            + watch.mostDescriptors
            + " at most, "
            + watch.after.map(use -> use.descriptors() + " after; ").orElse("")
            + watch
                .tenth
                .map(use -> use.residentKilobytes() / 1024 + " MB after a tenth, ")
                .orElse("")
            + watch.mostKilobytes / 1024
            + " MB at most, "
            + watch.after.map(use -> use.residentKilobytes() / 1024 + " MB at the end").orElse("")
            + "\n");
    server.errors().forEach((code, times) -> terminal.print("  " + code + ": " + times + "\n"));
    count.failures().forEach((why, times) -> terminal.note(name + ": " + why + ": " + times));
    terminal.print(well ? "  well\n\n" : "  NOT WELL\n\n");
  }
}
