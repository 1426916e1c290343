package io.tlsport.core.policy.session;

import io.tlsport.Session;
import java.util.Optional;

/**
 * What a cache has for one server.
 *
 * @param cache has those of other servers too
 * @param server which one it is
 */
public record CachedSessions(DefaultClientSessionCache cache, ServerKey server) {
  /** The newest; one that is good for a single use is taken out. */
  public Optional<Session> take() {
    return cache.take(server);
  }

  /** One is offered that did not come from here: if it is good for a single use, it is gone. */
  public void offered(Session session) {
    cache.offered(server, session);
  }

  /** Keeps one that was just made. */
  public void keep(Session session, boolean singleUse) {
    cache.keep(server, session, singleUse);
  }

  /** A connection to that server is secure, by a session of an earlier one or not. */
  public void secured(boolean resumed) {
    cache.secured(resumed);
  }

  /** Forgets one, if it is still there. */
  public void drop(Session session) {
    cache.drop(server, session);
  }
}
