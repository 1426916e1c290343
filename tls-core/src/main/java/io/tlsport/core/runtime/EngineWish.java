package io.tlsport.core.runtime;

import io.tlsport.ProtocolVersion;
import io.tlsport.SocketOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of an exported engine before its handshake begins: the options that it was made
 * with, as {@link SSLParameters} have changed them. Parameters narrow what the context allows, and
 * never widen it.
 */
final class EngineWish {
  private final SocketOptions base;
  private final DefaultSecureContext.Algorithms allowed;
  private Optional<String> peerHost = Optional.empty();
  private int peerPort = -1;
  private Predicate<DefaultSecureContext> halfOpen = context -> false;
  private boolean server;
  private boolean request;
  private boolean require;
  private List<ProtocolVersion> versions;
  private List<String> suites;
  private List<String> alpn;
  private @Nullable String servername;
  private @Nullable BiFunction<SSLEngine, List<String>, String> selector;

  /** As those options have it. */
  EngineWish(SocketOptions base, DefaultSecureContext.Algorithms allowed) {
    this.base = base;
    this.allowed = allowed;
    this.server = base.isServer();
    this.require = base.requestCert() && base.rejectUnauthorized();
    this.request = base.requestCert() && !require;
    this.versions = allowed.versions();
    this.suites = allowed.suites();
    this.alpn = base.alpnProtocols();
    this.servername = base.servername().orElse(null);
  }

  /** Whom a client wants to reach. */
  EngineWish peer(@Nullable String host, int port) {
    peerHost = Optional.ofNullable(host);
    peerPort = port;
    return this;
  }

  /** Lets one direction end before the other where that can be done. */
  EngineWish halfOpen(Predicate<DefaultSecureContext> possible) {
    halfOpen = possible;
    return this;
  }

  boolean server() {
    return server;
  }

  void server(boolean on) {
    server = on;
  }

  boolean require() {
    return require;
  }

  boolean request() {
    return request;
  }

  void auth(boolean asked, boolean needed) {
    request = asked && !needed;
    require = needed;
  }

  Optional<String> peerHost() {
    return peerHost;
  }

  int peerPort() {
    return peerPort;
  }

  void selector(@Nullable BiFunction<SSLEngine, List<String>, String> chosen) {
    selector = chosen;
  }

  @Nullable BiFunction<SSLEngine, List<String>, String> selector() {
    return selector;
  }

  String[] supportedProtocols() {
    return ids(allowed.versions());
  }

  String[] protocols() {
    return ids(versions);
  }

  private static String[] ids(List<ProtocolVersion> list) {
    return list.stream().map(ProtocolVersion::id).toArray(String[]::new);
  }

  void protocols(String[] names) {
    List<ProtocolVersion> wanted = Arrays.stream(names).map(this::version).toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("no protocol is enabled");
    }
    versions = allowed.versions().stream().filter(wanted::contains).toList();
  }

  private ProtocolVersion version(String name) {
    return ProtocolVersion.byId(name)
        .filter(allowed.versions()::contains)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " is not among the versions of the context: " + allowed.versions()));
  }

  String[] supportedSuites() {
    return allowed.suites().toArray(String[]::new);
  }

  String[] suites() {
    return suites.toArray(String[]::new);
  }

  void suites(String[] names) {
    for (String name : names) {
      if (!allowed.suites().contains(name)) {
        throw new IllegalArgumentException(
            name + " is not among the cipher suites of the context: " + allowed.suites());
      }
    }
    if (names.length == 0) {
      throw new IllegalArgumentException("no cipher suite is enabled");
    }
    suites = List.of(names);
  }

  /** Adds what the parameters of every engine do not have. */
  void fill(SSLParameters parameters) {
    parameters.setApplicationProtocols(alpn.toArray(String[]::new));
    if (servername != null) {
      parameters.setServerNames(List.of(new SNIHostName(servername)));
    }
    if (!server) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
  }

  /** Takes what the parameters of every engine do not have. */
  void take(SSLParameters parameters) {
    if (parameters.getAlgorithmConstraints() != null) {
      throw new IllegalArgumentException(
          "algorithm constraints: the policy of the secure context decides; set ciphers, sigalgs"
              + " or a policy there");
    }
    if (parameters.getSNIMatchers() != null && !parameters.getSNIMatchers().isEmpty()) {
      throw new IllegalArgumentException(
          "SNI matchers: name the hosts by addContext or sniCallback of a Server");
    }
    alpn = List.of(parameters.getApplicationProtocols());
    if (parameters.getServerNames() != null) {
      parameters.getServerNames().stream()
          .filter(SNIHostName.class::isInstance)
          .map(name -> ((SNIHostName) name).getAsciiName())
          .findFirst()
          .ifPresent(name -> servername = name);
    }
  }

  /** The name that a client's server has to have. */
  Optional<String> name() {
    return Optional.ofNullable(servername).or(() -> peerHost);
  }

  /** That context, as far as it is wanted. */
  DefaultSecureContext narrow(DefaultSecureContext context) {
    return versions.equals(allowed.versions()) && suites.equals(allowed.suites())
        ? context
        : context.narrowed(versions, suites);
  }

  /** How long a hook may take. */
  Duration handshakeTimeout() {
    return base.handshakeTimeout();
  }

  /** The finished options of a connection with that context, but for the context. */
  SocketOptions options(DefaultSecureContext context) {
    SocketOptions.Builder options =
        SocketOptions.builder()
            .isServer(server)
            .requestCert(require || request)
            .rejectUnauthorized(server ? require : base.rejectUnauthorized())
            .alpnProtocols(alpn.toArray(String[]::new))
            .npnProtocols(base.npnProtocols().toArray(String[]::new))
            .handshakeTimeout(base.handshakeTimeout())
            .allowHalfOpen(base.allowHalfOpen() || halfOpen.test(context))
            .allowTruncation(base.allowTruncation())
            .dynamicRecords(base.dynamicRecords())
            .strictNames(base.strictNames())
            .requestOcsp(base.requestOcsp());
    base.enableTrace().ifPresent(options::enableTrace);
    base.sniCallback().ifPresent(options::sniCallback);
    base.session().ifPresent(options::session);
    if (server) {
      base.server().ifPresent(options::server);
      base.pskCallback().ifPresent(callback -> options.pskCallback(callback));
      base.pskIdentityHint().ifPresent(options::pskIdentityHint);
    } else {
      base.pskClientCallback().ifPresent(callback -> options.pskCallback(callback));
      name().ifPresent(options::servername);
    }
    return options.build();
  }
}
