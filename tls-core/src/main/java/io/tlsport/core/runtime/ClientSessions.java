package io.tlsport.core.runtime;

import io.tlsport.Session;
import io.tlsport.core.policy.session.CachedSessions;
import io.tlsport.core.policy.session.SessionEnvelope;
import io.tlsport.core.policy.session.SessionOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one client connection: the one that it was given or finds in its cache, and those
 * that its engine makes while it works, on whichever thread that is.
 */
final class ClientSessions implements SessionReports {
  private final SessionOrigin origin;
  private final byte[] binding;
  private final Optional<SessionEnvelope> given;
  private final Optional<CachedSessions> cache;
  private final List<Session> untold = new ArrayList<>();
  private @Nullable Consumer<Session> keeper;
  private @Nullable Consumer<Session> listener;
  private byte @Nullable [] ticket;
  private @Nullable Session newest;

  /**
   * Sessions for one host.
   *
   * @param origin this {@code Tls}
   * @param binding digest of what they are good for
   * @param given the application's session
   * @param cache has one in place of that, and takes those that are made
   */
  ClientSessions(
      SessionOrigin origin,
      byte[] binding,
      Optional<SessionEnvelope> given,
      Optional<CachedSessions> cache) {
    this.origin = origin;
    this.binding = binding;
    this.cache = cache;
    cache.ifPresent(kept -> given.map(SessionEnvelope::session).ifPresent(kept::offered));
    this.given = given.or(() -> cache.flatMap(CachedSessions::take).map(SessionEnvelope::of));
  }

  /** What the engine is to offer: never what was made for another host, trust or identity. */
  Optional<Session> offered() {
    return given
        .filter(session -> session.isFor(binding))
        .map(session -> Session.of(session.data()));
  }

  @Override
  public synchronized void ticket(byte[] given) {
    ticket = given.clone();
  }

  @Override
  public synchronized void session(byte[] id, byte[] data, boolean portable) {
    Session made =
        new SessionEnvelope(
                portable ? origin.anywhere() : origin, binding, Optional.ofNullable(ticket), data)
            .session();
    newest = made;
    if (keeper != null) {
      keeper.accept(made);
    }
    if (listener == null) {
      untold.add(made);
    } else {
      listener.accept(made);
    }
  }

  /**
   * The connection is secure: what it makes is worth keeping. Before {@link #tell}.
   *
   * @param resumed it is by a session of an earlier one
   * @param singleUse each is good for one connection
   */
  synchronized void secured(boolean resumed, boolean singleUse) {
    cache.ifPresent(
        kept -> {
          kept.secured(resumed);
          keeper = session -> kept.keep(session, singleUse);
          untold.forEach(keeper);
        });
  }

  /** The connection failed before it was secure: what was offered may be the reason. */
  void failed() {
    cache.ifPresent(kept -> given.map(SessionEnvelope::session).ifPresent(kept::drop));
  }

  /** Tells what was made so far, and what is to come. */
  synchronized void tell(Consumer<Session> told) {
    listener = told;
    untold.forEach(told);
    untold.clear();
  }

  /** The newest, or the one that was resumed. */
  synchronized Optional<Session> current(boolean resumed) {
    return newest != null
        ? Optional.of(newest)
        : given.filter(session -> resumed).map(SessionEnvelope::session);
  }

  /** The ticket of the newest, or of the one that was resumed. */
  synchronized Optional<byte[]> ticket(boolean resumed) {
    return ticket != null
        ? Optional.of(ticket.clone())
        : given.filter(session -> resumed).flatMap(SessionEnvelope::ticket);
  }
}
