package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.ClientSessionCache;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.PskClientCallback;
import io.tlsport.ServerIdentityCheck;
import io.tlsport.Session;
import io.tlsport.core.engine.EngineStart;
import io.tlsport.core.engine.Hold;
import io.tlsport.core.engine.PreSharedKeys;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.proto.ProtocolLists;
import io.tlsport.core.policy.session.CachedSessions;
import io.tlsport.core.policy.session.DefaultClientSessionCache;
import io.tlsport.core.policy.session.ServerKey;
import io.tlsport.core.policy.session.SessionEnvelope;
import io.tlsport.core.policy.session.SessionOrigin;
import io.tlsport.core.policy.sni.ServerName;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Resumption;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a client connection asks of its engine.
 *
 * @param context identity, trust and algorithms
 * @param sni the name that is sent; empty for addresses
 * @param identity the host that the certificate has to name
 * @param check decides whether it does
 * @param protocols what to offer
 * @param session the one to resume, if there is one
 * @param cache has one otherwise, and takes those that are made
 * @param requestOcsp the server is asked for the status of its certificate
 * @param reject an unauthorized server is cut off
 * @param minDhSize a server with smaller Diffie-Hellman parameters is cut off
 * @param psk who we are, by the server's hint; empty: suites with pre-shared keys are not offered
 */
record ClientConnector(
    DefaultSecureContext context,
    Optional<String> sni,
    String identity,
    ServerIdentityCheck check,
    ProtocolLists protocols,
    Optional<SessionEnvelope> session,
    Optional<CachedSessions> cache,
    boolean requestOcsp,
    boolean reject,
    int minDhSize,
    Optional<PskClientCallback> psk) {

  /**
   * For a server that is reached as {@code host}.
   *
   * @param servername named in place of the host
   * @throws ConfigurationException if the session is none, of another provider, or a handle of
   *     another {@code Tls}
   */
  static ClientConnector of(
      DefaultSecureContext context,
      String host,
      Optional<String> servername,
      ServerIdentityCheck check,
      ProtocolLists protocols,
      Optional<Session> session,
      boolean requestOcsp,
      boolean reject,
      int minDhSize,
      Optional<PskClientCallback> psk) {
    String name = servername.orElse(host);
    return new ClientConnector(
        context,
        ServerName.ofHost(name),
        name,
        check,
        protocols,
        session.map(given -> ours(given, context)),
        Optional.empty(),
        requestOcsp,
        reject,
        minDhSize,
        psk);
  }

  /** Tells what is known before the engine is made. */
  void tell(EngineFacts facts) {
    facts.servername(sni.orElse(null));
    facts.identity(context, firstIdentity());
  }

  private static SessionEnvelope ours(Session given, DefaultSecureContext context) {
    SessionEnvelope session = SessionEnvelope.of(given);
    SessionOrigin made = session.origin();
    if (!context.sessionOrigin().accepts(made)) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          made.provider().equals(context.provider())
              ? "session: it is a handle that is good in the Tls that made it only; "
                  + context.provider()
                  + " gives bytes for other processes where SESSION_EXPORT is declared"
              : "session: it was made by provider "
                  + made.provider()
                  + ", and "
                  + context.provider()
                  + " cannot use it");
    }
    return session;
  }

  /**
   * The same with what a cache has for the server that these options name.
   *
   * @throws ConfigurationException if it is the cache of another {@code Tls}
   */
  ClientConnector caching(ClientSessionCache given, ConnectOptions options) {
    if (!(given instanceof DefaultClientSessionCache ours && ours.isOf(context.sessionOrigin()))) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "sessionCache: it was made by another Tls, and sessions are good in the one that made"
              + " them; take createClientSessionCache() of this one");
    }
    ServerKey server =
        new ServerKey(
            options.host(),
            options.port(),
            options.path(),
            bindingText(identity),
            protocols.alpn(),
            context.algorithms().versions(),
            context.algorithms().suites());
    return with(sni, identity, session, Optional.of(new CachedSessions(ours, server)));
  }

  /** Refuses if the provider has not what a change asks for. */
  void demand(CapabilityDemand provider, Capability capability) {
    provider.require(capability, context.algorithms().versions());
  }

  /** The same for another name. */
  ClientConnector named(String name) {
    return with(
        ServerName.ofHost(name),
        name,
        session,
        cache.map(
            kept -> new CachedSessions(kept.cache(), kept.server().bound(bindingText(name)))));
  }

  /** The same with that session to resume. */
  ClientConnector resuming(Session given) {
    return with(sni, identity, Optional.of(ours(given, context)), cache);
  }

  private String bindingText(String name) {
    return HexFormat.of().formatHex(context.sessionBinding(name));
  }

  private ClientConnector with(
      Optional<String> newSni,
      String newIdentity,
      Optional<SessionEnvelope> newSession,
      Optional<CachedSessions> newCache) {
    return new ClientConnector(
        context,
        newSni,
        newIdentity,
        check,
        protocols,
        newSession,
        newCache,
        requestOcsp,
        reject,
        minDhSize,
        psk);
  }

  /** What this connection's engine is to tell of sessions. */
  ClientSessions sessions() {
    return new ClientSessions(
        context.sessionOrigin(), context.sessionBinding(identity), session, cache);
  }

  /**
   * Starts an engine.
   *
   * @param staple takes what the server stapled, if it was asked
   */
  EngineStart start(EngineFactory engines, ClientSessions sessions, Hold staple) {
    DefaultSecureContext.Algorithms algorithms = context.algorithms();
    EngineSpec spec =
        EngineSpec.builder()
            .versions(algorithms.versions())
            .suites(algorithms.suites(psk.isPresent()))
            .psk(psk.isPresent())
            .groups(algorithms.groups())
            .schemes(algorithms.schemes())
            .identity(firstIdentity())
            .sni(sni)
            .alpn(protocols.alpn())
            .npn(protocols.npn())
            .keyLog(engines.logsKeys())
            .requestOcsp(requestOcsp)
            .resumption(
                sessions
                    .offered()
                    .<Resumption>map(Resumption.Use::new)
                    .orElseGet(Resumption::never))
            .build();
    return engines.client(
        context,
        spec,
        PeerJudge.ofServer(context, identity, check, reject),
        again -> PeerJudge.ofServer(context, identity, check, again.rejectUnauthorized()),
        sessions,
        requestOcsp ? staple : Hold.NONE,
        minDhSize,
        psk.map(callback -> PreSharedKeys.ofClient(callback::identity)));
  }

  private Optional<Identity> firstIdentity() {
    return context.identities().stream().findFirst();
  }
}
