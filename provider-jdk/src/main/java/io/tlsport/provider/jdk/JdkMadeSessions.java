package io.tlsport.provider.jdk;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * When the sessions in a server's cache were made, by the clock of whoever made them: SunJSSE knows
 * the time of the system alone. Holds as many as the cache; the oldest make room, and are gone.
 */
final class JdkMadeSessions {
  /** SunJSSE's own default. */
  private static final int LIMIT = 20_480;

  private final SSLSessionContext cache;
  private final Map<ByteBuffer, Instant> made =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Instant> eldest) {
          return size() > LIMIT;
        }
      };

  JdkMadeSessions(SSLSessionContext cache) {
    this.cache = cache;
  }

  /** The session in the cache; empty if it is gone. */
  Optional<SSLSession> find(byte[] id) {
    return Optional.ofNullable(cache.getSession(id));
  }

  /** Remembers a session; false if it is known already. */
  synchronized boolean add(byte[] id, Instant when) {
    return made.putIfAbsent(ByteBuffer.wrap(id.clone()), when) == null;
  }

  /** Keeps a session that another process made. */
  void keep(SSLSession session, Instant when, SunSessions sessions) {
    add(session.getId(), when);
    sessions.keep(session, cache);
  }

  /** When it was made; empty if that is not known (any more). */
  synchronized Optional<Instant> when(byte[] id) {
    return Optional.ofNullable(made.get(ByteBuffer.wrap(id)));
  }

  /** Forgets a session: no client resumes it. */
  void drop(byte[] id) {
    synchronized (this) {
      made.remove(ByteBuffer.wrap(id));
    }
    find(id).ifPresent(SSLSession::invalidate);
  }

  /** Whether a session of that age is too old, or from the future by more than that. */
  static boolean isStale(Instant made, Instant now, Duration timeout) {
    Duration age = Duration.between(made, now);
    return age.compareTo(timeout) >= 0 || age.compareTo(timeout.negated()) <= 0;
  }
}
