package io.tlsport.cli;

import io.tlsport.ConnectOptions;
import io.tlsport.SecureContext;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Clients that come back with the session they have, each time to the next server. */
final class FleetClients {
  private static final int THREADS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The servers have nothing to say when a client ends. */
  private static final Duration END = Duration.ofMillis(20);

  private final Tls tls;
  private final SecureContext context;
  private final List<Integer> ports;
  private final List<@Nullable Session> sessions = new ArrayList<>();
  private int rounds;

  /**
   * What became of some visits.
   *
   * @param connections how many there were
   * @param resumed how many of them resumed a session
   * @param failed how many failed
   */
  record Count(int connections, int resumed, int failed) {
    /** Of those that did not fail. */
    double rate() {
      return connections == failed ? 0 : (double) resumed / (connections - failed);
    }

    private Count and(Count more) {
      return new Count(
          connections + more.connections, resumed + more.resumed, failed + more.failed);
    }
  }

  /** Clients without a session. */
  FleetClients(Tls tls, SecureContext context, List<Integer> ports, int clients) {
    this.tls = tls;
    this.context = context;
    this.ports = List.copyOf(ports);
    for (int i = 0; i < clients; i++) {
      sessions.add(null);
    }
  }

  /** Every client connects {@code least} times, and goes on until {@code enough}. */
  Count visit(int least, BooleanSupplier enough) throws InterruptedException {
    Count count = new Count(0, 0, 0);
    for (int round = 0; round < least || !enough.getAsBoolean(); round++) {
      count = count.and(round());
    }
    return count;
  }

  private Count round() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Count>> visits = new ArrayList<>();
      for (int i = 0; i < sessions.size(); i++) {
        int client = i;
        int port = ports.get((client + rounds) % ports.size());
        visits.add(threads.submit(() -> visit(client, port)));
      }
      rounds++;
      Count count = new Count(0, 0, 0);
      for (Future<Count> visit : visits) {
        count = count.and(visit.get());
      }
      return count;
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken);
    } finally {
      threads.shutdown();
    }
  }

  private Count visit(int client, int port) throws InterruptedException {
    Session session = sessions.get(client);
    ConnectOptions.Builder options =
        ConnectOptions.builder()
            .host("127.0.0.1")
            .port(port)
            .servername("localhost")
            .closeTimeout(END)
            .secureContext(context);
    if (session != null) {
      options.session(session);
    }
    TLSSocket socket = tls.connect(options.build());
    AtomicReference<Optional<Session>> newest = new AtomicReference<>(Optional.ofNullable(session));
    socket.onSession(made -> newest.set(Optional.of(made)));
    try {
      await(socket.secured().toCompletableFuture());
      boolean resumed = socket.sessionReused();
      socket.outputStream().write('?');
      int answer = socket.inputStream().read();
      sessions.set(client, newest.get().orElse(null));
      await(socket.end().toCompletableFuture());
      return new Count(1, resumed ? 1 : 0, answer == '?' ? 0 : 1);
    } catch (IOException | TlsException | ExecutionException | TimeoutException failed) {
      return new Count(1, 0, 1);
    } finally {
      socket.destroy();
    }
  }

  private static void await(CompletableFuture<?> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    stage.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
