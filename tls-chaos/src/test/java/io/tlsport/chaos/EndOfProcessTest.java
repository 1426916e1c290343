package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawPeer;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose process ends under load, by SIGTERM or by SIGKILL. */
@Timeout(60)
class EndOfProcessTest {
  private static final int CLIENTS = 8;
  private static final int REQUESTS = 32;
  private static final int BUSY = 50;
  private static final byte[] TICKET_KEY = new byte[48];

  static {
    Arrays.fill(TICKET_KEY, (byte) 7);
  }

  @TempDir Path folder;

  private final Tls tls = Tls.builder().provider("jdk").build();

  @AfterEach
  void close() {
    tls.close();
  }

  private static ConnectOptions.Builder to(int port) {
    return ConnectOptions.builder()
        .host("127.0.0.1")
        .port(port)
        .servername("localhost")
        .context(context -> context.ca(Identities.ca()));
  }

  /** A client that has requests in flight all the time. */
  private static final class Client {
    private final TLSSocket socket;
    private final int localPort;
    private final AtomicLong received = new AtomicLong();
    private final CompletableFuture<Void> busy = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final List<TlsException> errors = new CopyOnWriteArrayList<>();

    Client(Tls tls, int port) {
      socket = tls.connect(to(port).build());
      socket.onError(errors::add);
      socket.onClose(() -> closed.complete(null));
      CompletableFuture<Void> ended = new CompletableFuture<>();
      socket.onEnd(() -> ended.complete(null));
      socket.onData(
          data -> {
            long before = received.getAndAdd(data.remaining()) / StoppingTarget.ANSWER;
            int answers = (int) (received.get() / StoppingTarget.ANSWER - before);
            if (received.get() > (long) BUSY * REQUESTS * StoppingTarget.ANSWER) {
              busy.complete(null);
            }
            if (answers > 0 && !ended.isDone()) {
              socket.write(new byte[answers]).exceptionally(late -> null);
            }
          });
      Patience.await(socket.secured(), "a client to be secure");
      localPort = socket.localPort();
      socket.write(new byte[REQUESTS]);
    }
  }

  /**
   * Every byte that a client was answered arrives, and then a clean end; also with a silent peer.
   */
  @EachProvider
  void sigtermUnderLoadLosesNothingThatWasAnswered(String provider) throws IOException {
    try (TargetProcess target = TargetProcess.stopping(folder, provider, Optional.empty());
        RawPeer silent = RawPeer.connect(target.port())) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Client(tls, target.port()));
      }
      clients.forEach(client -> Patience.await(client.busy, "every client to be busy"));

      target.terminate();

      clients.forEach(client -> Patience.await(client.closed, "the end of a client"));
      Map<Integer, Long> answered = new HashMap<>();
      for (String line : target.rest()) {
        int space = line.indexOf(' ');
        answered.put(
            Integer.valueOf(line.substring(0, space)), Long.valueOf(line.substring(space + 1)));
      }
      for (Client client : clients) {
        assertEquals(List.of(), client.errors);
        assertTrue(client.socket.closedCleanly(), "no close_notify");
        assertEquals(answered.get(client.localPort), client.received.get(), () -> "of " + answered);
      }
      assertTrue(Patience.holdsWithin(() -> !target.isAlive(), Patience.NORMAL), target::errors);
      assertArrayEquals(new byte[0], silent.readAll(), "a silent peer is told nothing");
    }
  }

  private static Session session(TLSSocket socket, CompletableFuture<Session> made) {
    socket.onError(made::completeExceptionally);
    socket.onSession(made::complete);
    return Patience.await(made, "a session");
  }

  private TLSSocket connect(int port, Optional<Session> session) {
    ConnectOptions.Builder options =
        to(port).context(context -> context.maxVersion(ProtocolVersion.TLS_1_2));
    session.ifPresent(options::session);
    return tls.connect(options.build());
  }

  /** Those that keep ticket keys without internals of the JDK: up to TLS 1.2. */
  @Test
  void afterSigkillClientsResumeByTheSameTicketKey() throws IOException {
    Path ticketKey = Files.write(folder.resolve("ticket.key"), TICKET_KEY);
    Session kept;
    try (TargetProcess first = TargetProcess.stopping(folder, "bctls", Optional.of(ticketKey))) {
      TLSSocket socket = connect(first.port(), Optional.empty());
      kept = session(socket, new CompletableFuture<>());
      Patience.await(socket.secured(), "the first handshake");
      assertFalse(socket.sessionReused());
      CompletableFuture<Void> closed = new CompletableFuture<>();
      socket.onClose(() -> closed.complete(null));
      first.kill();
      Patience.await(closed, "the client to notice");
    }
    try (TargetProcess second = TargetProcess.stopping(folder, "bctls", Optional.of(ticketKey))) {
      TLSSocket socket = connect(second.port(), Optional.of(kept));
      socket.onError(error -> {});
      Patience.await(socket.secured(), "the handshake with the second process");
      assertTrue(socket.sessionReused());
      socket.destroy();
    }
  }

  /** Others refuse a ticket key by its name, before anything listens. */
  @EachProvider
  void ticketKeysAreHeldOrRefusedByName(String provider) {
    TestIdentity identity = Identities.server();
    ServerOptions options =
        ServerOptions.builder()
            .context(
                context ->
                    context
                        .key(identity.key())
                        .cert(identity.chain())
                        .ticketKey(TICKET_KEY)
                        .maxVersion(ProtocolVersion.TLS_1_2))
            .build();
    try (Tls server = Tls.builder().provider(provider).build()) {
      if (server.capabilities().supports(Capability.TICKET_KEYS)) {
        server.createServer(options).close();
        return;
      }
      UnsupportedFeatureException refused =
          assertThrows(UnsupportedFeatureException.class, () -> server.createServer(options));
      assertEquals(Capability.TICKET_KEYS, refused.capability());
      assertEquals(provider, refused.provider());
    }
  }
}
