package io.tlsport.cli;

import io.tlsport.Address;
import io.tlsport.Server;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A server from its start to its end, told event by event. */
final class ServerRun {
  /** So long a peer may take to answer our end when the server stops: a server waits 3 s for it. */
  private static final long STOP_MILLIS = 4000;

  private final Server server;
  private final Events events;
  private final Service service;
  private final long stopAfter;
  private final Set<TLSSocket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final CompletableFuture<Void> stop;

  /** What is done with a connection that is secure. */
  interface Service {
    /** Takes over the connection of that number; called where its events run. */
    void take(TLSSocket socket, long id);
  }

  /**
   * A server that does not listen yet.
   *
   * @param stopAfter it ends by itself after so many connections; 0: it does not
   * @param stop completed when it is to end
   */
  ServerRun(
      Server server, Events events, Service service, long stopAfter, CompletableFuture<Void> stop) {
    this.server = server;
    this.events = events;
    this.service = service;
    this.stopAfter = stopAfter;
    this.stop = stop;
  }

  /**
   * Listens at that place, and serves until it is told to stop or enough connections were closed.
   */
  void run(String provider, Function<Server, CompletionStage<Address>> place) {
    server
        .onSecureConnection(this::secured)
        .onClientError(this::failed)
        .onDrop(
            peer ->
                events.emit(
                    "drop",
                    Members.of("remoteAddress", peer.address()).with("remotePort", peer.port())));
    Address bound = Waiting.on(place.apply(server));
    server.onError(error -> events.emit("error", ConnectionMembers.failure(error)));
    events.emit(
        "listening",
        Members.of("address", bound.address())
            .with("family", bound.family())
            .with("port", bound.port())
            .with("provider", provider));
    stop.join();
    endConnections();
    events.emit("serverClose", Members.none());
  }

  private void secured(TLSSocket socket) {
    long id = number(socket);
    events.emit(
        "secureConnection",
        Members.of("id", id)
            .with(ConnectionMembers.remote(socket))
            .with(ConnectionMembers.verdict(socket))
            .with("servername", ConnectionMembers.orFalse(socket.servername()))
            .with(ConnectionMembers.protocols(socket))
            .with(ConnectionMembers.security(socket)));
    socket.onError(
        error -> events.emit("error", Members.of("id", id).with(ConnectionMembers.failure(error))));
    socket.onEnd(() -> events.emit("end", Members.of("id", id)));
    socket.onClose(() -> closed(socket, id));
    service.take(socket, id);
  }

  private void failed(TlsException error, TLSSocket socket) {
    long id = number(socket);
    events.emit(
        "clientError",
        Members.of("id", id)
            .with(ConnectionMembers.failure(error))
            .with(ConnectionMembers.remote(socket)));
    socket.onClose(() -> closed(socket, id));
  }

  private long number(TLSSocket socket) {
    open.add(socket);
    return lastId.incrementAndGet();
  }

  private void closed(TLSSocket socket, long id) {
    events.emit(
        "close",
        Members.of("id", id)
            .with("bytesRead", socket.bytesRead())
            .with("bytesWritten", socket.bytesWritten())
            .with("encryptedBytesRead", socket.encryptedBytesRead())
            .with("encryptedBytesWritten", socket.encryptedBytesWritten())
            .with("cleanly", socket.closedCleanly()));
    open.remove(socket);
    if (closed.incrementAndGet() == stopAfter) {
      stop.complete(null);
    }
  }

  /** Ends what is there, destroys what does not end, and waits until all of it was told. */
  private void endConnections() {
    server.close();
    CompletableFuture<Void> gone = server.closed().toCompletableFuture();
    open.forEach(socket -> socket.end().exceptionally(Told::elsewhere));
    if (!within(gone)) {
      open.forEach(TLSSocket::destroy);
      within(gone);
    }
    within(
        CompletableFuture.allOf(
            open.stream()
                .map(socket -> socket.closed().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new)));
  }

  private static boolean within(CompletableFuture<Void> future) {
    return future
        .thenApply(done -> true)
        .completeOnTimeout(false, STOP_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }
}
