package io.tlsport.provider.jdk;

import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Role;
import io.tlsport.spi.ServerSessions;
import io.tlsport.spi.SessionMode;
import io.tlsport.spi.TicketKeys;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.PeerChecks;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** Engines of SunJSSE. */
final class JdkEngineContext implements EngineContext {
  /** SunJSSE looks for sessions where there is a port; which one makes no difference. */
  private static final int ANY_PORT = 1;

  private final ContextSpec spec;
  private final Shared shared;
  private final JdkServerSessions serverSessions;
  private final Optional<JdkTickets> tickets;
  private final Map<Optional<Identity>, JdkContext> contexts = new ConcurrentHashMap<>();

  /**
   * What all contexts of a provider object have in common.
   *
   * @param contexts those of SunJSSE
   * @param clientSessions what its clients can resume
   * @param checks whom trust managers show what peers send
   * @param jca for digests
   */
  record Shared(
      JdkContexts contexts, JdkClientSessions clientSessions, PeerChecks checks, JcaServices jca) {}

  JdkEngineContext(ContextSpec spec, Shared shared) {
    this.spec = spec;
    this.shared = shared;
    this.serverSessions = new JdkServerSessions(spec, shared.jca());
    this.tickets =
        spec.role() == Role.SERVER
                && spec.sessions() == SessionMode.TICKETS
                && shared.contexts().takeTicketKeys()
            ? Optional.of(new JdkTickets(spec, shared.jca()))
            : Optional.empty();
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    JdkContext own =
        contexts.computeIfAbsent(
            engineSpec.identity(), identity -> shared.contexts().of(spec, identity, tickets));
    return spec.role() == Role.CLIENT
        ? client(engineSpec, events, own)
        : server(engineSpec, events, own);
  }

  private TlsEngine client(EngineSpec engineSpec, EngineEvents events, JdkContext own) {
    JdkClientSessions.Line line = shared.clientSessions().line(engineSpec.resumption(), own);
    SSLEngine engine = line.context().ssl().createSSLEngine(line.host(), ANY_PORT);
    JdkEngineConfigurer.client(engine, engineSpec);
    return watched(
        engine, new JdkClientReports(engine, line, shared.clientSessions(), events), events);
  }

  private TlsEngine server(EngineSpec engineSpec, EngineEvents events, JdkContext own) {
    Optional<SSLSession> admitted = serverSessions.admit(own.made(), engineSpec);
    SSLEngine engine = own.ssl().createSSLEngine();
    JdkEngineConfigurer.server(engine, engineSpec, serverSessions.mark(engineSpec.sni()));
    return watched(
        engine,
        new JdkServerReports(
            engine,
            own.made(),
            serverSessions,
            admitted,
            tickets.map(made -> made.of(engine, engineSpec.resumption())),
            events),
        events);
  }

  private TlsEngine watched(SSLEngine engine, JdkSslEngine.Sessions reports, EngineEvents events) {
    shared.checks().add(engine, events);
    return new JdkEngine(new JdkSslEngine(engine, reports), () -> shared.checks().remove(engine));
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    if (type == TicketKeys.class) {
      return tickets.map(type::cast);
    }
    return type == ServerSessions.class
            && spec.role() == Role.SERVER
            && spec.sessions() == SessionMode.STORE
        ? Optional.of(type.cast(serverSessions.outside()))
        : Optional.empty();
  }

  @Override
  public void close() {
    // The garbage collector frees what is shared.
  }
}
