package io.tlsport.provider.conscrypt;

import io.tlsport.Session;
import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.Role;
import io.tlsport.spi.ServerSessions;
import io.tlsport.spi.SessionMode;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.KeyLogEngine;
import io.tlsport.spi.jsse.PeerChecks;
import io.tlsport.spi.jsse.SessionHandles;
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
 * that each gets a port that never comes again, unless it is to resume what was made under one.
 */
final class ConscryptEngineContext implements EngineContext {
  /** As many sessions as there can be handles, if servers send two. */
  private static final int CLIENT_SESSIONS = 2000;

  private final ContextSpec spec;
  private final Shared shared;
  private final JsseContexts contexts;
  private final ConscryptServerContexts servers;
  private final ConscryptStoredSessions storedSessions;
  private final Map<Optional<Identity>, Client> clients = new ConcurrentHashMap<>();

  /** A context of clients, and its cache. */
  private record Client(SSLContext context, ConscryptClientSessions sessions) {}

  /** Where Conscrypt keeps what one connection was given to resume it. */
  private record Place(Client client, int port) {}

  /** What the contexts of one provider object have in common. */
  static final class Shared {
    /** The engine that a trust manager is given is another object: its session is the same. */
    private final PeerChecks checks = new PeerChecks(SSLEngine::getSession);

    private final ConscryptPreSharedKeys keys = new ConscryptPreSharedKeys();
    private final SessionHandles<Place> handles = new SessionHandles<>();
    private final AtomicInteger nextPort = new AtomicInteger();
    private final Optional<ConscryptInternals> internals;
    private final Optional<ConscryptCallbacks> callbacks;
    private final Optional<ConscryptSecrets> secrets;
    private final JcaServices jca;

    /**
     * Of a provider.
     *
     * @param internals what shows sessions of clients
     * @param callbacks what lets a store have those of servers
     * @param secrets what shows those of connections
     * @param jca for digests
     */
    Shared(
        Optional<ConscryptInternals> internals,
        Optional<ConscryptCallbacks> callbacks,
        Optional<ConscryptSecrets> secrets,
        JcaServices jca) {
      this.internals = internals;
      this.callbacks = callbacks;
      this.secrets = secrets;
      this.jca = jca;
    }

    private void forget(SSLEngine engine) {
      checks.remove(engine);
      keys.remove(engine);
    }
  }

  ConscryptEngineContext(
      ContextSpec spec, JsseContexts.Maker maker, Optional<SecureRandom> random, Shared shared) {
    this.spec = spec;
    this.shared = shared;
    this.contexts = new JsseContexts(spec, maker, random, shared.checks, shared.keys);
    this.servers = new ConscryptServerContexts(spec, contexts);
    this.storedSessions = new ConscryptStoredSessions(spec, shared.jca);
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    if (spec.role() == Role.CLIENT) {
      return client(engineSpec, events);
    }
    boolean stored = stored().isPresent() && !engineSpec.psk();
    // BoringSSL asks for what its context does not have; it would resume without the key.
    boolean alone = stored || engineSpec.psk();
    SSLContext context = alone ? contexts.fresh(engineSpec.identity()) : servers.of(engineSpec);
    SSLEngine raw = engine(context, shared.nextPort.incrementAndGet(), engineSpec, events);
    if (stored) {
      shared.callbacks.orElseThrow().keep(raw, storedSessions.of(engineSpec, events));
    }
    engineSpec.staple().ifPresent(response -> shared.internals.orElseThrow().staple(raw, response));
    return new ConscryptEngine(
        raw, logging(raw, new WholeFlights(raw), engineSpec, events), () -> shared.forget(raw));
  }

  /** Around an engine, if its secrets are to be told. */
  private SSLEngine logging(
      SSLEngine raw, SSLEngine watched, EngineSpec engineSpec, EngineEvents events) {
    if (!engineSpec.keyLog()) {
      return watched;
    }
    ConscryptSecrets secrets = shared.secrets.orElseThrow();
    return new KeyLogEngine(watched, () -> secrets.masterSecret(raw), events);
  }

  private Optional<ConscryptStoredSessions> stored() {
    return spec.role() == Role.SERVER
            && spec.sessions() == SessionMode.STORE
            && shared.callbacks.isPresent()
        ? Optional.of(storedSessions)
        : Optional.empty();
  }

  private TlsEngine client(EngineSpec engineSpec, EngineEvents events) {
    Place place = place(engineSpec);
    ConscryptClientSessions sessions = place.client().sessions();
    sessions.add(place.port(), events);
    SSLEngine raw = engine(place.client().context(), place.port(), engineSpec, events);
    SSLEngine watched =
        logging(raw, new TicketWatch(raw, () -> tell(place, raw, events)), engineSpec, events);
    return new ConscryptEngine(
        raw,
        watched,
        () -> {
          shared.forget(raw);
          sessions.remove(place.port(), events);
        });
  }

  /** Tells a session of TLS 1.3: by its bytes where internals are allowed, or by a handle. */
  private void tell(Place place, SSLEngine raw, EngineEvents events) {
    if (shared.internals.isEmpty()) {
      events.session(new byte[0], shared.handles.add(place), false);
      return;
    }
    for (ConscryptInternals.Made made :
        shared
            .internals
            .get()
            .take(
                place.client().context().getClientSessionContext(),
                raw.getPeerHost(),
                place.port())) {
      SessionDer.ticket(made.data()).ifPresent(events::ticket);
      events.session(made.id(), made.data(), true);
    }
  }

  private Place place(EngineSpec engineSpec) {
    if (engineSpec.resumption() instanceof Resumption.Use use) {
      return shared
          .handles
          .find(use.session())
          // Conscrypt never forgets what it was offered, as long as its context lives.
          .orElseGet(() -> newPlace(fresh(engineSpec.identity(), use.session())));
    }
    return newPlace(
        clients.computeIfAbsent(engineSpec.identity(), identity -> fresh(identity, null)));
  }

  private Place newPlace(Client client) {
    return new Place(client, shared.nextPort.incrementAndGet());
  }

  private Client fresh(Optional<Identity> identity, @Nullable Session offered) {
    SSLContext context = contexts.fresh(identity);
    context.getClientSessionContext().setSessionCacheSize(CLIENT_SESSIONS);
    ConscryptClientSessions sessions = new ConscryptClientSessions(offered);
    Conscrypt.setClientSessionCache(context, sessions);
    return new Client(context, sessions);
  }

  private SSLEngine engine(
      SSLContext context, int port, EngineSpec engineSpec, EngineEvents events) {
    SSLEngine engine = context.createSSLEngine(engineSpec.sni().orElse("localhost"), port);
    ConscryptEngineConfigurer.configure(engine, spec, engineSpec);
    shared.checks.add(engine, events);
    if (engineSpec.psk()) {
      shared.keys.add(engine, events, engineSpec.pskHint());
    }
    return engine;
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    return type == ServerSessions.class
        ? stored().map(ConscryptStoredSessions::outside).map(type::cast)
        : Optional.empty();
  }

  @Override
  public void close() {
    // Conscrypt frees what is shared when the context is collected.
  }
}
