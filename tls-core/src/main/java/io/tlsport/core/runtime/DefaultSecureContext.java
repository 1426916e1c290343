package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.ClientAuth;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderException;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.policy.session.SessionOrigin;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import io.tlsport.spi.TicketKeys;
import io.tlsport.spi.TlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.DHParameterSpec;

/**
 * Loaded identity, trust and algorithms, and the engine contexts made from them: one for each role
 * and client-certificate policy, so that no session ever crosses these.
 */
final class DefaultSecureContext implements SecureContext {
  private final TlsProvider provider;
  private final SecureContextOptions options;
  private final Algorithms algorithms;
  private final List<Identity> identities;
  private final List<X509Certificate> trusted;
  private final List<X509Certificate> authorities;
  private final CertificateVerifier verifier;
  private final Duration sessionTimeout;
  private final InstantSource clock;
  private final SessionOrigin sessionOrigin;
  private volatile List<byte[]> ticketKeys;
  private final String scope;
  private final Map<Use, EngineContext> engineContexts = new ConcurrentHashMap<>();

  private record Use(Role role, ClientAuth auth, SessionMode sessions) {}

  /**
   * What may be negotiated.
   *
   * @param versions oldest first
   * @param suites IANA names, most wanted first
   * @param groups IANA names, most wanted first; empty: the engine's defaults
   * @param dheGroups finite fields by IANA name that DHE suites may use
   * @param dhParameters what a server uses in DHE in place of a group
   * @param schemes signature schemes by IANA name, most wanted first; empty: the engine's defaults
   * @param ownSchemes the same with the engine's defaults written out
   * @param serverOrder a server follows its own order of suites
   */
  record Algorithms(
      List<ProtocolVersion> versions,
      List<String> suites,
      List<String> groups,
      List<String> dheGroups,
      Optional<DHParameterSpec> dhParameters,
      List<String> schemes,
      List<String> ownSchemes,
      boolean serverOrder) {}

  /**
   * Who we are and whom we trust.
   *
   * @param identities our keys and chains
   * @param trusted the trust anchors
   * @param authorities whose names a server tells its clients
   * @param verifier judges peers
   * @param scope what sessions are bound to
   */
  record Credentials(
      List<Identity> identities,
      List<X509Certificate> trusted,
      List<X509Certificate> authorities,
      CertificateVerifier verifier,
      String scope) {}

  DefaultSecureContext(
      TlsProvider provider,
      SecureContextOptions options,
      Algorithms algorithms,
      Credentials credentials,
      Duration sessionTimeout,
      InstantSource clock,
      SessionOrigin sessionOrigin) {
    this.provider = provider;
    this.options = options;
    this.algorithms = algorithms;
    this.identities = credentials.identities();
    this.trusted = credentials.trusted();
    this.authorities = credentials.authorities();
    this.verifier = credentials.verifier();
    this.scope = credentials.scope();
    this.sessionTimeout = sessionTimeout;
    this.clock = clock;
    this.sessionOrigin = sessionOrigin;
    this.ticketKeys = options.ticketKeys();
  }

  @Override
  public String provider() {
    return provider.info().name();
  }

  @Override
  public SecureContextOptions options() {
    return options;
  }

  Algorithms algorithms() {
    return algorithms;
  }

  List<Identity> identities() {
    return identities;
  }

  /** Where issuers are found that were not sent. */
  List<X509Certificate> trusted() {
    return trusted;
  }

  CertificateVerifier verifier() {
    return verifier;
  }

  /** Where the sessions of clients are good. */
  SessionOrigin sessionOrigin() {
    return sessionOrigin;
  }

  /** What makes the engines of clients, which keep sessions only where one can be chosen. */
  EngineContext clientEngines() {
    boolean resumes = provider.capabilities().of(Capability.SESSION_RESUMPTION).supported();
    return engineContexts.computeIfAbsent(
        new Use(Role.CLIENT, ClientAuth.NONE, resumes ? SessionMode.OWN : SessionMode.NONE),
        this::open);
  }

  /** What makes the engines of servers. */
  EngineContext serverEngines(ClientAuth auth, boolean store) {
    SessionMode own = ticketKeys.isEmpty() ? SessionMode.OWN : SessionMode.TICKETS;
    return engineContexts.computeIfAbsent(
        new Use(Role.SERVER, auth, store ? SessionMode.STORE : own), this::open);
  }

  private EngineContext open(Use use) {
    boolean server = use.role() == Role.SERVER;
    EngineContext opened =
        provider.open(
            new ContextSpec(
                use.role(),
                scope + "/" + use.auth(),
                use.sessions(),
                sessionTimeout,
                clock,
                identities,
                server && use.auth() != ClientAuth.NONE ? authorities : List.of()));
    if (use.sessions() == SessionMode.TICKETS) {
      install(opened);
    }
    return opened;
  }

  private void install(EngineContext engines) {
    engines.extension(TicketKeys.class).ifPresent(keys -> keys.install(ticketKeys));
  }

  /** The keys of tickets, newest first; empty: the engine's own. */
  List<byte[]> ticketKeys() {
    return ticketKeys.stream().map(byte[]::clone).toList();
  }

  /** Replaces the keys of tickets, for new handshakes. */
  void ticketKeys(List<byte[]> newestFirst) {
    ticketKeys = newestFirst.stream().map(byte[]::clone).toList();
    engineContexts.forEach(
        (use, engines) -> {
          if (use.sessions() == SessionMode.TICKETS) {
            install(engines);
          }
        });
  }

  /** Digest of what a client's session is good for: this host, this trust, this identity. */
  byte[] sessionBinding(String host) {
    try {
      return provider
          .jca()
          .messageDigest("SHA-256")
          .digest((scope + "/" + host).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException failed) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE, "the provider has no SHA-256", failed);
    }
  }

  void close() {
    engineContexts.values().forEach(EngineContext::close);
  }
}
