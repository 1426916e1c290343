package io.tlsport.core.policy.session;

import io.tlsport.ClientSessionCache;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Session;
import io.tlsport.SessionStatistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sessions of clients, by server. Strictly the least recently used go first; it is small enough
 * for one lock.
 */
public final class DefaultClientSessionCache implements ClientSessionCache {
  /** TLS 1.3 allows seven days and TLS 1.2 advises one (RFC 5246, Appendix F.1.4). */
  static final Duration LONGEST = Duration.ofHours(24);

  /** Of one server: no server with many connections puts all others out. */
  static final int MOST_OF_ONE = 8;

  private final SessionOrigin owner;
  private final int maxSessions;
  private final InstantSource clock;
  private final SessionCounts counts = new SessionCounts();
  private final Map<ServerKey, Deque<Kept>> servers = new LinkedHashMap<>(16, 0.75f, true);
  private int size;

  private record Kept(Session session, boolean singleUse, Instant made) {}

  /**
   * An empty cache.
   *
   * @param owner whose sessions it has
   * @throws ConfigurationException if there is no such size ({@link ErrorCode#ERR_OUT_OF_RANGE})
   */
  public DefaultClientSessionCache(SessionOrigin owner, int maxSessions, InstantSource clock) {
    if (maxSessions < 1 || maxSessions > MOST_SESSIONS) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "maxSessions must be 1 to " + MOST_SESSIONS + ", got " + maxSessions);
    }
    this.owner = owner;
    this.maxSessions = maxSessions;
    this.clock = clock;
  }

  @Override
  public int maxSessions() {
    return maxSessions;
  }

  @Override
  public synchronized int size() {
    return size;
  }

  @Override
  public SessionStatistics statistics() {
    return counts.snapshot();
  }

  @Override
  public synchronized void clear() {
    servers.clear();
    size = 0;
  }

  /** Whether its sessions are of that runtime. */
  public boolean isOf(SessionOrigin runtime) {
    return runtime.accepts(owner);
  }

  /** A connection is secure, by a session of an earlier one or not. */
  void secured(boolean resumed) {
    counts.secured(resumed);
  }

  /** The newest for that server; one that is good for a single use is taken out. */
  synchronized Optional<Session> take(ServerKey server) {
    Instant oldest = clock.instant().minus(LONGEST);
    remove(server, kept -> kept.made().isBefore(oldest));
    Optional<Kept> newest = Optional.ofNullable(servers.get(server)).map(Deque::getFirst);
    counts.asked();
    counts.answered(newest.isPresent());
    newest.ifPresent(kept -> offered(server, kept.session()));
    return newest.map(Kept::session);
  }

  /** A session is offered to that server: one that is good for a single use is there no more. */
  synchronized void offered(ServerKey server, Session session) {
    remove(server, kept -> kept.singleUse() && kept.session().equals(session));
  }

  /** Keeps a session that was just made; several of one server only if each is good once. */
  synchronized void keep(ServerKey server, Session session, boolean singleUse) {
    remove(server, kept -> !singleUse || !kept.singleUse() || kept.session().equals(session));
    Deque<Kept> kept = servers.computeIfAbsent(server, none -> new ArrayDeque<>());
    kept.addFirst(new Kept(session, singleUse, clock.instant()));
    counts.created();
    size++;
    if (kept.size() > MOST_OF_ONE) {
      removeOldest(server, kept);
    }
    if (size > maxSessions) {
      Map.Entry<ServerKey, Deque<Kept>> eldest = servers.entrySet().iterator().next();
      removeOldest(eldest.getKey(), eldest.getValue());
    }
  }

  /** Forgets a session of that server, if it is still there. */
  synchronized void drop(ServerKey server, Session session) {
    remove(server, kept -> kept.session().equals(session));
  }

  private void removeOldest(ServerKey server, Deque<Kept> kept) {
    Kept oldest = kept.getLast();
    remove(server, oldest::equals);
  }

  /** The only way out, but for {@link #clear}: no server stays that has nothing. */
  private void remove(ServerKey server, Predicate<Kept> unwanted) {
    Deque<Kept> kept = servers.get(server);
    if (kept == null) {
      return;
    }
    int before = kept.size();
    kept.removeIf(unwanted);
    size -= before - kept.size();
    if (kept.isEmpty()) {
      servers.remove(server);
    }
  }
}
