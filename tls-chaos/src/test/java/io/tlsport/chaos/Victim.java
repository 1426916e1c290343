package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Blame;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.OpenSockets;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.TestIdentity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server of one provider under attack, which echoes. Every row demands the same of it: it serves
 * others meanwhile and afterwards, each connection fails once and by a typed error, and nothing of
 * those that attacked is left.
 */
final class Victim implements AutoCloseable {
  /** What docs/hardening.md recommends is 10 s. */
  static final Duration HANDSHAKE = Duration.ofSeconds(1);

  /** How long a friend may take on a machine that does other things too. */
  private static final Duration FRIEND = Duration.ofSeconds(5);

  private static final Duration CLEAN = Duration.ofSeconds(5);
  private static final byte[] PING = {'p', 'i', 'n', 'g'};

  private final Tls tls;
  private final Tls friends;
  private final Server server;
  private final int port;
  private final int socketsBefore;
  private final List<TlsException> clientErrors = new CopyOnWriteArrayList<>();
  private final List<TlsException> errors = new CopyOnWriteArrayList<>();
  private final AtomicInteger drops = new AtomicInteger();

  private Victim(
      String provider,
      Consumer<ServerOptions.Builder> options,
      Consumer<Tls.Builder> settings,
      Consumer<TLSSocket> application) {
    Tls.Builder builder = Tls.builder().provider(provider);
    settings.accept(builder);
    this.tls = builder.build();
    this.friends = Tls.builder().provider("jdk").build();
    TestIdentity identity = Identities.server();
    ServerOptions.Builder serving =
        ServerOptions.builder()
            .handshakeTimeout(HANDSHAKE)
            .context(context -> context.key(identity.key()).cert(identity.chain()));
    options.accept(serving);
    this.server =
        tls.createServer(
            serving.build(),
            socket -> {
              socket.onError(errors::add);
              application.accept(socket);
            });
    server.onClientError((error, socket) -> clientErrors.add(error));
    server.onDrop(address -> drops.incrementAndGet());
    this.port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
    this.socketsBefore = sockets();
  }

  /** A server with the usual options. */
  static Victim of(String provider) {
    return of(provider, options -> {});
  }

  /** A server with those options besides. */
  static Victim of(String provider, Consumer<ServerOptions.Builder> options) {
    return of(provider, options, settings -> {});
  }

  /** A server with those options, of a Tls with those settings. */
  static Victim of(
      String provider, Consumer<ServerOptions.Builder> options, Consumer<Tls.Builder> settings) {
    return of(provider, options, settings, socket -> socket.pipeTo(socket));
  }

  /** A server that does that with its connections. */
  static Victim of(
      String provider,
      Consumer<ServerOptions.Builder> options,
      Consumer<Tls.Builder> settings,
      Consumer<TLSSocket> application) {
    return new Victim(provider, options, settings, application);
  }

  private static int sockets() {
    return OpenSockets.count().orElse(0);
  }

  int port() {
    return port;
  }

  Server server() {
    return server;
  }

  Tls tls() {
    return tls;
  }

  /** Connections that were dropped. */
  int drops() {
    return drops.get();
  }

  // --- friends

  /** A fresh client is served, in good time. */
  Duration serves() {
    long began = System.nanoTime();
    TLSSocket friend =
        friends.connect(
            ConnectOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .servername("localhost")
                .context(context -> context.ca(Identities.ca()))
                .build());
    CompletableFuture<Void> back = new CompletableFuture<>();
    friend.onError(back::completeExceptionally);
    friend.onData(data -> back.complete(null));
    friend.write(ByteBuffer.wrap(PING));
    Patience.await(back, FRIEND, () -> "the echo of a friend");
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    friend.onClose(() -> closed.complete(null));
    friend.end();
    Patience.await(closed, "the end of a friend");
    return took;
  }

  // --- what it tells

  /** So many connections failed in their handshakes, each once; all with that code. */
  void failed(int count, ErrorCode code) {
    awaitAll(clientErrors, count, "clientError");
    for (TlsException error : clientErrors) {
      assertEquals(code, error.code(), error::getMessage);
    }
    assertEquals(List.of(), errors);
  }

  /** So many failed in their handshakes, by whatever is the peer's fault. */
  List<TlsException> failedByPeers(int count) {
    awaitAll(clientErrors, count, "clientError");
    for (TlsException error : clientErrors) {
      assertTrue(
          error.blame() == Blame.PEER || error.blame() == Blame.ENVIRONMENT,
          () -> error.code() + ": " + error.getMessage());
    }
    assertEquals(List.of(), errors);
    return clientErrors;
  }

  /** So many connections failed when they were secure; all with that code. */
  void broke(int count, ErrorCode code) {
    awaitAll(errors, count, "error");
    for (TlsException error : errors) {
      assertEquals(code, error.code(), error::getMessage);
    }
    assertEquals(List.of(), clientErrors);
  }

  /** So many failed in their handshakes, by what a callback of the application did. */
  void failedByCallback(int count) {
    awaitAll(clientErrors, count, "clientError");
    for (TlsException error : clientErrors) {
      assertEquals(Blame.CALLER, error.blame(), () -> error.code() + ": " + error.getMessage());
    }
    assertEquals(List.of(), errors);
  }

  /** So many failed when they were secure, by whatever is the peer's fault. */
  List<TlsException> brokeByPeers(int count) {
    awaitAll(errors, count, "error");
    for (TlsException error : errors) {
      assertEquals(Blame.PEER, error.blame(), () -> error.code() + ": " + error.getMessage());
    }
    assertEquals(List.of(), clientErrors);
    return errors;
  }

  private static void awaitAll(List<TlsException> told, int count, String event) {
    Patience.until(
        () -> told.size() >= count,
        () -> count + " times " + event + ", which came " + told.size() + " times");
    assertEquals(count, told.size(), () -> event + " once for each connection");
  }

  /** Once those that attacked are gone, so are its connections and their sockets. */
  void isFreeAfter(AutoCloseable... attackers) {
    for (AutoCloseable attacker : attackers) {
      try {
        attacker.close();
      } catch (Exception failed) {
        throw new AssertionError(failed);
      }
    }
    assertTrue(
        Patience.holdsWithin(() -> server.connections() == 0, CLEAN),
        () -> server.connections() + " connections are left");
    assertTrue(
        Patience.holdsWithin(() -> sockets() <= socketsBefore, CLEAN),
        () -> "sockets: " + socketsBefore + " before, and now " + sockets());
  }

  /** And it serves, as before. */
  void isWellAfter(AutoCloseable... attackers) {
    isFreeAfter(attackers);
    serves();
  }

  @Override
  public void close() {
    friends.close();
    tls.close();
  }
}
