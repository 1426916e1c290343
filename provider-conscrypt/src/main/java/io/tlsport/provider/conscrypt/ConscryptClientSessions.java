package io.tlsport.provider.conscrypt;

import io.tlsport.Session;
import io.tlsport.spi.EngineEvents;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import org.conscrypt.SSLClientSessionCache;
import org.jspecify.annotations.Nullable;

/**
 * What Conscrypt takes for a cache of sessions by host and port. By its port an engine finds what
 * it was given and nothing else, and what it makes is told to who made it. Safe for any number of
 * threads.
 */
final class ConscryptClientSessions implements SSLClientSessionCache {
  private final Map<Integer, EngineEvents> open = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Session> offered;

  /**
   * A cache.
   *
   * @param offered by its first engine; null: none
   */
  ConscryptClientSessions(@Nullable Session offered) {
    this.offered = new AtomicReference<>(offered);
  }

  /** From now on what the engine of that port makes is told to these. */
  void add(int port, EngineEvents events) {
    open.put(port, events);
  }

  /** Forgets an engine; one that has its port after it stays. */
  void remove(int port, EngineEvents events) {
    open.remove(port, events);
  }

  @Override
  public byte @Nullable [] getSessionData(String host, int port) {
    Session once = offered.getAndSet(null);
    return once == null ? null : once.export();
  }

  @Override
  public void putSessionData(SSLSession session, byte[] data) {
    EngineEvents events = open.get(session.getPeerPort());
    if (events != null) {
      events.session(session.getId(), data, true);
    }
  }
}
