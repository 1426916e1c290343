package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.ClientAuth;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.PeerCertificate;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderException;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TicketKeySource;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.core.policy.baseline.SuiteSelection;
import io.tlsport.core.policy.session.SessionOrigin;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.core.policy.verify.PeerCertificateReader;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
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
import java.util.function.Supplier;
import javax.crypto.spec.DHParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

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
  private final Supplier<FipsStatus> fips;
  private final Sessions sessions;
  private volatile List<byte[]> ownKeys;
  private volatile boolean keysSet;

  /** One for all keys that it ever has: none of them leaves engine contexts behind. */
  private final TicketKeySource ownSource;

  private final String scope;
  private final Map<Use, KeyedEngines> engineContexts;
  private final EngineExport export;

  /** Each source of keys has engine contexts of its own: no two of them overwrite each other. */
  private record Use(
      Role role, ClientAuth auth, SessionMode sessions, Optional<TicketKeySource> keys) {}

  /**
   * What may be negotiated.
   *
   * @param versions oldest first
   * @param suites IANA names, most wanted first
   * @param certificateSuites those of them for a side that has no pre-shared keys
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
      List<String> certificateSuites,
      List<String> groups,
      List<String> dheGroups,
      Optional<DHParameterSpec> dhParameters,
      List<String> schemes,
      List<String> ownSchemes,
      boolean serverOrder) {
    /** Those for a side that has pre-shared keys, or has none. */
    List<String> suites(boolean psk) {
      return psk ? suites : certificateSuites;
    }

    Algorithms narrowed(List<ProtocolVersion> fewerVersions, List<String> fewerSuites) {
      return new Algorithms(
          fewerVersions,
          fewerSuites,
          SuiteSelection.psk(fewerSuites, false),
          groups,
          dheGroups,
          dhParameters,
          schemes,
          ownSchemes,
          serverOrder);
    }
  }

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

  /**
   * What becomes of sessions.
   *
   * @param timeout how long one is good
   * @param clock tells how old one is
   * @param origin where those of clients are good
   * @param ofClients whether clients can keep any
   * @param commonKeys of tickets, where neither the options nor the server have keys
   */
  record Sessions(
      Duration timeout,
      InstantSource clock,
      SessionOrigin origin,
      boolean ofClients,
      Optional<TicketKeySource> commonKeys) {}

  /**
   * What all that was loaded makes.
   *
   * @param fips whether it is approved, asked now
   */
  DefaultSecureContext(
      TlsProvider provider,
      SecureContextOptions options,
      Algorithms algorithms,
      Credentials credentials,
      Supplier<FipsStatus> fips,
      Sessions sessions,
      EngineExport export) {
    this.provider = provider;
    this.options = options;
    this.algorithms = algorithms;
    this.identities = credentials.identities();
    this.trusted = credentials.trusted();
    this.authorities = credentials.authorities();
    this.verifier = credentials.verifier();
    this.scope = credentials.scope();
    this.fips = fips;
    this.sessions = sessions;
    this.ownKeys = options.ticketKeys();
    this.ownSource = () -> ownKeys;
    this.engineContexts = new ConcurrentHashMap<>();
    this.export = export;
  }

  private DefaultSecureContext(DefaultSecureContext whole, Algorithms narrower) {
    this.provider = whole.provider;
    this.options = whole.options;
    this.algorithms = narrower;
    this.identities = whole.identities;
    this.trusted = whole.trusted;
    this.authorities = whole.authorities;
    this.verifier = whole.verifier;
    this.scope = whole.scope;
    this.fips = whole.fips;
    this.sessions = whole.sessions;
    this.ownKeys = whole.ownKeys;
    this.ownSource = whole.ownSource;
    this.engineContexts = whole.engineContexts;
    this.export = whole.export;
  }

  /** The same for a connection that wants less; it shares the sessions. */
  DefaultSecureContext narrowed(List<ProtocolVersion> versions, List<String> suites) {
    return new DefaultSecureContext(this, algorithms.narrowed(versions, suites));
  }

  @Override
  public SSLEngine newEngine(SocketOptions wanted) {
    return export.engine(() -> this, wanted);
  }

  @Override
  public SSLContext sslContext() {
    return export.context(() -> this);
  }

  @Override
  public String provider() {
    return provider.info().name();
  }

  @Override
  public SecureContextOptions options() {
    return options;
  }

  @Override
  public FipsStatus fipsStatus() {
    return fips.get();
  }

  Algorithms algorithms() {
    return algorithms;
  }

  List<Identity> identities() {
    return identities;
  }

  /** What computes digests. */
  JcaServices jca() {
    return provider.jca();
  }

  /** Where issuers are found that were not sent. */
  List<X509Certificate> trusted() {
    return trusted;
  }

  /** A certificate with its issuers, as far as they are known here. */
  PeerCertificate shown(List<X509Certificate> chain) {
    return shown(chain, trusted);
  }

  /** The same with those authorities alone. */
  PeerCertificate shown(List<X509Certificate> chain, List<X509Certificate> issuers) {
    return PeerCertificateReader.read(chain, issuers, provider.jca());
  }

  CertificateVerifier verifier() {
    return verifier;
  }

  /**
   * Refuses if the engine could not staple what an {@code OcspResponder} answers.
   *
   * @throws UnsupportedFeatureException with the reason
   */
  void requireStaples() {
    for (Identity identity : identities) {
      provider
          .stapleRefusal(identity, Stapling.issuer(identity, this))
          .ifPresent(
              why -> {
                throw new UnsupportedFeatureException(Capability.OCSP_STAPLING, provider(), why);
              });
    }
  }

  /** Where the sessions of clients are good. */
  SessionOrigin sessionOrigin() {
    return sessions.origin();
  }

  /** What makes the engines of clients, which keep sessions only where one can be chosen. */
  EngineContext clientEngines() {
    SessionMode mode = sessions.ofClients() ? SessionMode.OWN : SessionMode.NONE;
    return engines(new Use(Role.CLIENT, ClientAuth.NONE, mode, Optional.empty()));
  }

  /** What makes the engines of servers whose application keeps the sessions. */
  EngineContext serverEnginesWithStore(ClientAuth auth) {
    return engines(new Use(Role.SERVER, auth, SessionMode.STORE, Optional.empty()));
  }

  /** What makes the engines of servers, with the ticket keys that are in force now. */
  EngineContext serverEngines(ClientAuth auth, Optional<TicketKeySource> ofServer) {
    Optional<TicketKeySource> keys = ticketKeySource(ofServer);
    SessionMode mode = keys.isPresent() ? SessionMode.TICKETS : SessionMode.OWN;
    return engines(new Use(Role.SERVER, auth, mode, keys));
  }

  private EngineContext engines(Use use) {
    return engineContexts.computeIfAbsent(use, this::open).current();
  }

  private KeyedEngines open(Use use) {
    boolean server = use.role() == Role.SERVER;
    EngineContext opened =
        provider.open(
            new ContextSpec(
                use.role(),
                scope + "/" + use.auth(),
                use.sessions(),
                sessions.timeout(),
                sessions.clock(),
                identities,
                server && use.auth() != ClientAuth.NONE ? authorities : List.of()));
    return new KeyedEngines(opened, use.keys());
  }

  /** Where the keys of tickets come from: this context, its server, or the runtime. */
  private Optional<TicketKeySource> ticketKeySource(Optional<TicketKeySource> ofServer) {
    return hasTicketKeys() ? Optional.of(ownSource) : ofServer.or(sessions::commonKeys);
  }

  /** Whether it was given ticket keys of its own. */
  boolean hasTicketKeys() {
    return !ownKeys.isEmpty();
  }

  /** The keys of tickets, the first encrypts; empty: the engine's own. Copies. */
  List<byte[]> ticketKeys(Optional<TicketKeySource> ofServer) {
    return ticketKeySource(ofServer).map(KeyedEngines::inForce).orElse(List.of());
  }

  /** Replaces the keys of tickets, for new handshakes, by others, at least one. */
  void ticketKeys(List<byte[]> newestFirst) {
    ownKeys = newestFirst;
    keysSet = true;
  }

  /** Takes the keys that were set while another was in force, unless the options have some. */
  void inheritTicketKeys(DefaultSecureContext before) {
    if (before.keysSet && !keysSet && options.ticketKeys().isEmpty()) {
      ticketKeys(before.ownKeys);
    }
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
    engineContexts.values().forEach(KeyedEngines::close);
  }
}
