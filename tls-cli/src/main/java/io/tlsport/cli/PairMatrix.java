package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every provider as server and as client of every other, by real handshakes over loopback. What a
 * cell has to come to follows from what both sides declare: it works, or it is refused for what one
 * of them lacks; one that works although it is declared not to is a failure, too.
 */
final class PairMatrix implements AutoCloseable {
  private static final int AT_ONCE = 4;
  private static final int SESSION_SECONDS = 5;
  private static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private final Map<String, PairSide> sides = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Map<PairKey, PairIdentities> identities = new EnumMap<>(PairKey.class);

  /** Starts every provider of these that runs here. */
  PairMatrix(List<ProviderStatus> providers, InstantSource clock, boolean internals, boolean fips) {
    for (PairKey key : PairKey.values()) {
      identities.put(key, PairIdentities.make(key, clock));
    }
    for (ProviderStatus provider : providers) {
      String name = provider.info().name();
      if (provider.unavailable().isPresent()) {
        absent.put(name, provider.unavailable().get());
      } else {
        Tls.Builder builder = Tls.builder().provider(name).internals(internals);
        sides.put(
            name,
            new PairSide(
                name, provider.capabilities(), (fips ? builder.requireFips() : builder).build()));
      }
    }
  }

  /** How many cells there are. */
  int size() {
    return groups().stream().mapToInt(List::size).sum();
  }

  /** Tries everything; {@code done} hears of each cell. */
  List<PairCell> run(Consumer<PairCell> done) throws InterruptedException {
    return run(trial -> true, done);
  }

  /** Tries what is chosen, several servers at once; {@code done} hears of each cell. */
  List<PairCell> run(Predicate<PairTrial> chosen, Consumer<PairCell> done)
      throws InterruptedException {
    List<Callable<List<PairCell>>> groups =
        groups().stream()
            .map(group -> group.stream().filter(chosen).toList())
            .filter(group -> !group.isEmpty())
            .map(group -> (Callable<List<PairCell>>) () -> cells(group, done))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<PairCell> cells = new ArrayList<>();
      for (Future<List<PairCell>> group : threads.invokeAll(groups)) {
        cells.addAll(group.get());
      }
      return cells;
    } catch (ExecutionException broken) {
      throw new IllegalStateException("pairs could not be tried", broken.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** All trials, those of one server together. */
  private List<List<PairTrial>> groups() {
    List<String> names = Stream.of(sides, absent).flatMap(map -> map.keySet().stream()).toList();
    List<List<PairTrial>> groups = new ArrayList<>();
    for (String server : names) {
      for (ProtocolVersion version : VERSIONS) {
        for (PairKey key : PairKey.values()) {
          List<PairTrial> group = new ArrayList<>();
          for (String client : names) {
            for (PairFeature feature : PairFeature.values()) {
              group.add(new PairTrial(server, client, version, key, feature));
            }
          }
          groups.add(group);
        }
      }
    }
    return groups;
  }

  private List<PairCell> cells(List<PairTrial> group, Consumer<PairCell> done)
      throws ExecutionException, TimeoutException, InterruptedException {
    PairTrial first = group.get(0);
    if (absent.containsKey(first.server())) {
      return group.stream().map(trial -> tell(absent(trial, trial.server()), done)).toList();
    }
    PairServers servers =
        new PairServers(side(first.server()), first.version(), identities(first.key()));
    List<PairCell> cells = new ArrayList<>();
    for (PairTrial trial : group) {
      cells.add(tell(cell(trial, servers), done));
    }
    servers.end();
    return cells;
  }

  private synchronized PairCell tell(PairCell cell, Consumer<PairCell> done) {
    done.accept(cell);
    return cell;
  }

  private PairCell absent(PairTrial trial, String provider) {
    return trial.cell(Verdict.REFUSED, String.valueOf(absent.get(provider)));
  }

  private PairCell cell(PairTrial trial, PairServers servers) throws InterruptedException {
    if (absent.containsKey(trial.client())) {
      return absent(trial, trial.client());
    }
    List<PairLack> lacks = lacks(trial);
    try {
      List<PairLack> tickets = ticketless(trial);
      boolean able = lacks.isEmpty() && tickets.isEmpty();
      Optional<String> wrong = connect(trial, servers.of(trial.feature()), able);
      if (wrong.isEmpty()) {
        return lacks.isEmpty()
            ? trial.cell(Verdict.OK, "")
            : trial.cell(Verdict.FAILED, "it works, but " + lacks.get(0).sentence());
      }
      return Stream.concat(lacks.stream(), tickets.stream())
          .findFirst()
          .map(lack -> trial.cell(Verdict.REFUSED, lack.sentence()))
          .orElseGet(() -> trial.cell(Verdict.FAILED, wrong.get()));
    } catch (ExecutionException failed) {
      return failed(trial, lacks, failed.getCause());
    } catch (TlsException failed) {
      return failed(trial, lacks, failed);
    } catch (TimeoutException late) {
      return trial.cell(Verdict.FAILED, PairConnection.late());
    }
  }

  /** A server whose tickets have keys may resume by them alone: in TLS 1.2 not all clients can. */
  private List<PairLack> ticketless(PairTrial trial) {
    boolean tickets =
        trial.feature().again()
            && trial.version() == ProtocolVersion.TLS_1_2
            && side(trial.server()).lack(Capability.TICKET_KEYS, trial.version()).isEmpty();
    return tickets
        ? side(trial.client()).lack(Capability.SESSION_TICKET, trial.version()).stream().toList()
        : List.of();
  }

  private static PairCell failed(
      PairTrial trial, List<PairLack> lacks, @Nullable Throwable failure) {
    return lacks.stream()
        .filter(lack -> lack.explains(failure))
        .findFirst()
        .map(lack -> trial.cell(Verdict.REFUSED, lack.sentence()))
        .orElseGet(() -> trial.cell(Verdict.FAILED, String.valueOf(failure)));
  }

  /** What either side says that it cannot do, whatever the other can. */
  private List<PairLack> lacks(PairTrial trial) {
    PairFeature feature = trial.feature();
    PairIdentities made = identities(trial.key());
    List<PairLack> lacks = new ArrayList<>();
    if (!feature.isOf(trial.version())) {
      lacks.add(new PairLack("", Optional.empty(), trial.version().id() + " has none"));
    }
    lacks.addAll(side(trial.server()).lacks(trial.key(), trial.version(), PairFeature.ECHO, made));
    lacks.addAll(side(trial.client()).lacks(trial.key(), trial.version(), feature, made));
    feature
        .ofServer()
        .flatMap(need -> side(trial.server()).lack(need, trial.version()))
        .ifPresent(lacks::add);
    feature
        .ofClient()
        .flatMap(need -> side(trial.client()).lack(need, trial.version()))
        .ifPresent(lacks::add);
    return lacks;
  }

  private PairSide side(String provider) {
    PairSide side = sides.get(provider);
    if (side == null) {
      throw new IllegalStateException(provider + " was not started");
    }
    return side;
  }

  private PairIdentities identities(PairKey key) {
    PairIdentities found = identities.get(key);
    if (found == null) {
      throw new IllegalStateException("no identities of " + key);
    }
    return found;
  }

  private Optional<String> connect(PairTrial trial, PairServer server, boolean able)
      throws ExecutionException, TimeoutException, InterruptedException {
    ConnectOptions.Builder options = options(trial, server);
    if (trial.feature().again()) {
      Optional<Session> session = first(trial, server, able);
      if (session.isEmpty()) {
        return Optional.of("the first connection brought no session");
      }
      options.session(session.get());
    }
    PairIdentities made = identities(trial.key());
    trial.feature().client(options, made);
    options.context(c -> trial.feature().client(c, made));
    TLSSocket client = side(trial.client()).tls().connect(options.build());
    CompletableFuture<Optional<byte[]>> staple = new CompletableFuture<>();
    client.onOcspResponse(staple::complete);
    try {
      PairConnection.within(client.secured());
      PairConnection connection = new PairConnection(client, server.peerOf(client), staple, made);
      Optional<String> wrong = trial.feature().wrong(connection);
      if (wrong.isPresent()) {
        return wrong;
      }
      return PairConnection.echoes(client, trial.feature().bytes())
          ? connection.disagreement(trial.version())
          : Optional.of("no echo");
    } finally {
      client.destroy();
    }
  }

  /** A session comes with the handshake, or in TLS 1.3 with the server's first data or later. */
  private Optional<Session> first(PairTrial trial, PairServer server, boolean wait)
      throws ExecutionException, TimeoutException, InterruptedException {
    TLSSocket client = side(trial.client()).tls().connect(options(trial, server).build());
    CompletableFuture<Session> told = new CompletableFuture<>();
    client.onSession(told::complete);
    try {
      PairConnection.within(client.secured());
      if (!PairConnection.echoes(client, trial.feature().bytes())) {
        return Optional.empty();
      }
      return wait ? Optional.of(told.get(SESSION_SECONDS, TimeUnit.SECONDS)) : client.session();
    } catch (TimeoutException none) {
      return client.session();
    } finally {
      client.end();
    }
  }

  private ConnectOptions.Builder options(PairTrial trial, PairServer server) {
    PairIdentities made = identities(trial.key());
    return ConnectOptions.builder()
        .host("127.0.0.1")
        .port(server.port())
        .servername("localhost")
        .context(c -> c.ca(made.ca()).minVersion(trial.version()).maxVersion(trial.version()));
  }

  @Override
  public void close() {
    sides.values().forEach(side -> side.tls().close());
  }
}
