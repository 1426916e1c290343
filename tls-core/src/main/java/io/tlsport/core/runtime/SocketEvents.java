package io.tlsport.core.runtime;

import io.tlsport.Address;
import io.tlsport.AuthorizationError;
import io.tlsport.HandshakeException;
import io.tlsport.PeerCertificate;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;
import io.tlsport.core.engine.DriverEvents;
import io.tlsport.core.engine.Handshake;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the driver of a socket tells, in the order in which others learn of it: those who wait for
 * it, observers, the owner, listeners.
 */
final class SocketEvents implements DriverEvents {
  final OnceEvent secure;
  final OnceEvent end;
  final OnceEvent close;
  private final OnceEvent error;
  final Event<Optional<byte[]>> ocsp = new Event<>();
  private final Event<Session> session = new Event<>();
  final Event<Integer> renegotiation = new Event<>();
  final Event<DefaultSocket> renegotiated = new Event<>();
  final Event<DefaultSocket> drain = new Event<>();
  final CompletableFuture<TLSSocket> secured = new CompletableFuture<>();
  final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final DefaultSocket socket;
  private final SocketHost.Owner owner;
  private final List<TlsListener> observers;
  private final Callbacks callbacks;
  private final SocketInput input;
  private final IdleTimer idle;
  private volatile @Nullable Handshake first;
  private volatile @Nullable Handshake handshake;
  private volatile @Nullable PeerCertificate peerCertificate;
  private volatile @Nullable AuthorizationError authorizationError;
  private volatile @Nullable TlsException failure;
  private volatile @Nullable Session newestTold;
  private volatile boolean over;

  SocketEvents(
      DefaultSocket socket,
      SocketHost.Owner owner,
      List<TlsListener> observers,
      Callbacks callbacks,
      SocketInput input,
      IdleTimer idle) {
    this.socket = socket;
    this.owner = owner;
    this.observers = observers;
    this.callbacks = callbacks;
    this.input = input;
    this.idle = idle;
    this.secure = new OnceEvent(callbacks);
    this.end = new OnceEvent(callbacks);
    this.close = new OnceEvent(callbacks);
    this.error = new OnceEvent(callbacks);
  }

  /** What was negotiated and judged; null before. */
  @Nullable Handshake handshake() {
    return handshake;
  }

  /** The handshake that chose the application protocol, which no later one changes. */
  @Nullable Handshake first() {
    return first;
  }

  /** The peer's certificate; null if it sent none. */
  @Nullable PeerCertificate peerCertificate() {
    return peerCertificate;
  }

  /** Why the peer is not trusted; null if it is, or if nobody asked. */
  @Nullable AuthorizationError authorizationError() {
    return authorizationError;
  }

  /** Adds a listener of the error; one that comes too late is called at once. */
  void onError(Consumer<TlsException> listener) {
    error.add(
        () -> {
          TlsException happened = failure;
          if (happened != null) {
            listener.accept(happened);
          }
        });
  }

  /**
   * Adds a listener of sessions; one that comes too late is told the newest. As a callback: no
   * session comes between.
   */
  void onSession(Consumer<Session> listener) {
    session.add(listener);
    Session told = newestTold;
    if (told != null) {
      listener.accept(told);
    }
  }

  /** Tells a session that a client got. As a callback. */
  void session(Session made) {
    newestTold = made;
    session.emit(made);
  }

  /** True once the connection is gone. */
  boolean over() {
    return over;
  }

  @Override
  public void proxied(Address client) {
    socket.proxied(client);
  }

  @Override
  public void secure(Handshake finished) {
    first = finished;
    take(finished);
    // First: who waits for it may connect again at once.
    socket.keepSessions(finished);
    callbacks.run(() -> secured.complete(socket));
    observe(observer -> observer.secured(socket));
    owner.secured(socket);
    secure.fire();
    socket.tellSessions();
  }

  private void take(Handshake finished) {
    handshake = finished;
    authorizationError = finished.verdict().error().orElse(null);
    peerCertificate =
        finished.negotiated().peerChain().isEmpty()
            ? null
            : socket.shown(finished.negotiated().peerChain());
    idle.touch();
  }

  @Override
  public void renegotiation(int count) {
    callbacks.run(() -> renegotiation.emit(count));
  }

  @Override
  public void renegotiated(Handshake finished) {
    take(finished);
    observe(observer -> observer.renegotiated(socket));
    callbacks.run(() -> renegotiated.emit(socket));
  }

  @Override
  public void data(ByteBuffer plaintext) {
    idle.touch();
    input.data(plaintext);
  }

  @Override
  public void end() {
    input.end(null);
    end.fire();
  }

  @Override
  public void error(TlsException thrown) {
    boolean before = handshake == null;
    TlsException happened = socket.described(before ? socket.located(thrown) : thrown);
    if (before) {
      socket.dropSession();
    }
    if (happened instanceof HandshakeException refusal
        && (before || refusal.authorizationError().isPresent())) {
      peerCertificate = refusal.peerCertificate().orElse(null);
      authorizationError = refusal.authorizationError().orElse(null);
    }
    callbacks.run(() -> secured.completeExceptionally(happened));
    input.end(happened);
    observe(observer -> observer.failed(socket, happened));
    if (!(before && owner.failedBeforeSecure(socket, happened))) {
      failure = happened;
      error.fire();
    }
  }

  @Override
  public void closed() {
    over = true;
    idle.stop();
    callbacks.run(
        () -> {
          if (!secured.isDone()) {
            secured.completeExceptionally(DefaultSocket.destroyed());
          }
        });
    input.end(socket.closedCleanly() ? null : DefaultSocket.destroyed());
    observe(observer -> observer.closed(socket));
    owner.closed(socket);
    // A thread that still computes a handshake may get a session behind it.
    callbacks.run(session::stop);
    close.fire();
    callbacks.run(() -> closed.complete(null));
  }

  private void observe(Consumer<TlsListener> told) {
    Observers.tell(observers, told);
  }
}
