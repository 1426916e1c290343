package io.tlsport.provider.conscrypt;

import io.tlsport.Session;
import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.Role;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.PeerChecks;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * Engines of Conscrypt. A client resumes by itself whenever host and port were there before, so
 * that each gets a port that never comes again; by it an engine is also known to the trust manager,
 * which is given another object than this class.
 */
final class ConscryptEngineContext implements EngineContext {
  private final ContextSpec spec;
  private final PeerChecks checks = new PeerChecks(SSLEngine::getPeerPort);
  private final JsseContexts contexts;
  private final ConscryptServerContexts servers;
  private final Map<Optional<Identity>, Client> clients = new ConcurrentHashMap<>();
  private final AtomicInteger nextPort = new AtomicInteger();

  private record Client(SSLContext context, ConscryptClientSessions sessions) {}

  ConscryptEngineContext(
      ContextSpec spec, JsseContexts.Maker maker, Optional<SecureRandom> random) {
    this.spec = spec;
    this.contexts = new JsseContexts(spec, maker, random, checks);
    this.servers = new ConscryptServerContexts(spec, contexts);
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    return spec.role() == Role.CLIENT
        ? client(engineSpec, events)
        : engine(servers.of(engineSpec), nextPort.incrementAndGet(), engineSpec, events, () -> {});
  }

  private TlsEngine client(EngineSpec engineSpec, EngineEvents events) {
    Client client =
        engineSpec.resumption() instanceof Resumption.Use use
            // Conscrypt never forgets what it was offered, as long as its context lives.
            ? fresh(engineSpec.identity(), use.session())
            : clients.computeIfAbsent(engineSpec.identity(), identity -> fresh(identity, null));
    int port = nextPort.incrementAndGet();
    client.sessions().add(port, events);
    return engine(client.context(), port, engineSpec, events, () -> client.sessions().remove(port));
  }

  private Client fresh(Optional<Identity> identity, @Nullable Session offered) {
    SSLContext context = contexts.fresh(identity);
    ConscryptClientSessions sessions = new ConscryptClientSessions(offered);
    Conscrypt.setClientSessionCache(context, sessions);
    return new Client(context, sessions);
  }

  private TlsEngine engine(
      SSLContext context, int port, EngineSpec engineSpec, EngineEvents events, Runnable forget) {
    SSLEngine engine = context.createSSLEngine(engineSpec.sni().orElse("localhost"), port);
    ConscryptEngineConfigurer.configure(engine, spec, engineSpec);
    checks.add(engine, events);
    return new ConscryptEngine(
        engine,
        () -> {
          checks.remove(engine);
          forget.run();
        });
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Conscrypt frees what is shared when the context is collected.
  }
}
