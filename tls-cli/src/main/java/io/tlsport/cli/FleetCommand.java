package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Support;
import io.tlsport.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fleet}: servers in processes of their own that share sessions, and what that is worth. */
@Command(
    name = "fleet",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "servers in several processes, and what share of their clients resumes")
final class FleetCommand implements Callable<Integer> {
  private static final double SHARED = 0.99;
  private static final double NOT_SHARED = 0.2;
  private static final int ROTATIONS = 3;
  private static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  /** How sessions can be shared. */
  private static final List<FleetRun.Sharing> WAYS =
      List.of(FleetRun.Sharing.NOTHING, FleetRun.Sharing.TICKETS, FleetRun.Sharing.STORE);

  @Option(names = "--servers", paramLabel = "N", description = "default 8")
  int serverCount = 8;

  @Option(names = "--clients", paramLabel = "N", description = "default 20")
  int clientCount = 20;

  @Option(
      names = "--visits",
      paramLabel = "N",
      description = "how often each client comes back; default 10")
  int visits = 10;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "default: every one that runs here")
  @Nullable String provider;

  @Option(names = "--provider-internals", description = "allow vendor internals")
  boolean internals;

  @Mixin OutputArguments output = new OutputArguments();

  private final Terminal terminal;
  private final SecureRandom random = new SecureRandom();
  private final TextTable table =
      new TextTable(
          "provider", "version", "shared", "by", "meanwhile", "visits", "resumed", "failed");
  private final Set<String> reasons = new LinkedHashSet<>();
  private boolean asPromised = true;

  /** The command on that terminal. */
  FleetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What all fleets of one provider and version have in common. */
  private record Site(
      String provider,
      ProtocolVersion version,
      Tls tls,
      SecureContext context,
      ThrowAwayCredential credential) {
    Support support(Capability capability) {
      return tls.capabilities().of(capability);
    }
  }

  @Override
  public Integer call() throws GeneralSecurityException, IOException, InterruptedException {
    Ranges.require("--servers", serverCount, 2, 100);
    Ranges.require("--clients", clientCount, 1, 10_000);
    Ranges.require("--visits", visits, 1, 10_000);
    try (ThrowAwayCredential credential = ThrowAwayCredential.make()) {
      for (String name : ProviderStatus.usable(provider, internals)) {
        run(name, credential);
      }
    }
    if (!output.json) {
      terminal.print(table.toString());
      reasons.forEach(reason -> terminal.print(reason + "\n"));
    }
    return asPromised ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private void run(String name, ThrowAwayCredential credential)
      throws IOException, InterruptedException {
    try (Tls tls =
        Tls.builder()
            .provider(name)
            .internals(internals)
            .allowPartial(Capability.SESSION_RESUMPTION)
            .build()) {
      for (ProtocolVersion version : VERSIONS) {
        SecureContext context =
            tls.createSecureContext(
                SecureContextOptions.builder()
                    .ca(credential.authority())
                    .minVersion(version)
                    .maxVersion(version)
                    .build());
        Site site = new Site(name, version, tls, context, credential);
        for (FleetRun.Sharing sharing : WAYS) {
          run(site, sharing);
        }
      }
    }
  }

  private void run(Site site, FleetRun.Sharing sharing) throws IOException, InterruptedException {
    Optional<Capability> lacking =
        sharing.needs().stream()
            .filter(capability -> !site.support(capability).covers(site.version()))
            .findFirst();
    if (lacking.isPresent()) {
      refused(site, sharing, lacking.get());
      return;
    }
    switch (sharing) {
      case NOTHING -> alone(site);
      case TICKETS, SHORT_LIVED_TICKETS -> {
        onOneMachine(site);
        withRedis(site, FleetRun.Sharing.SHORT_LIVED_TICKETS);
        withRedis(site, FleetRun.Sharing.TICKETS);
      }
      case STORE -> withRedis(site, FleetRun.Sharing.STORE);
    }
  }

  private FleetRun start(Site site, FleetRun.Sharing sharing, String place) throws IOException {
    List<String> options = new ArrayList<>(List.of("--provider", site.provider()));
    if (internals) {
      options.add("--provider-internals");
    }
    options.addAll(site.credential().options());
    options.addAll(FleetRun.options(site.version()));
    options.addAll(FleetRun.options(sharing, place));
    return new FleetRun(site.tls(), site.context(), options, serverCount, clientCount);
  }

  // --- what they meet

  private void alone(Site site) throws IOException, InterruptedException {
    try (FleetRun fleet = start(site, FleetRun.Sharing.NOTHING, "")) {
      fleet.first();
      FleetClients.Count count = fleet.visits(visits);
      report(site, FleetRun.Sharing.NOTHING, "-", "-", count, count.rate() < NOT_SHARED);
    }
  }

  private void onOneMachine(Site site) throws IOException, InterruptedException {
    FleetRun.Sharing sharing = FleetRun.Sharing.SHORT_LIVED_TICKETS;
    String place =
        "dir:" + site.credential().folder().resolve("shared-" + site.provider() + site.version());
    try (FleetRun fleet = start(site, sharing, place)) {
      steady(site, fleet, sharing, "dir");
      rotating(site, fleet, sharing, "dir");
    }
  }

  private void withRedis(Site site, FleetRun.Sharing sharing)
      throws IOException, InterruptedException {
    if (!FleetRedis.isInstalled()) {
      terminal.note("redis-server is not installed: no fleet that shares by it");
      return;
    }
    byte[] password = new byte[16];
    random.nextBytes(password);
    try (FleetRedis redis = FleetRedis.start(password);
        FleetRun fleet = start(site, sharing, redis.place())) {
      if (sharing != FleetRun.Sharing.TICKETS) {
        steady(site, fleet, sharing, "redis");
      }
      if (sharing == FleetRun.Sharing.SHORT_LIVED_TICKETS) {
        rotating(site, fleet, sharing, "redis");
        return;
      }
      fleet.first();
      redis.pause();
      failing(site, fleet, sharing, "redis is paused");
      redis.resume();
      failing(site, fleet, sharing, "redis goes on");
      redis.kill();
      failing(site, fleet, sharing, "redis is killed");
      redis.restart();
      failing(site, fleet, sharing, "redis is back, empty");
    }
  }

  private void steady(Site site, FleetRun fleet, FleetRun.Sharing sharing, String by)
      throws InterruptedException {
    fleet.first();
    FleetClients.Count count = fleet.visits(visits);
    report(site, sharing, by, "-", count, count.rate() >= SHARED);
  }

  private void rotating(Site site, FleetRun fleet, FleetRun.Sharing sharing, String by)
      throws InterruptedException {
    int before = fleet.rotations();
    FleetClients.Count count = fleet.visitsUntil(() -> fleet.rotations() >= before + ROTATIONS);
    report(site, sharing, by, ROTATIONS + " rotations", count, count.rate() >= SHARED);
  }

  /**
   * Keys are known by all; of a store only that nothing fails is promised: what is lost is lost.
   */
  private void failing(Site site, FleetRun fleet, FleetRun.Sharing sharing, String meanwhile)
      throws InterruptedException {
    FleetClients.Count count = fleet.visits(visits);
    boolean enough = sharing == FleetRun.Sharing.STORE || count.rate() >= SHARED;
    report(site, sharing, "redis", meanwhile, count, enough);
  }

  /** A provider that cannot is no failure: nothing else was promised of it. */
  private void refused(Site site, FleetRun.Sharing sharing, Capability lacking) {
    String reason = ProviderStatus.reason(site.support(lacking)).orElse("");
    if (output.json) {
      emit(members(site, sharing, "-", "-").with("refused", lacking.name()).with("reason", reason));
    } else {
      table.row(
          site.provider(),
          site.version().toString(),
          sharing.toString(),
          "-",
          "-",
          "-",
          "refused",
          "-");
      reasons.add(site.provider() + " has not " + lacking + ": " + reason);
    }
  }

  private void report(
      Site site,
      FleetRun.Sharing sharing,
      String by,
      String meanwhile,
      FleetClients.Count count,
      boolean enough) {
    boolean promised = enough && count.failed() == 0;
    asPromised &= promised;
    if (output.json) {
      emit(
          members(site, sharing, by, meanwhile)
              .with("visits", count.connections())
              .with("resumed", count.resumed())
              .with("failed", count.failed())
              .with("ok", promised));
    } else {
      table.row(
          site.provider(),
          site.version().toString(),
          sharing.toString(),
          by,
          meanwhile,
          Integer.toString(count.connections()),
          String.format(Locale.ROOT, "%.1f %%", 100 * count.rate()) + (enough ? "" : " (!)"),
          Integer.toString(count.failed()));
    }
  }

  private static Members members(Site site, FleetRun.Sharing sharing, String by, String meanwhile) {
    return Members.of("provider", site.provider())
        .with("version", site.version().toString())
        .with("shared", sharing.toString())
        .with("by", by)
        .with("meanwhile", meanwhile);
  }

  private void emit(Members members) {
    output.events(terminal, true).emit("fleet", members);
  }
}
