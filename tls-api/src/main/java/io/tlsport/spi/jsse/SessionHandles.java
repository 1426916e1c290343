package io.tlsport.spi.jsse;

import io.tlsport.Session;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What clients of one provider object can resume, where the engine shows no bytes of it: an
 * application holds a handle. Those that were not used for longest make room for others. Safe for
 * any number of threads.
 *
 * @param <T> what resumes a session
 */
public final class SessionHandles<T> {
  private static final int MOST = 1000;

  private final Map<Long, T> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
          return size() > MOST;
        }
      };
  private long last;

  /** No session so far. */
  public SessionHandles() {}

  /** A handle for a session: what {@link io.tlsport.spi.EngineEvents#session} is told. */
  public synchronized byte[] add(T session) {
    last++;
    kept.put(last, session);
    return ByteBuffer.allocate(Long.BYTES).putLong(last).array();
  }

  /** What that handle stands for; empty if it is not kept any more, or is no handle. */
  public synchronized Optional<T> find(Session handle) {
    byte[] bytes = handle.export();
    return bytes.length == Long.BYTES
        ? Optional.ofNullable(kept.get(ByteBuffer.wrap(bytes).getLong()))
        : Optional.empty();
  }
}
