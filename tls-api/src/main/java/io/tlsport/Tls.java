package io.tlsport;

import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.spi.TlsRuntimeFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The entry point: what {@code require('tls')} is in Node, bound to one provider. Safe for any
 * number of threads; make one and share it.
 *
 * <pre>{@code
 * try (Tls tls = Tls.builder().provider("jdk").build()) {
 *   TLSSocket socket = tls.connect(8000, "localhost");
 *   socket.onSecureConnect(() -> System.out.println(socket.cipher()));
 * }
 * }</pre>
 */
public interface Tls extends AutoCloseable {
  /**
   * A builder of the runtime on the class path.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_RUNTIME_MISSING} if there is none
   */
  static Builder builder() {
    return ServiceLoader.load(TlsRuntimeFactory.class, TlsRuntimeFactory.class.getClassLoader())
        .findFirst()
        .or(() -> ServiceLoader.load(TlsRuntimeFactory.class).findFirst())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    ErrorCode.ERR_RUNTIME_MISSING,
                    "no tlsport runtime found: put tlsport-core on the class path"))
        .newBuilder();
  }

  /** Who the provider is. */
  ProviderInfo provider();

  /** What the provider can do, and why not where it cannot. */
  Capabilities capabilities();

  /**
   * Whether what runs is FIPS approved, asked now: the provider on the calling thread, threads as
   * those of the event loops, the policy.
   */
  FipsStatus fipsStatus();

  /** The ciphers that the provider has, by OpenSSL's names, sorted: {@code tls.getCiphers()}. */
  List<String> getCiphers();

  /** What contexts take that set no {@code ciphers}: {@code tls.DEFAULT_CIPHERS}. */
  String defaultCiphers();

  /** What contexts take that set no {@code ecdhCurve}: {@code tls.DEFAULT_ECDH_CURVE}. */
  String defaultEcdhCurve();

  /** What contexts take that set no {@code minVersion}: {@code tls.DEFAULT_MIN_VERSION}. */
  ProtocolVersion defaultMinVersion();

  /** What contexts take that set no {@code maxVersion}: {@code tls.DEFAULT_MAX_VERSION}. */
  ProtocolVersion defaultMaxVersion();

  /**
   * Root certificates: {@code tls.getCACertificates(type)}, and {@code tls.rootCertificates} with
   * {@link CaSource#BUNDLED}. Give them to {@link SecureContextOptions.Builder#ca} by {@link
   * Pem#of(X509Certificate)}. Reads files at the first call for a source.
   *
   * @return without those that are there twice; unmodifiable
   */
  List<X509Certificate> getCaCertificates(CaSource source);

  /**
   * Whether a certificate belongs to a host, by Node's rules: {@code tls.checkServerIdentity}. Says
   * nothing of its chain.
   *
   * @param host a name in any script, or an address
   * @return empty if it belongs; otherwise {@link ErrorCode#ERR_TLS_CERT_ALTNAME_INVALID} with the
   *     reason
   */
  Optional<AuthorizationError> checkServerIdentity(String host, PeerCertificate certificate);

  /**
   * Loads and checks identity, trust and algorithms: {@code tls.createSecureContext}.
   *
   * @throws ConfigurationException if anything in it is wrong
   * @throws UnsupportedFeatureException if the provider cannot do it
   */
  SecureContext createSecureContext(SecureContextOptions options);

  /**
   * The same as a context that can be replaced while it is used, by servers and by clients.
   *
   * @throws ConfigurationException if anything in it is wrong
   * @throws UnsupportedFeatureException if the provider cannot do it
   */
  ReloadableContext createReloadableContext(SecureContextOptions options);

  /**
   * Loads a context from files and follows them: what replaces a restart where certificates are
   * renewed. Reads the files before it returns.
   *
   * @throws ConfigurationException if a file is missing ({@link ErrorCode#ENOENT}), cannot be read
   *     ({@link ErrorCode#EIO}), or anything in them is wrong
   * @throws UnsupportedFeatureException if the provider cannot do it
   */
  WatchedContext watch(CredentialFiles files);

  /** A server that does not listen yet: {@code tls.createServer(options)}. */
  Server createServer(ServerOptions options);

  /** A server with a listener of {@code secureConnection}. */
  default Server createServer(ServerOptions options, Consumer<TLSSocket> secureConnectionListener) {
    return createServer(options).onSecureConnection(secureConnectionListener);
  }

  /**
   * A responder for {@link ServerOptions.Builder#ocspResponder} that asks whom the certificate
   * names (RFC 5280 section 4.2.2.1), as {@link #createOcspFetcher(URI, Duration)} does. Nothing is
   * stapled to a certificate that names nobody.
   */
  OcspResponder createOcspFetcher(Duration timeout);

  /**
   * A responder for {@link ServerOptions.Builder#ocspResponder} that asks by HTTP (RFC 6960
   * appendix A) and keeps what it was told. It asks when the first client wants to know, and again
   * in the second half of a response's life, while the old one is stapled; that is kept until its
   * end where no good answer comes, and nobody is asked more than once a minute. What is stapled
   * was checked: signature, certificate, time. That a certificate is revoked is stapled, too. What
   * goes wrong is a warning in the log {@code io.tlsport}, and never ends a handshake. Any thread.
   *
   * @param responder whom to ask, {@code http} or {@code https}
   * @param timeout how long an answer may take, and with it the first handshake: 100 ms to 1 minute
   * @throws ConfigurationException if one of them is out of its range ({@link
   *     ErrorCode#ERR_INVALID_ARG_VALUE}, {@link ErrorCode#ERR_OUT_OF_RANGE})
   */
  OcspResponder createOcspFetcher(URI responder, Duration timeout);

  /**
   * Opens what servers share sessions by, with the defaults of {@link SharedSessionsOptions}.
   *
   * @param place {@code memory}, {@code dir:PATH} or, with tlsport-redis, {@code redis://HOST:PORT}
   */
  default SharedSessions createSharedSessions(String place) {
    return createSharedSessions(SharedSessionsOptions.builder(place).build());
  }

  /**
   * Opens what servers share sessions by, in this process, on this machine or on several. Waits for
   * the keys that are there, as long as {@code answerTimeout} allows. Closed with this {@link Tls}
   * at the latest.
   *
   * @throws ConfigurationException if there is no place of that kind ({@link
   *     ErrorCode#ERR_INVALID_ARG_VALUE}), or its folder cannot be used ({@link ErrorCode#EACCES})
   */
  SharedSessions createSharedSessions(SharedSessionsOptions options);

  /** A cache of {@link ClientSessionCache#DEFAULT_MAX_SESSIONS} sessions. */
  default ClientSessionCache createClientSessionCache() {
    return createClientSessionCache(ClientSessionCache.DEFAULT_MAX_SESSIONS);
  }

  /**
   * A cache by which the connections of this {@link Tls} resume each other's sessions.
   *
   * @param maxSessions 1 to {@link ClientSessionCache#MOST_SESSIONS}
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} outside of it
   */
  ClientSessionCache createClientSessionCache(int maxSessions);

  /**
   * Connects: {@code tls.connect(options)}. Returns at once; failures of the connection are events
   * and fail {@link TLSSocket#secured()}, wrong options throw here.
   */
  TLSSocket connect(ConnectOptions options);

  /** Connects, with a listener of {@code secureConnect}. */
  default TLSSocket connect(ConnectOptions options, Consumer<TLSSocket> secureConnectListener) {
    TLSSocket socket = connect(options);
    return socket.onSecureConnect(() -> secureConnectListener.accept(socket));
  }

  /** Connects to a port of a host: {@code tls.connect(port, host)}. */
  default TLSSocket connect(int port, String host) {
    return connect(ConnectOptions.builder().port(port).host(host).build());
  }

  /** A connected socket as a transport, of which nothing was read that belongs to TLS. */
  default Duplex duplex(Socket socket) {
    return duplex(socket, ByteBuffer.allocate(0));
  }

  /**
   * A connected socket as a transport: for {@link #tlsSocket}, for {@link ConnectOptions#socket},
   * or to be used as it is. A plain dialogue may have gone before (STARTTLS, a proxy's CONNECT);
   * who has read too far gives what belongs to TLS as {@code early}. From then on the socket is not
   * to be used otherwise; the duplex closes it, and nobody else does where no TLS is put over it.
   * It is read and written by two threads of its own. A socket with a time-out for reading fails by
   * it.
   *
   * @param early bytes that were read of the socket already; copied
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if it is not
   *     connected
   */
  Duplex duplex(Socket socket, ByteBuffer early);

  /** TLS over a transport that exists already: {@code new tls.TLSSocket(socket, options)}. */
  TLSSocket tlsSocket(Duplex transport, SocketOptions options);

  /** TLS without a transport: {@code tls.createSecurePair}. */
  SecurePair createSecurePair(SocketOptions options);

  /** TLS without a transport, in the seed's form. */
  default SecurePair createSecurePair(
      SecureContext context, boolean isServer, boolean requestCert, boolean rejectUnauthorized) {
    return createSecurePair(
        SocketOptions.builder()
            .secureContext(context)
            .isServer(isServer)
            .requestCert(requestCert)
            .rejectUnauthorized(rejectUnauthorized)
            .build());
  }

  /** Closes the servers, ends what is left, frees what the provider holds. Idempotent. */
  @Override
  void close();

  /** Chooses the provider and what all connections share. Not safe for several threads. */
  interface Builder {
    /**
     * Chooses the provider by name, or {@code auto}: the first that can run here of jdk, conscrypt,
     * bcjsse, bctls, then any other. Without a name, exactly one must be on the class path.
     */
    Builder provider(String name);

    /** Uses this provider, whatever is on the class path. */
    Builder provider(TlsProviderFactory factory);

    /** Told, with {@code auto}, one sentence for each provider that was passed over. */
    Builder onProviderSkipped(Consumer<String> listener);

    /**
     * Chooses the policy of defaults by name; default {@code default}. A name with a date, such as
     * {@code 20261130}, never changes what it means; docs/policies.md has them all.
     */
    Builder policy(String name);

    /** Sets {@code tls.DEFAULT_CIPHERS} of this {@link Tls}, in place of the policy's list. */
    Builder defaultCiphers(String list);

    /** Sets {@code tls.DEFAULT_ECDH_CURVE} of this {@link Tls}, in place of the policy's groups. */
    Builder defaultEcdhCurve(String groups);

    /** Sets {@code tls.DEFAULT_MIN_VERSION} of this {@link Tls}, in place of the policy's. */
    Builder defaultMinVersion(ProtocolVersion version);

    /** Sets {@code tls.DEFAULT_MAX_VERSION} of this {@link Tls}, in place of the policy's. */
    Builder defaultMaxVersion(ProtocolVersion version);

    /**
     * Refuses what is not FIPS approved: {@link #build} fails unless the provider's module, its
     * self-test, the mode of threads and engine, the source of randomness and the policy are, and a
     * context that enables anything else, or shows a certificate that is not, is refused when it is
     * made. The error is one, with {@link ErrorCode#ERR_CRYPTO_FIPS_UNAVAILABLE}, and names every
     * such part. The policy {@code default} then means {@code fips}.
     *
     * <p>A provider without FIPS refuses with {@link UnsupportedFeatureException}.
     */
    Builder requireFips();

    /** Refuses to start unless the provider has these. */
    Builder require(Capability... capabilities);

    /** Accepts capabilities that the provider has for some versions only. */
    Builder allowPartial(Capability... capabilities);

    /** Allows the provider to use its vendor's internals where a feature needs them. */
    Builder internals(boolean allow);

    /**
     * Lets a faster library compute the public-key cryptography of handshakes; default none. The
     * provider {@code jdk} takes {@code conscrypt} (signatures, verification and key agreement on
     * X25519 and the curves of NIST, Ed25519, and RSA signatures, by native code) and {@code bc}
     * (the same without RSA, by Bouncy Castle in Java). Engine, protocol and verdicts stay those of
     * the provider. The library must be on the class path.
     *
     * <p>This is the one option with an effect on the whole process: while a {@link Tls} with an
     * accelerator has contexts, a JCA provider {@code TlsportAccelerator} is the first in {@code
     * java.security.Security}. It serves the steps of accelerated engines and nobody else, and
     * leaves with the last such {@link Tls} that is closed.
     *
     * <p>{@link #build} refuses it with {@link ErrorCode#ERR_PROVIDER_UNAVAILABLE} where the
     * library is missing or does not work, with {@link ErrorCode#ERR_INVALID_ARG_VALUE} where the
     * provider takes no accelerator of that name, and with {@link
     * ErrorCode#ERR_CRYPTO_FIPS_UNAVAILABLE} together with {@link #requireFips}.
     */
    Builder accelerator(String name);

    /**
     * Where events and the callbacks of servers run; default the event loop of the connection. One
     * that blocks needs an executor with threads to spare: it holds up its own connection then, and
     * no other one.
     */
    Builder callbackExecutor(Executor executor);

    /**
     * Where handshakes are computed and certificates judged; default a pool of as many threads as
     * there are processors. {@code Runnable::run} keeps them on the event loop, where they hold up
     * the established connections. A job is one step of one handshake: an executor that runs jobs
     * in their order treats all connections alike.
     */
    Builder handshakeExecutor(Executor executor);

    /** How many event loops; default twice the processors, at most 8. */
    Builder eventLoops(int count);

    /**
     * The roots of contexts without {@code ca}, in place of the JVM's: {@code
     * tls.setDefaultCACertificates}, for this {@link Tls} alone. Called with nothing: nobody is
     * trusted by default.
     */
    Builder defaultCa(Pem... pems);

    /**
     * Roots besides the default ones, whatever these are: {@code NODE_EXTRA_CA_CERTS}. May be
     * called several times.
     */
    Builder extraCa(Pem... pems);

    /**
     * The operating system's roots are among the default ones: {@code --use-system-ca}; default
     * false. {@link #build} refuses it where the system has none that can be read.
     */
    Builder systemRoots(boolean use);

    /**
     * How often a peer may renegotiate; default {@link RenegotiationLimits#DEFAULT}. Servers may
     * set their own, and clients count what their servers ask for by this one.
     */
    Builder renegotiationLimits(RenegotiationLimits limits);

    /** What a peer may cost; default {@link ConnectionLimits#DEFAULT}. */
    Builder connectionLimits(ConnectionLimits limits);

    /** The time by which certificates are judged; default the system's. */
    Builder clock(InstantSource clock);

    /** Watches everything; may be called several times. */
    Builder listener(TlsListener listener);

    /**
     * Gives the secrets of all connections away; default: to nobody. {@link #build} refuses it
     * where {@link Capability#KEY_LOG} is missing, and logs a warning where it is not.
     */
    Builder insecureKeyLog(InsecureKeyLog log);

    /**
     * Starts.
     *
     * @throws ConfigurationException if the provider is unknown, ambiguous, unavailable, or not
     *     what was required
     */
    Tls build();
  }
}
