package io.tlsport.provider.conscrypt;

import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.jsse.JsseContexts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The contexts of servers. BoringSSL resumes whatever the context has made, for any host and, in
 * TLS 1.3, at any age: so each host has a context of its own, and none is used for longer than a
 * session is good for. Safe for any number of threads.
 */
final class ConscryptServerContexts {
  /** Clients choose the names: whoever sends many of them costs others a full handshake. */
  private static final int MOST = 1000;

  private final ContextSpec spec;
  private final JsseContexts contexts;
  private final Map<Use, Aging> inUse =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Use, Aging> eldest) {
          return size() > MOST;
        }
      };

  private record Use(Optional<Identity> identity, Optional<String> host) {}

  private record Aging(SSLContext context, Instant born) {}

  ConscryptServerContexts(ContextSpec spec, JsseContexts contexts) {
    this.spec = spec;
    this.contexts = contexts;
  }

  /** The context for an engine that is made now. */
  synchronized SSLContext of(EngineSpec engine) {
    Instant now = spec.clock().instant();
    Use use = new Use(engine.identity(), engine.sni());
    Aging aging = inUse.get(use);
    if (aging == null
        || now.isBefore(aging.born())
        || !now.isBefore(aging.born().plus(spec.sessionTimeout()))) {
      aging = new Aging(contexts.fresh(engine.identity()), now);
      inUse.put(use, aging);
    }
    return aging.context();
  }
}
