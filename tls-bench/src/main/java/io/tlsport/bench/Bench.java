package io.tlsport.bench;

import io.tlsport.ProtocolVersion;
import io.tlsport.testpki.KeyKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Servers side by side, in one run on one machine, over loopback. Every step ends by itself. Not
 * safe for several threads.
 */
public final class Bench implements AutoCloseable {
  private static final double NANOS_PER_MILLI = 1_000_000;

  /** What a server does first. */
  private static final Row FIRST =
      new Row(Work.CONNECT, ProtocolVersion.TLS_1_3, KeyKind.EC_P256, 1);

  private final Plan plan;
  private final Consumer<String> progress;
  private final Identities identities = new Identities();
  private final String otherProvider;
  private final Clients clients;
  private final List<Contestant> contestants = new ArrayList<>();
  private final List<Contestant.Absent> absent = new ArrayList<>();

  /**
   * A bench on which nothing runs yet.
   *
   * @param providers of ours that are measured
   * @param peers with whom they are compared
   * @param otherProvider what the other end runs on, such as all clients of servers; it costs those
   *     who are measured nothing, so the fastest is best
   * @param progress told what runs
   */
  public Bench(
      List<String> providers,
      Set<Peer> peers,
      String otherProvider,
      Plan plan,
      Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
    this.otherProvider = otherProvider;
    this.clients = new Clients(otherProvider, identities);
    for (Contestant contestant : Contestant.all(providers, peers)) {
      Optional<String> reason = contestant.absence();
      if (reason.isEmpty()) {
        contestants.add(contestant);
      } else {
        absent.add(new Contestant.Absent(contestant, reason.get()));
      }
    }
  }

  /** Everybody who is measured. */
  public List<Contestant> contestants() {
    return List.copyOf(contestants);
  }

  /** Everybody who is not, and why. */
  public List<Contestant.Absent> absent() {
    return List.copyOf(absent);
  }

  /** Where and on what this runs, a fact a line. */
  public static List<String> environment() {
    return Versions.lines();
  }

  /** How long those rows may take on a machine that does nothing else. */
  public Duration estimate(List<Row> rows) {
    long nanos = 0;
    for (Row row : rows) {
      for (Contestant contestant : contestants) {
        if (contestant.refusal(row).isEmpty()) {
          nanos += plan.nanos(contestant);
        }
      }
    }
    return Duration.ofNanos(nanos);
  }

  /** Measures a row. */
  public RowResult measure(Row row) {
    return measure(row, contestants);
  }

  /** Measures a row of servers of ours. */
  public RowResult measureOurs(Row row) {
    return measure(
        row, contestants.stream().filter(one -> one.kind() == Contestant.Kind.TLSPORT).toList());
  }

  private RowResult measure(Row row, List<Contestant> chosen) {
    List<Cell> cells = new ArrayList<>();
    Map<String, String> missing = new LinkedHashMap<>();
    try {
      for (Contestant contestant : chosen) {
        Optional<String> refusal = contestant.refusal(row);
        if (refusal.isPresent()) {
          missing.put(contestant.name(), refusal.get());
        } else {
          start(contestant, row, cells, missing);
        }
      }
      return new Rounds(row, plan, cells, missing).run();
    } finally {
      cells.forEach(Cell::close);
    }
  }

  private void start(
      Contestant contestant, Row row, List<Cell> cells, Map<String, String> missing) {
    try {
      if (row.isOfClients()) {
        ClientLoad load = new ClientLoad(contestant, otherProvider, row, identities);
        cells.add(new Cell(contestant, load.client(), load, row.work().perOperation()));
        return;
      }
      MeasuredServer server = contestant.start(row, identities);
      try {
        Load load =
            row.work().connects()
                ? new ConnectLoad(clients, row, server.port())
                : new FlowLoad(clients, row, server.port());
        cells.add(new Cell(contestant, server, load, row.work().perOperation()));
      } catch (RuntimeException failed) {
        server.close();
        throw failed;
      }
    } catch (RuntimeException failed) {
      missing.put(contestant.name(), "failed: " + failed.getMessage());
    }
  }

  // --- in processes of their own

  /** What connections cost that do nothing. */
  public List<IdleCost> idle() {
    List<IdleCost> costs = new ArrayList<>();
    for (Contestant contestant : inProcesses()) {
      progress.accept("idle connections, " + contestant.name());
      try {
        costs.add(idle(contestant, plan.idle()));
      } catch (RuntimeException failed) {
        progress.accept(contestant.name() + " failed: " + failed.getMessage());
      }
    }
    return costs;
  }

  IdleCost idle(Contestant contestant, int connections) {
    Child child = new Child(command(contestant, Row.flow(Work.ECHO, 1), List.of()));
    try {
      int port = (int) child.awaits("PORT");
      return IdleCost.of(contestant, child, port, clients, connections);
    } finally {
      child.kill();
    }
  }

  // --- growth

  /** Data over ever more connections. */
  public static List<Row> growing() {
    return Stream.of(1, 10, 100, 1_000)
        .flatMap(count -> Stream.of(Row.flow(Work.DOWN, count), Row.flow(Work.UP, count)))
        .toList();
  }

  /** Ever more connections that do nothing, to servers of ours. */
  public List<IdleCost> idle(List<Integer> counts) {
    List<IdleCost> costs = new ArrayList<>();
    for (Contestant contestant : inProcesses()) {
      for (int count : counts) {
        if (contestant.kind() == Contestant.Kind.TLSPORT) {
          progress.accept(count + " connections, " + contestant.name());
          try {
            costs.add(idle(contestant, count));
          } catch (RuntimeException failed) {
            progress.accept(contestant.name() + " failed: " + failed.getMessage());
          }
        }
      }
    }
    return costs;
  }

  /** Servers with ever more contexts. */
  public List<Hosts> hosts(List<Integer> counts) {
    List<Hosts> hosts = new ArrayList<>();
    for (Contestant contestant : contestants) {
      // Contexts of accelerated handshakes are those of their provider.
      if (contestant.kind() == Contestant.Kind.TLSPORT && !contestant.hasOwnJvm()) {
        progress.accept(counts + " contexts, " + contestant.name());
        try {
          hosts.addAll(Hosts.measure(contestant.provider(), counts, identities, clients, plan));
        } catch (RuntimeException failed) {
          progress.accept(contestant.name() + " failed: " + failed.getMessage());
        }
      }
    }
    return hosts;
  }

  private List<Contestant> inProcesses() {
    return Child.isPossible()
        ? contestants.stream().filter(one -> one.kind() != Contestant.Kind.OPENSSL).toList()
        : List.of();
  }

  private List<String> command(Contestant contestant, Row row, List<String> options) {
    return contestant.kind() == Contestant.Kind.NODE
        ? ProcessServer.nodeCommand(row, identities, "")
        : PeerProgram.command(contestant, row, identities, options, "");
  }

  /** How long servers take from their start to their first connection. */
  public List<Startup> startups() {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    Map<String, String> peers = new LinkedHashMap<>();
    for (Contestant contestant : inProcesses()) {
      commands.put(contestant.name(), command(contestant, FIRST, List.of()));
      if (contestant.kind() == Contestant.Kind.TLSPORT) {
        String archived = contestant.name() + ", archived classes";
        archived(contestant).ifPresent(command -> commands.put(archived, command));
        contestants.stream()
            .filter(peer -> peer.isSslHandlerOf(contestant))
            .forEach(
                peer -> {
                  peers.put(contestant.name(), peer.name());
                  peers.put(archived, peer.name());
                });
      }
    }
    return startups(commands, peers);
  }

  Startup startup(Contestant contestant) {
    return startups(Map.of(contestant.name(), command(contestant, FIRST, List.of())), Map.of())
        .get(0);
  }

  private List<Startup> startups(Map<String, List<String>> commands, Map<String, String> peers) {
    Map<String, List<Start>> starts = new LinkedHashMap<>();
    for (int i = 1; i <= plan.starts(); i++) {
      String round = "start " + i + " of " + plan.starts() + ", ";
      commands.forEach(
          (name, command) -> {
            progress.accept(round + name);
            starts.computeIfAbsent(name, unknown -> new ArrayList<>()).add(start(command));
          });
    }
    return starts.entrySet().stream()
        .map(
            entry ->
                new Startup(
                    entry.getKey(),
                    Spread.of(entry.getValue().stream().map(Start::wall).toList()),
                    Spread.of(entry.getValue().stream().map(Start::cpu).toList()),
                    Optional.ofNullable(peers.get(entry.getKey()))
                        .map(starts::get)
                        .map(peer -> part(entry.getValue(), peer))))
        .toList();
  }

  private static Spread part(List<Start> ours, List<Start> peers) {
    return Spread.of(
        IntStream.range(0, ours.size())
            .mapToObj(i -> ours.get(i).wall() / peers.get(i).wall())
            .toList());
  }

  private record Start(double wall, double cpu) {}

  private Start start(List<String> command) {
    long begin = System.nanoTime();
    Child child = new Child(command);
    try {
      new ConnectLoad(clients, FIRST, (int) child.awaits("PORT")).once();
      long wall = System.nanoTime() - begin;
      return new Start(wall / NANOS_PER_MILLI, child.cpuNanos() / NANOS_PER_MILLI);
    } finally {
      child.kill();
    }
  }

  /** The same with what the JVM keeps of its classes from a run before. */
  private Optional<List<String>> archived(Contestant contestant) {
    progress.accept("archive of " + contestant.name());
    Path archive = identities.folder().resolve(contestant.engine() + ".jsa");
    boolean aot = Runtime.version().feature() >= 25;
    Child child =
        new Child(
            command(
                contestant,
                FIRST,
                List.of((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive)));
    try {
      new ConnectLoad(clients, FIRST, (int) child.awaits("PORT")).once();
    } finally {
      child.close();
    }
    return Files.exists(archive)
        ? Optional.of(
            command(
                contestant,
                FIRST,
                List.of((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive)))
        : Optional.empty();
  }

  @Override
  public void close() {
    clients.close();
    identities.close();
  }
}
