package io.tlsport.core.runtime;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import io.tlsport.spi.TlsProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
  private final String scope;
  private final Map<Use, EngineContext> engineContexts = new ConcurrentHashMap<>();

  private record Use(Role role, ClientAuth auth) {}

  /**
   * What may be negotiated.
   *
   * @param versions oldest first
   * @param suites IANA names, most wanted first
   * @param groups IANA names, most wanted first; empty: the engine's defaults
   * @param serverOrder a server follows its own order of suites
   */
  record Algorithms(
      List<ProtocolVersion> versions,
      List<String> suites,
      List<String> groups,
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
      Duration sessionTimeout) {
    this.provider = provider;
    this.options = options;
    this.algorithms = algorithms;
    this.identities = credentials.identities();
    this.trusted = credentials.trusted();
    this.authorities = credentials.authorities();
    this.verifier = credentials.verifier();
    this.scope = credentials.scope();
    this.sessionTimeout = sessionTimeout;
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

  /** What makes the engines of one use. */
  EngineContext engines(Role role, ClientAuth auth) {
    return engineContexts.computeIfAbsent(new Use(role, auth), this::open);
  }

  private EngineContext open(Use use) {
    boolean server = use.role() == Role.SERVER;
    return provider.open(
        new ContextSpec(
            use.role(),
            scope + "/" + use.auth(),
            server ? SessionMode.OWN : SessionMode.NONE,
            sessionTimeout,
            identities,
            server && use.auth() != ClientAuth.NONE ? authorities : List.of()));
  }

  void close() {
    engineContexts.values().forEach(EngineContext::close);
  }
}
