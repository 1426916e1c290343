package io.tlsport;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of the seed's {@code tls.connect(options)}. */
public final class ConnectOptions extends ConnectionOptions {
  /** How long a TCP connection may take: 30 s. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);

  /** The smallest Diffie-Hellman parameters that are accepted: 1024 bits, as in Node. */
  public static final int DEFAULT_MIN_DH_SIZE = 1024;

  /** How long one address may be silent before the next one is tried beside it: 250 ms. */
  public static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofMillis(250);

  private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(10);

  private final String host;
  private final int port;
  private final @Nullable String path;
  private final @Nullable Duplex socket;
  private final @Nullable String servername;
  private final boolean strictNames;
  private final @Nullable ServerIdentityCheck checkServerIdentity;
  private final @Nullable Session session;
  private final @Nullable ClientSessionCache sessionCache;
  private final boolean requestOcsp;
  private final Duration connectTimeout;
  private final @Nullable String localAddress;
  private final int localPort;
  private final int family;
  private final @Nullable HostLookup lookup;
  private final boolean autoSelectFamily;
  private final Duration attemptTimeout;
  private final Duration timeout;
  private final TcpOptions tcp;
  private final @Nullable AbortSignal signal;
  private final int minDhSize;
  private final @Nullable PskClientCallback pskCallback;

  private ConnectOptions(Builder b) {
    super(b);
    this.host = b.host;
    this.port = b.port;
    this.path = b.path;
    this.socket = b.socket;
    this.servername = b.servername;
    this.strictNames = b.strictNames;
    this.checkServerIdentity = b.checkServerIdentity;
    this.session = b.session;
    this.sessionCache = b.sessionCache;
    this.requestOcsp = b.requestOcsp;
    this.connectTimeout = b.connectTimeout;
    this.localAddress = b.localAddress;
    this.localPort = b.localPort;
    this.family = b.family;
    this.lookup = b.lookup;
    this.autoSelectFamily = b.autoSelectFamily;
    this.attemptTimeout = b.attemptTimeout;
    this.timeout = b.timeout;
    this.tcp = b.tcp;
    this.signal = b.signal;
    this.minDhSize = b.minDhSize;
    this.pskCallback = b.pskCallback;
  }

  /** A builder with the seed's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code host}; default {@code localhost}. */
  public String host() {
    return host;
  }

  /** {@code port}. */
  public int port() {
    return port;
  }

  /** {@code path}: a Unix domain socket, in place of host and port. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /** {@code socket}: a transport that exists already, in place of host and port. */
  public Optional<Duplex> socket() {
    return Optional.ofNullable(socket);
  }

  /** {@code servername}: sent as SNI and checked against the certificate; default the host. */
  public Optional<String> servername() {
    return Optional.ofNullable(servername);
  }

  /** {@code checkServerIdentity}; default Node's rules. */
  public Optional<ServerIdentityCheck> checkServerIdentity() {
    return Optional.ofNullable(checkServerIdentity);
  }

  /** True if the host is looked for by RFC 9525 alone. */
  public boolean strictNames() {
    return strictNames;
  }

  /** {@code session} to resume. */
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** Where sessions come from and go to; default none: nothing is resumed without being told. */
  public Optional<ClientSessionCache> sessionCache() {
    return Optional.ofNullable(sessionCache);
  }

  /** {@code requestOCSP}. */
  public boolean requestOcsp() {
    return requestOcsp;
  }

  /** How long the TCP connection may take; the handshake has its own timeout. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** {@code localAddress} to connect from. */
  public Optional<String> localAddress() {
    return Optional.ofNullable(localAddress);
  }

  /** {@code localPort} to connect from; 0: any. */
  public int localPort() {
    return localPort;
  }

  /** {@code family}: 4 or 6 for addresses of that kind only; 0: both. */
  public int family() {
    return family;
  }

  /** {@code lookup}; default the system's. */
  public Optional<HostLookup> lookup() {
    return Optional.ofNullable(lookup);
  }

  /** {@code autoSelectFamily}: addresses race (RFC 8305). */
  public boolean autoSelectFamily() {
    return autoSelectFamily;
  }

  /** {@code autoSelectFamilyAttemptTimeout}. */
  public Duration autoSelectFamilyAttemptTimeout() {
    return attemptTimeout;
  }

  /** {@code timeout} of silence; zero: none. */
  public Duration timeout() {
    return timeout;
  }

  /** {@code noDelay}, {@code keepAlive} and {@code keepAliveInitialDelay}. */
  public TcpOptions tcp() {
    return tcp;
  }

  /** {@code signal} that ends the connection. */
  public Optional<AbortSignal> signal() {
    return Optional.ofNullable(signal);
  }

  /** {@code minDHSize} in bits; 0: any size. */
  public int minDhSize() {
    return minDhSize;
  }

  /** {@code pskCallback}. */
  public Optional<PskClientCallback> pskCallback() {
    return Optional.ofNullable(pskCallback);
  }

  /** Sets options by the seed's names. */
  public static final class Builder extends ConnectionOptions.Builder<Builder> {
    private String host = "localhost";
    private int port;
    private @Nullable String path;
    private @Nullable Duplex socket;
    private @Nullable String servername;
    private boolean strictNames;
    private @Nullable ServerIdentityCheck checkServerIdentity;
    private @Nullable Session session;
    private @Nullable ClientSessionCache sessionCache;
    private boolean requestOcsp;
    private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    private @Nullable String localAddress;
    private int localPort;
    private int family;
    private @Nullable HostLookup lookup;
    private boolean autoSelectFamily = true;
    private Duration attemptTimeout = DEFAULT_ATTEMPT_TIMEOUT;
    private Duration timeout = Duration.ZERO;
    private TcpOptions tcp = TcpOptions.DEFAULT;
    private @Nullable AbortSignal signal;
    private int minDhSize = DEFAULT_MIN_DH_SIZE;
    private @Nullable PskClientCallback pskCallback;

    private Builder() {
      super(true);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    Duration defaultCloseTimeout() {
      return DEFAULT_CLIENT_CLOSE_TIMEOUT;
    }

    /** Sets {@code host}, a name or a numeric address; default {@code localhost}. */
    public Builder host(String host) {
      this.host = Arguments.text("host", host);
      return this;
    }

    /**
     * Sets {@code port}.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} outside 0 to 65535
     */
    public Builder port(int port) {
      this.port = Arguments.port("port", port);
      return this;
    }

    /**
     * Sets {@code path} of a Unix domain socket; wins over host, port and where to connect from.
     * The certificate is still checked for {@link #servername} or {@link #host}, by default {@code
     * localhost}. {@link Tls#connect} refuses, with {@link ErrorCode#ERR_INVALID_ARG_VALUE}, what
     * is no path or has more than 107 bytes, and any where the system has no such sockets.
     */
    public Builder path(String path) {
      this.path = Arguments.text("path", path);
      return this;
    }

    /** Sets {@code socket}, a transport that exists already; host and port are not connected to. */
    public Builder socket(Duplex transport) {
      this.socket = Arguments.given("socket", transport);
      return this;
    }

    /** Sets {@code servername}: a host name, never an address. */
    public Builder servername(String name) {
      this.servername = Arguments.given("servername", name);
      return this;
    }

    /**
     * Looks for the host by RFC 9525 alone; default false, which is Node's way. The certificate's
     * common name never counts, a star stands for one whole label, and a name of a certificate that
     * is no host name counts for nothing. Without effect beside {@link #checkServerIdentity}.
     */
    public Builder strictNames(boolean strict) {
      this.strictNames = strict;
      return this;
    }

    /** Replaces the check that the certificate belongs to the host. */
    public Builder checkServerIdentity(ServerIdentityCheck check) {
      this.checkServerIdentity = Arguments.given("checkServerIdentity", check);
      return this;
    }

    /** Sets {@code session} to resume; wins over {@link #sessionCache}. */
    public Builder session(Session session) {
      this.session = Arguments.given("session", session);
      return this;
    }

    /**
     * Resumes what that cache has for this server, and keeps there what this connection makes;
     * default none. {@link Tls#connect} refuses a cache of another {@link Tls} with {@link
     * ErrorCode#ERR_INVALID_ARG_VALUE}, and any cache where {@link Capability#SESSION_RESUMPTION}
     * is not declared for every version that is enabled. With {@link #socket}, host and port tell
     * which server it leads to.
     */
    public Builder sessionCache(ClientSessionCache cache) {
      this.sessionCache = Arguments.given("sessionCache", cache);
      return this;
    }

    /** Sets {@code requestOCSP}; default false. */
    public Builder requestOcsp(boolean request) {
      this.requestOcsp = request;
      return this;
    }

    /** Sets how long the TCP connection may take; default 30 s, must be positive. */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = Arguments.positive("connectTimeout", timeout);
      return this;
    }

    /** Sets {@code localAddress} to connect from. */
    public Builder localAddress(String address) {
      this.localAddress = Arguments.text("localAddress", address);
      return this;
    }

    /**
     * Sets {@code localPort} to connect from; default 0, any.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} outside 0 to 65535
     */
    public Builder localPort(int port) {
      this.localPort = Arguments.port("localPort", port);
      return this;
    }

    /**
     * Sets {@code family}: 4 or 6 for addresses of that kind only; default 0, both.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} for anything else
     */
    public Builder family(int family) {
      if (family != 0 && family != 4 && family != 6) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE, "family must be 0, 4 or 6, got " + family);
      }
      this.family = family;
      return this;
    }

    /** Sets {@code lookup}, which finds the addresses of a host; default the system's. */
    public Builder lookup(HostLookup lookup) {
      this.lookup = Arguments.given("lookup", lookup);
      return this;
    }

    /**
     * Sets {@code autoSelectFamily}; default true. The addresses of a host are tried IPv6 and IPv4
     * by turns, beginning with the first; while one is silent the next one is tried beside it, and
     * the first that connects is taken (RFC 8305). False: one after the other, each until it fails.
     */
    public Builder autoSelectFamily(boolean race) {
      this.autoSelectFamily = race;
      return this;
    }

    /**
     * Sets {@code autoSelectFamilyAttemptTimeout}, how long one address may be silent before the
     * next one is tried too; default 250 ms. Less than 10 ms is 10 ms, as in Node.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} if it is not positive
     */
    public Builder autoSelectFamilyAttemptTimeout(Duration timeout) {
      Duration given = Arguments.positive("autoSelectFamilyAttemptTimeout", timeout);
      this.attemptTimeout = given.compareTo(SHORTEST_ATTEMPT) < 0 ? SHORTEST_ATTEMPT : given;
      return this;
    }

    /** Sets {@code timeout}: calls {@link TLSSocket#setTimeout}; must be positive, default none. */
    public Builder timeout(Duration timeout) {
      this.timeout = Arguments.positive("timeout", timeout);
      return this;
    }

    /** Sets {@code noDelay}; default true: small records leave at once. */
    public Builder noDelay(boolean noDelay) {
      this.tcp = tcp.withNoDelay(noDelay);
      return this;
    }

    /** Sets {@code keepAlive}; default false. The system decides when it probes. */
    public Builder keepAlive(boolean keepAlive) {
      this.tcp = tcp.withKeepAlive(keepAlive);
      return this;
    }

    /** Sets {@code keepAlive} and {@code keepAliveInitialDelay}, in whole seconds from 1 s on. */
    public Builder keepAlive(Duration initialDelay) {
      this.tcp = tcp.withKeepAlive(initialDelay);
      return this;
    }

    /**
     * Sets {@code signal}: when it is given the connection is destroyed with {@link
     * ErrorCode#ABORT_ERR}, whatever it has come to. Default none.
     */
    public Builder signal(AbortSignal signal) {
      this.signal = Arguments.given("signal", signal);
      return this;
    }

    /**
     * Sets {@code minDHSize}: a server whose Diffie-Hellman parameters have fewer bits is refused
     * with {@link ErrorCode#ERR_TLS_DH_PARAM_SIZE}. Default 1024; elliptic curves are not measured.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} if it is negative
     */
    public Builder minDhSize(int bits) {
      if (bits < 0) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE, "minDHSize must not be negative, got " + bits);
      }
      this.minDhSize = bits;
      return this;
    }

    /**
     * Sets {@code pskCallback}: the server may be one that shares a key with this client, and then
     * shows no certificate. It is authorized by that key; {@code checkServerIdentity} is not asked.
     * Default none. Up to TLS 1.2 {@code ciphers} has to select suites for it, such as {@code PSK},
     * which the policies leave out; in TLS 1.3 every suite of SHA-256 is one. {@link Tls#connect}
     * refuses a list without any with {@link ErrorCode#ERR_INVALID_ARG_VALUE}. A server with a
     * certificate, which is looked at as ever, stays possible.
     */
    public Builder pskCallback(PskClientCallback callback) {
      this.pskCallback = Arguments.given("pskCallback", callback);
      return this;
    }

    /** The finished options. */
    public ConnectOptions build() {
      return new ConnectOptions(this);
    }
  }
}
