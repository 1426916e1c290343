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
import io.tlsport.spi.jsse.KeyLogEngine;
import io.tlsport.spi.jsse.PeerChecks;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** Engines of SunJSSE. */
final class JdkEngineContext implements EngineContext {
  /** Every status that is stapled has one: those of long ago make room, with their sessions. */
  private static final int MOST_CONTEXTS = 32;

  private final ContextSpec spec;
  private final Shared shared;
  private final JdkServerSessions serverSessions;
  private final Optional<JdkTickets> tickets;
  private final Map<Use, JdkContext> contexts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Use, JdkContext> eldest) {
          return size() > MOST_CONTEXTS;
        }
      };

  private record Use(Optional<Identity> identity, JdkStatus status) {}

  /**
   * What all contexts of a provider object have in common.
   *
   * @param contexts those of SunJSSE
   * @param clientSessions what its clients can resume
   * @param checks whom trust managers show what peers send
   * @param jca for digests
   * @param shown sessions as bytes, where they can be read
   */
  record Shared(
      JdkContexts contexts,
      JdkClientSessions clientSessions,
      PeerChecks checks,
      JcaServices jca,
      Optional<SunSessions> shown) {}

  JdkEngineContext(ContextSpec spec, Shared shared) {
    this.spec = spec;
    this.shared = shared;
    this.serverSessions = new JdkServerSessions(spec, shared.jca(), shared.shown());
    this.tickets =
        spec.role() == Role.SERVER
                && spec.sessions() == SessionMode.TICKETS
                && shared.contexts().takeTicketKeys()
            ? Optional.of(new JdkTickets(spec, shared.jca()))
            : Optional.empty();
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    Use use = new Use(engineSpec.identity(), JdkStatus.of(spec.role(), engineSpec));
    return spec.role() == Role.CLIENT
        ? client(engineSpec, events, context(use))
        : server(engineSpec, events, holding(use, engineSpec).orElseGet(() -> context(use)));
  }

  private synchronized JdkContext context(Use use) {
    JdkContext known = contexts.get(use);
    if (known == null) {
      known = shared.contexts().of(spec, use.identity(), tickets, use.status());
      contexts.put(use, known);
    }
    return known;
  }

  /**
   * The context of another status that has the session which a client resumes. Nothing is stapled
   * when a session is resumed: a status that has changed since is no reason for a full handshake.
   */
  private synchronized Optional<JdkContext> holding(Use use, EngineSpec engineSpec) {
    return engineSpec.offeredSessions().isEmpty()
        ? Optional.empty()
        : contexts.entrySet().stream()
            .filter(other -> other.getKey().identity().equals(use.identity()))
            .map(Map.Entry::getValue)
            .filter(context -> serverSessions.willResume(context.made(), engineSpec))
            .findFirst();
  }

  private TlsEngine client(EngineSpec engineSpec, EngineEvents events, JdkContext own) {
    JdkClientSessions.Line line = shared.clientSessions().line(engineSpec.resumption(), own);
    SSLEngine engine =
        line.context().ssl().createSSLEngine(line.host(), JdkClientSessions.ANY_PORT);
    JdkEngineConfigurer.client(engine, engineSpec);
    return watched(
        engine,
        new JdkClientReports(engine, line, shared.clientSessions(), events),
        line.context().acceleration(),
        engineSpec,
        events,
        own);
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
        own.acceleration(),
        engineSpec,
        events,
        own);
  }

  private TlsEngine watched(
      SSLEngine engine,
      JdkSslEngine.Sessions reports,
      Optional<Acceleration> acceleration,
      EngineSpec engineSpec,
      EngineEvents events,
      JdkContext own) {
    shared.checks().add(engine, events);
    return new JdkEngine(
        new JdkSslEngine(
            engineSpec.keyLog() ? logging(engine, events) : engine, reports, acceleration),
        () -> {
          try {
            shared.checks().remove(engine);
          } finally {
            // Until here SunJSSE may look for the staple.
            Reference.reachabilityFence(own);
          }
        });
  }

  private SSLEngine logging(SSLEngine engine, EngineEvents events) {
    SunSessions sessions = shared.shown().orElseThrow();
    return new KeyLogEngine(engine, () -> sessions.masterSecret(engine.getSession()), events);
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
