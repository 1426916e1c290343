package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that never stops to ask for renegotiations: how many handshakes that starts. What they
 * cost and when the connection is closed is measured beside, and printed.
 */
@Timeout(120)
class RenegotiationFloodTest {
  private static final int HELLOS = 1_000;
  private static final int LIMIT = 3;

  /** A connection is over long before; it was seen within some milliseconds. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** A server, and what its two threads have computed. */
  private static final class Flooded implements AutoCloseable {
    private final ExecutorService handshakes = Executors.newSingleThreadExecutor();
    private final BlockingQueue<TLSSocket> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<TlsException> errors = new LinkedBlockingQueue<>();
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicLongArray threads = new AtomicLongArray(2);
    private final Tls tls;
    private final Server server;
    private final int port;

    Flooded(String provider) throws Exception {
      threads.set(0, handshakes.submit(() -> Thread.currentThread().getId()).get());
      tls =
          Tls.builder()
              .provider(provider)
              .eventLoops(1)
              .handshakeExecutor(
                  job -> {
                    jobs.incrementAndGet();
                    handshakes.execute(job);
                  })
              .build();
      TestIdentity identity = Identities.server(KeyKind.EC_P256);
      server =
          tls.createServer(
              ServerOptions.builder()
                  .context(
                      c ->
                          c.key(identity.key())
                              .cert(identity.chain())
                              .maxVersion(ProtocolVersion.TLS_1_2))
                  .build(),
              this::secured);
      server.onConnection(socket -> threads.set(1, Thread.currentThread().getId()));
      port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
      connect().close();
    }

    private void secured(TLSSocket socket) {
      socket.onRenegotiation(count -> begun.incrementAndGet());
      socket.onError(
          error -> {
            // A client that is just closed is no news.
            if (error.code() != ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING
                && error.code() != ErrorCode.ECONNRESET) {
              errors.add(error);
            }
          });
      accepted.add(socket);
    }

    /** Nanoseconds of both threads. */
    long cpu() {
      ThreadMXBean threadTimes = ManagementFactory.getThreadMXBean();
      return threadTimes.getThreadCpuTime(threads.get(0))
          + threadTimes.getThreadCpuTime(threads.get(1));
    }

    BareClient connect() throws IOException {
      BareClient client = BareClient.connect(port, true);
      Patience.take(accepted, "secureConnection");
      return client;
    }

    @Override
    public void close() {
      server.close();
      Patience.await(server.closed(), "the server to be closed");
      tls.close();
      handshakes.shutdown();
    }
  }

  /** What one connection that floods has cost. */
  private record Cost(long cpu, long afterTheLimit, Duration untilClosed, int jobs) {}

  private static Cost flood(Flooded flooded, int granted, ErrorCode code) throws IOException {
    long cpu = flooded.cpu();
    try (BareClient client = flooded.connect()) {
      for (int i = 0; i < granted; i++) {
        client.renegotiate();
      }
      flooded.begun.set(0);
      flooded.jobs.set(0);
      long before = flooded.cpu();
      long start = System.nanoTime();
      try {
        client.flood(HELLOS);
      } catch (IOException cutOff) {
        // The server does not wait until everything is said.
      }
      client.awaitClose();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertEquals(code, Patience.take(flooded.errors, "the server's error").code());
      long after = flooded.cpu();
      return new Cost(after - cpu, after - before, took, flooded.jobs.get());
    }
  }

  /** Four connections, one full handshake each. */
  private static long fourHandshakes(Flooded flooded) throws IOException {
    long cpu = flooded.cpu();
    for (int i = 0; i < 1 + LIMIT; i++) {
      flooded.connect().close();
    }
    return flooded.cpu() - cpu;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "bctls"})
  void theFourthStartsNoHandshake(String provider) throws Exception {
    measure(provider, LIMIT, ErrorCode.ERR_TLS_SESSION_ATTACK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conscrypt", "bcjsse"})
  void theFirstStartsNoHandshake(String provider) throws Exception {
    measure(provider, 0, ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED);
  }

  private static void measure(String provider, int granted, ErrorCode code) throws Exception {
    int rounds = Integer.getInteger("tlsport.flood.rounds", 3);
    long[] handshakes = new long[rounds];
    long[] floods = new long[rounds];
    long[] after = new long[rounds];
    long[] closed = new long[rounds];
    try (Flooded flooded = new Flooded(provider)) {
      for (int i = 0; i < rounds; i++) {
        handshakes[i] = fourHandshakes(flooded);
        Cost cost = flood(flooded, granted, code);
        assertTrue(cost.jobs() <= 1, () -> "jobs after the limit: " + cost.jobs());
        assertEquals(granted == 0 ? 0 : 1, flooded.begun.get());
        assertTrue(cost.untilClosed().compareTo(SOON) < 0, () -> "closed after " + cost);
        floods[i] = cost.cpu();
        after[i] = cost.afterTheLimit();
        closed[i] = cost.untilClosed().toNanos();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: 4 full handshakes %.2f ms of CPU, a connection that floods %.2f ms, %.2f of them after the"
            + " limit; closed after %.1f ms (medians of %d)%n",
        provider,
        median(handshakes),
        median(floods),
        median(after),
        median(closed),
        rounds);
  }

  private static double median(long[] nanos) {
    List<Long> sorted = Arrays.stream(nanos).sorted().boxed().toList();
    return sorted.get(sorted.size() / 2) / 1e6;
  }
}
