package io.tlsport.provider.bcjsse;

import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Role;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.PeerChecks;
import io.tlsport.spi.jsse.SessionHandles;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jsse.BCExtendedSSLSession;

/**
 * Engines of BC-JSSE. A client without a peer's host resumes nothing of its own accord: they are
 * made so, and given the session that they shall resume.
 */
final class BcjsseEngineContext implements EngineContext {
  private final ContextSpec spec;
  private final BcjsseStaples staples = new BcjsseStaples();
  private final PeerChecks checks = new PeerChecks(engine -> engine, staples::look);
  private final JsseContexts contexts;
  private final Map<Identity, Identity> known;
  private final SessionHandles<BCExtendedSSLSession> clientSessions;
  private final BcjsseServerSessions serverSessions;

  BcjsseEngineContext(
      ContextSpec spec,
      ForeignKeys keys,
      JsseContexts.Maker maker,
      Optional<SecureRandom> random,
      SessionHandles<BCExtendedSSLSession> clientSessions) {
    this.spec = spec;
    this.clientSessions = clientSessions;
    this.serverSessions = new BcjsseServerSessions(spec);
    this.known =
        spec.identities().stream()
            .distinct()
            .collect(Collectors.toMap(Function.identity(), keys::known));
    this.contexts = new JsseContexts(spec, maker, random, checks);
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    SSLContext context =
        contexts.of(engineSpec.identity().map(one -> known.getOrDefault(one, one)));
    SSLEngine engine = context.createSSLEngine();
    BcjsseEngineConfigurer.configure(engine, spec.role(), engineSpec);
    checks.add(engine, events);
    return new BcjsseEngine(
        engine,
        sessions(context, engine, engineSpec, events),
        staples.of(engine, engineSpec),
        () -> {
          checks.remove(engine);
          staples.remove(engine);
        });
  }

  /** Prepares the resumption of a session; what is returned is for the end of the handshake. */
  private Runnable sessions(
      SSLContext context, SSLEngine engine, EngineSpec engineSpec, EngineEvents events) {
    if (spec.role() == Role.SERVER) {
      serverSessions.admit(context.getServerSessionContext(), engineSpec);
      return () -> serverSessions.made(engine.getSession());
    }
    BcjsseClientSession session = BcjsseClientSession.of(clientSessions, engineSpec);
    session.offer(engine);
    return () -> session.tell(engine, events);
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // The garbage collector frees what is shared.
  }
}
