package io.tlsport.core.runtime;

import io.tlsport.AbortSignal;
import io.tlsport.Address;
import io.tlsport.AlpnCallback;
import io.tlsport.AuthorizationError;
import io.tlsport.CaSource;
import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ClientSessionCache;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ConnectionOptions;
import io.tlsport.CredentialFiles;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.OcspResponder;
import io.tlsport.PeerCertificate;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.PskCallback;
import io.tlsport.ReloadableContext;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SecurePair;
import io.tlsport.Server;
import io.tlsport.ServerIdentityCheck;
import io.tlsport.ServerOptions;
import io.tlsport.SharedSessions;
import io.tlsport.SharedSessionsOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.WatchedContext;
import io.tlsport.core.credentials.KeyMaterial;
import io.tlsport.core.credentials.RootStores;
import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.netty.DescriptorLimit;
import io.tlsport.core.netty.EventLoops;
import io.tlsport.core.netty.NettyConnector;
import io.tlsport.core.netty.TlsChannelHandler;
import io.tlsport.core.netty.UnixSockets;
import io.tlsport.core.ocsp.OcspFetcher;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.baseline.SuiteSelection;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.core.policy.cipher.SuiteOrder;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.fips.ApprovedTls;
import io.tlsport.core.policy.limit.ConnectionCeiling;
import io.tlsport.core.policy.proto.ProtocolLists;
import io.tlsport.core.policy.session.DefaultClientSessionCache;
import io.tlsport.core.policy.time.Ticker;
import io.tlsport.core.policy.verify.ServerIdentity;
import io.tlsport.core.policy.verify.StrictIdentity;
import io.tlsport.core.reload.CredentialReader;
import io.tlsport.core.reload.SystemFolderEvents;
import io.tlsport.core.sharing.SharedPlaces;
import io.tlsport.spi.TlsProvider;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that one provider does. */
public final class DefaultTls implements Tls {
  private static final Duration SHORTEST_FETCH = Duration.ofMillis(100);
  private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);

  private final TlsProvider provider;
  private final CapabilityDemand demand;
  private final FipsReport fips;
  private final SecurityPolicy policy;
  private final RootStores roots;
  private final InstantSource clock;
  private final Ticker ticker;
  private final SharedPlaces places;
  private final EngineExport export;
  private final ContextLoader loader;
  private final EngineFactory engines;
  private final EventLoops loops;
  private final HandshakeThreads handshakes;
  private final ConnectionFactory connections;

  /** Weak: a context that the application has dropped is not kept for the closing. */
  private final Set<DefaultSecureContext> contexts =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final Set<WatchedContext> watched = ConcurrentHashMap.newKeySet();
  private final Set<SharedSessions> shared = ConcurrentHashMap.newKeySet();
  private final Set<DefaultServer> servers = ConcurrentHashMap.newKeySet();
  private final Set<DefaultSocket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Joins the parts; nothing is started. */
  @Inject
  public DefaultTls(TlsSettings settings, EventLoops loops, HandshakeThreads handshakes) {
    this.provider = settings.provider();
    this.demand = settings.demand();
    this.fips = settings.fips();
    this.roots = settings.roots();
    this.policy = settings.policy();
    this.clock = settings.clock();
    this.ticker = settings.ticker();
    this.export = new JsseExport(new Exported());
    this.places = new SharedPlaces(clock, provider.jca().random(), settings.observers());
    this.loader =
        new ContextLoader(
            provider,
            demand,
            fips,
            policy,
            roots,
            clock,
            settings.ticker(),
            settings.limits(),
            places.ownKeys(),
            export);
    this.engines = new EngineFactory(provider, settings.keyLog());
    this.loops = loops;
    this.handshakes = handshakes;
    this.connections =
        new ConnectionFactory(
            provider.info().name(),
            demand,
            this::own,
            loops.buffers(),
            handshakes,
            settings.callbackExecutor(),
            settings.renegotiations(),
            settings.limits(),
            new ConnectionCeiling(
                DescriptorLimit.ofProcess(),
                settings.limits().spareDescriptors(),
                1 + provider.info().descriptorsPerEngine()),
            settings.observers(),
            settings.ticker(),
            settings.largestPiece());
  }

  @Override
  public ProviderInfo provider() {
    return provider.info();
  }

  @Override
  public Capabilities capabilities() {
    return demand.table();
  }

  @Override
  public FipsStatus fipsStatus() {
    return fips.status();
  }

  @Override
  public List<String> getCiphers() {
    return loader.offer().suites().stream()
        .filter(name -> !fips.required() || ApprovedTls.suite(name))
        .map(CipherTable.get()::byStandardName)
        .flatMap(Optional::stream) // what OpenSSL has no name for cannot be selected
        .map(CipherSuite::name)
        .sorted()
        .toList();
  }

  @Override
  public String defaultCiphers() {
    return policy.ciphers();
  }

  @Override
  public String defaultEcdhCurve() {
    return policy.groups().isEmpty() ? "auto" : String.join(":", policy.groups());
  }

  @Override
  public ProtocolVersion defaultMinVersion() {
    return policy.minVersion();
  }

  @Override
  public ProtocolVersion defaultMaxVersion() {
    return policy.maxVersion();
  }

  @Override
  public List<X509Certificate> getCaCertificates(CaSource source) {
    return roots.of(source);
  }

  @Override
  public Optional<AuthorizationError> checkServerIdentity(
      String host, PeerCertificate certificate) {
    return ServerIdentity.check(host, certificate);
  }

  // --- contexts

  @Override
  public SecureContext createSecureContext(SecureContextOptions options) {
    return load(options);
  }

  private DefaultSecureContext load(SecureContextOptions options) {
    requireOpen();
    DefaultSecureContext context = loader.load(options);
    contexts.add(context);
    return context;
  }

  private DefaultSecureContext own(SecureContext context) {
    SecureContext given =
        context instanceof DefaultReloadableContext reloadable ? reloadable.inForce() : context;
    if (given instanceof DefaultSecureContext mine && contexts.contains(mine)) {
      return mine;
    }
    throw new ConfigurationException(
        ErrorCode.ERR_TLS_INVALID_CONTEXT,
        "this secure context was made by another Tls: a context belongs to the provider that"
            + " loaded it");
  }

  private ContextSource source(ServerOptions options) {
    DefaultSecureContext now = context(options);
    return options.secureContext().orElse(now) instanceof DefaultReloadableContext reloadable
        ? new ContextSource.Following(reloadable)
        : new ContextSource.Fixed(now);
  }

  private DefaultSecureContext context(ConnectionOptions options) {
    Optional<SecureContext> given = options.secureContext();
    return given.isPresent() ? own(given.get()) : load(options.context());
  }

  @Override
  public ReloadableContext createReloadableContext(SecureContextOptions options) {
    return new DefaultReloadableContext(load(options), this::load, connections.observers(), export);
  }

  @Override
  public WatchedContext watch(CredentialFiles files) {
    requireOpen();
    CredentialReader reader = new CredentialReader(files, provider.jca());
    WatchedContext made =
        new DefaultWatchedContext(
            files,
            reader,
            reader.look(),
            this::load,
            new DefaultWatchedContext.Place(
                loops.next(),
                handshakes,
                new SystemFolderEvents(),
                clock,
                connections.observers(),
                export,
                watched::remove));
    watched.add(made);
    return made;
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new ConfigurationException(
          ErrorCode.ERR_SERVER_NOT_RUNNING, "this Tls is closed: build another one");
    }
  }

  private void demandCommon(ConnectionOptions options, DefaultSecureContext context) {
    if (!options.alpnProtocols().isEmpty()) {
      demand.require(Capability.ALPN, context.algorithms().versions());
    }
    if (!options.npnProtocols().isEmpty()) {
      demand.require(Capability.NPN, context.algorithms().versions());
    }
    boolean negotiates =
        !options.alpnProtocols().isEmpty()
            || (options instanceof ServerOptions server && server.alpnCallback().isPresent());
    if (options.fallbackProtocol().isPresent() && !negotiates) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "fallbackProtocol is for peers without ALPN: give alpnProtocols for the others");
    }
    if (options.allowHalfOpen()) {
      demand.require(Capability.HALF_CLOSE, context.algorithms().versions());
    }
    if (engines.logsKeys()) {
      demand.require(Capability.KEY_LOG, context.algorithms().versions());
    }
  }

  // --- servers

  @Override
  public Server createServer(ServerOptions options) {
    requireOpen();
    demandPsk(options.pskCallback().isPresent());
    if (options.secureContext().isEmpty()) {
      KeyMaterial.requireServerRules(options.context());
    }
    ContextSource own = source(options);
    ServerSecurity security = security(own);
    if (options.alpnCallback().isPresent() && !options.alpnProtocols().isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS,
          "alpnCallback and alpnProtocols exclude each other: set one of them");
    }
    Consumer<DefaultSecureContext> check = next -> requireServes(options, next);
    check.accept(own.current());
    own.require(check);
    DefaultServer server =
        new DefaultServer(
            options, security, check, connections, loops, handshakes, servers::remove);
    servers.add(server);
    return server;
  }

  /** Refuses what a server cannot do with that context. */
  private void requireServes(ServerOptions options, DefaultSecureContext context) {
    demandCommon(options, context);
    if (options.requestCert()) {
      demand.require(Capability.CLIENT_CERTIFICATES, context.algorithms().versions());
    }
    demandHooks(options, context);
    demandPsk(options.pskCallback().isPresent(), context);
    requirePskForHint(options.pskCallback(), options.pskIdentityHint());
    requireOneKeeper(options, context);
    ServedChains.warn(context, () -> roots.of(CaSource.DEFAULT));
  }

  /** The hooks of a server, for connections with that context. */
  private void demandHooks(ServerOptions options, DefaultSecureContext context) {
    List<ProtocolVersion> versions = context.algorithms().versions();
    demandSni(options.sniCallback().isPresent(), context);
    if (options.sessionStore().isPresent()) {
      demand.require(Capability.SESSION_STORE, versions);
    }
    if (options.ticketKeySource().isPresent()) {
      demand.require(Capability.TICKET_KEYS, versions);
    }
    if (options.ocspResponder().isPresent()) {
      demand.require(Capability.OCSP_STAPLING, versions);
      context.requireStaples();
    }
    if (options.alpnCallback().isPresent() || !options.alpnProtocols().isEmpty()) {
      demand.require(Capability.ALPN, versions);
    }
    if (options.pskCallback().isPresent()) {
      demand.require(Capability.PSK, versions);
    }
  }

  /** Before a context is made, which lacks its suites on a provider that has none. */
  private void demandPsk(boolean wanted) {
    if (wanted) {
      demand.require(Capability.PSK);
    }
  }

  /** Keys that no suite has a use for are a mistake, and so are suites without keys. */
  private void demandPsk(boolean wanted, DefaultSecureContext context) {
    if (wanted) {
      demand.require(Capability.PSK, context.algorithms().versions());
    }
    List<String> suites = context.algorithms().suites();
    List<String> psk = SuiteSelection.psk(suites, true);
    boolean tls13 =
        demand.table().of(Capability.PSK).covers(ProtocolVersion.TLS_1_3)
            && !SuiteSelection.takingPsk(SuiteOrder.usable(suites, ProtocolVersion.TLS_1_3))
                .isEmpty();
    if (wanted && psk.isEmpty() && !tls13) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "pskCallback: ciphers selects no suite with pre-shared keys; add some, such as PSK or"
              + " ECDHE-PSK-CHACHA20-POLY1305, or in TLS 1.3 one of SHA-256");
    }
    if (!wanted && psk.size() == suites.size()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "ciphers selects suites with pre-shared keys alone: give pskCallback, which has the keys,"
              + " or other suites");
    }
  }

  private static void requireOneKeeper(ServerOptions options, DefaultSecureContext context) {
    if (options.ticketKeySource().isPresent()
        && (options.sessionStore().isPresent() || context.hasTicketKeys())) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "ticketKeySource excludes sessionStore and ticketKeys: set one of them");
    }
  }

  @Override
  public OcspResponder createOcspFetcher(Duration timeout) {
    return fetcher(Optional.empty(), timeout);
  }

  @Override
  public OcspResponder createOcspFetcher(URI responder, Duration timeout) {
    String scheme = String.valueOf(responder.getScheme());
    if (responder.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "responder must be an address of http or https with a host, got " + responder);
    }
    return fetcher(Optional.of(responder), timeout);
  }

  private OcspResponder fetcher(Optional<URI> responder, Duration timeout) {
    requireOpen();
    if (timeout.compareTo(SHORTEST_FETCH) < 0 || timeout.compareTo(LONGEST_FETCH) > 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "timeout of an OCSP fetcher must be 100 ms to 1 minute, got " + timeout);
    }
    return new OcspFetcher(responder, timeout, provider.jca(), clock);
  }

  @Override
  public SharedSessions createSharedSessions(SharedSessionsOptions options) {
    requireOpen();
    SharedSessions opened = places.open(options);
    shared.add(opened);
    return opened;
  }

  private ServerSecurity security(ContextSource own) {
    return new ServerSecurity(own, this::load, this::own, engines);
  }

  // --- clients

  @Override
  public ClientSessionCache createClientSessionCache(int maxSessions) {
    requireOpen();
    return new DefaultClientSessionCache(loader.sessionOrigin(), maxSessions, clock);
  }

  @Override
  public TLSSocket connect(ConnectOptions options) {
    demandPsk(options.pskCallback().isPresent());
    DefaultSecureContext context = context(options);
    boolean resumes = options.session().isPresent() || options.sessionCache().isPresent();
    demandClient(options, context, resumes, options.requestOcsp());
    demandSni(options.servername().isPresent(), context);
    demandPsk(options.pskCallback().isPresent(), context);
    ClientConnector plain =
        ClientConnector.of(
            context,
            options.host(),
            options.servername(),
            options.checkServerIdentity().orElse(names(options.strictNames())),
            ProtocolLists.of(options),
            options.session(),
            options.requestOcsp(),
            options.rejectUnauthorized(),
            options.minDhSize(),
            options.pskCallback());
    ClientConnector connector =
        options.sessionCache().map(cache -> plain.caching(cache, options)).orElse(plain);
    DefaultSocket socket =
        options.socket().isPresent()
            ? overDuplex(options.socket().get(), options, connector)
            : overNetwork(options, connector);
    if (!options.timeout().isZero()) {
      socket.setTimeout(options.timeout());
    }
    options.signal().ifPresent(signal -> endWith(signal, socket));
    return socket;
  }

  private static void endWith(AbortSignal signal, DefaultSocket socket) {
    AbortSignal.Registration registration =
        signal.onAbort(
            () ->
                socket.destroy(
                    new ConfigurationException(
                        ErrorCode.ABORT_ERR, "The operation was aborted: its signal was given")));
    socket.closed().thenRun(registration::remove);
  }

  private static ServerIdentityCheck names(boolean strict) {
    return strict ? StrictIdentity::check : ServerIdentity::check;
  }

  private void demandClient(
      ConnectionOptions options, DefaultSecureContext context, boolean session, boolean ocsp) {
    demandCommon(options, context);
    if (session) {
      demand.require(Capability.SESSION_RESUMPTION, context.algorithms().versions());
    }
    if (ocsp) {
      demand.require(Capability.OCSP_REQUEST, context.algorithms().versions());
    }
  }

  private void demandSni(boolean wanted, DefaultSecureContext context) {
    if (wanted) {
      demand.require(Capability.SNI, context.algorithms().versions());
    }
  }

  private DefaultSocket overNetwork(ConnectOptions options, ClientConnector connector) {
    Optional<UnixDomainSocketAddress> path = options.path().map(UnixSockets::address);
    TlsChannelHandler handler =
        new TlsChannelHandler(path.isPresent() ? loops.nextPortable() : loops.next());
    DefaultSocket socket = track(handler.loop(), handler, options, handler::local, handler::remote);
    closeWith(socket, options, connector.context());
    socket.prepare(connector);
    handler.bind(socket.driver(), () -> startClient(socket));
    HostConnector network =
        new HostConnector(
            options,
            path,
            handler.loop(),
            new NettyConnector(loops, handler, options.tcp()),
            ticker,
            socket.driver()::destroy);
    handler.onGivenUp(network::stop);
    handler.loop().execute(() -> network.start(handshakes));
    return socket;
  }

  /** A context that was made for one connection only ends with it. */
  private static void closeWith(
      DefaultSocket socket, ConnectionOptions options, DefaultSecureContext context) {
    boolean servers = options instanceof SocketOptions wrapping && wrapping.server().isPresent();
    if (options.secureContext().isEmpty() && (options.hasContext() || !servers)) {
      socket.closed().thenRun(context::close);
    }
  }

  private void startClient(DefaultSocket socket) {
    EngineDriver driver = socket.driver();
    try {
      ClientConnector connector = socket.begin();
      ClientSessions sessions = connector.sessions();
      socket.sessions(sessions);
      driver.startClient(connector.start(engines, sessions, socket::stapled));
    } catch (RuntimeException failed) {
      driver.destroy(Failures.ofProvider(failed));
    }
  }

  private DefaultSocket track(
      Loop loop,
      io.tlsport.core.engine.Transport transport,
      ConnectionOptions options,
      Supplier<Optional<Address>> local,
      Supplier<Optional<Address>> remote) {
    requireOpen();
    SocketHost.Owner forget =
        new SocketHost.Owner() {
          @Override
          public void closed(DefaultSocket socket) {
            sockets.remove(socket);
          }
        };
    DefaultSocket socket = connections.socket(loop, transport, options, forget, local, remote);
    sockets.add(socket);
    return socket;
  }

  // --- over what exists already

  private DefaultSocket overDuplex(
      Duplex duplex, ConnectionOptions options, ClientConnector connector) {
    DefaultSocket socket = wrapped(duplex, options);
    closeWith(socket, options, connector.context());
    socket.prepare(connector);
    socket.loop().execute(() -> startClient(socket));
    return socket;
  }

  private DefaultSocket wrapped(Duplex duplex, ConnectionOptions options) {
    Loop loop = DuplexTransport.loop(duplex).orElseGet(loops::next);
    DuplexTransport transport = new DuplexTransport(duplex, loop);
    DefaultSocket socket = track(loop, transport, options, transport::local, transport::remote);
    transport.bind(socket.driver());
    return socket;
  }

  @Override
  public Duplex duplex(Socket socket, ByteBuffer early) {
    requireOpen();
    if (!socket.isConnected() || socket.isClosed()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, "socket: connect it first, and do not close it");
    }
    byte[] copy = new byte[early.remaining()];
    early.duplicate().get(copy);
    Loop loop = loops.next();
    return new SocketDuplex(
        socket, ByteBuffer.wrap(copy), onThrown -> connections.callbacks(loop, onThrown));
  }

  @Override
  public TLSSocket tlsSocket(Duplex transport, SocketOptions options) {
    DefaultSecureContext context = socketContext(options);
    demandSocket(options, context);
    if (!options.isServer()) {
      return overDuplex(transport, options, connector(options, context));
    }
    DefaultSocket socket = wrapped(transport, options);
    closeWith(socket, options, context);
    socket.loop().execute(() -> startServer(socket, options, context));
    return socket;
  }

  private void demandSocket(SocketOptions options, DefaultSecureContext context) {
    demandClient(options, context, options.session().isPresent(), options.requestOcsp());
    demandSni(options.sniCallback().isPresent() || options.servername().isPresent(), context);
    if (options.isServer() && options.requestCert()) {
      demand.require(Capability.CLIENT_CERTIFICATES, context.algorithms().versions());
    }
    if (options.isServer() && options.servername().isPresent()) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_SNI_FROM_SERVER, "servername: only a client can name a server");
    }
    server(options).ifPresent(server -> demandHooks(server.options(), context));
    if (hasPsk(options)) {
      demandPsk(true, context);
    } else if (server(options).flatMap(server -> server.options().pskCallback()).isEmpty()) {
      demandPsk(false, context);
    }
  }

  private static boolean hasPsk(SocketOptions options) {
    return options.pskCallback().isPresent() || options.pskClientCallback().isPresent();
  }

  /** Each side has a pskCallback of its own kind. */
  private static void requirePskSide(SocketOptions options) {
    boolean wrong =
        options.isServer()
            ? options.pskClientCallback().isPresent()
            : options.pskCallback().isPresent() || options.pskIdentityHint().isPresent();
    if (wrong) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          options.isServer()
              ? "pskCallback: it is a client's; a server's is given a socket and an identity"
              : "pskCallback, pskIdentityHint: they are a server's; a client's pskCallback is given"
                  + " a hint");
    }
    requirePskForHint(options.pskCallback(), options.pskIdentityHint());
  }

  private static void requirePskForHint(Optional<PskCallback> callback, Optional<String> hint) {
    if (hint.isPresent() && callback.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "pskIdentityHint is for clients with pre-shared keys: give pskCallback, which has them");
    }
  }

  /** The server whose hooks a socket uses, or a refusal. */
  private Optional<DefaultServer> server(SocketOptions options) {
    if (options.server().isEmpty()) {
      return Optional.empty();
    }
    if (!options.isServer()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "server: a client has no use for a server's hooks; set isServer(true) or leave it out");
    }
    if (options.server().get() instanceof DefaultServer server && server.isOf(connections)) {
      return Optional.of(server);
    }
    throw new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "server: it was made by another Tls; give one of the Tls that makes the socket");
  }

  private DefaultSecureContext socketContext(SocketOptions options) {
    demandPsk(hasPsk(options));
    requirePskSide(options);
    return server(options)
        .filter(server -> !options.hasContext())
        .map(server -> server.security().current())
        .orElseGet(() -> context(options));
  }

  private ClientConnector connector(SocketOptions options, DefaultSecureContext context) {
    return ClientConnector.of(
        context,
        options.servername().orElse("localhost"),
        options.servername(),
        names(options.strictNames()),
        ProtocolLists.of(options),
        options.session(),
        options.requestOcsp(),
        options.rejectUnauthorized(),
        ConnectOptions.DEFAULT_MIN_DH_SIZE,
        options.pskClientCallback());
  }

  /** What the runtime does for engines that others move. */
  private final class Exported implements JsseExport.Host {
    @Override
    public String provider() {
      return provider.info().name();
    }

    @Override
    public void demand(SocketOptions options, DefaultSecureContext context) {
      requireOpen();
      demandSocket(options, context);
    }

    @Override
    public boolean allowsHalfOpen(DefaultSecureContext context) {
      return demand.allows(Capability.HALF_CLOSE, context.algorithms().versions());
    }

    @Override
    public ConnectionFactory connections() {
      return connections;
    }

    @Override
    public ClientConnector connector(SocketOptions options, DefaultSecureContext context) {
      return DefaultTls.this.connector(options, context);
    }

    @Override
    public void startClient(DefaultSocket socket) {
      DefaultTls.this.startClient(socket);
    }

    @Override
    public void startServer(
        DefaultSocket socket,
        SocketOptions options,
        DefaultSecureContext context,
        Optional<AlpnCallback> alpn) {
      DefaultTls.this.startServer(socket, options, context, alpn);
    }

    @Override
    public InstantSource clock() {
      return clock;
    }
  }

  private void startServer(
      DefaultSocket socket, SocketOptions options, DefaultSecureContext context) {
    startServer(socket, options, context, Optional.empty());
  }

  private void startServer(
      DefaultSocket socket,
      SocketOptions options,
      DefaultSecureContext context,
      Optional<AlpnCallback> alpn) {
    Optional<DefaultServer> server = server(options);
    ServerSecurity security =
        server
            .map(DefaultServer::security)
            .orElseGet(() -> security(new ContextSource.Fixed(context)));
    socket
        .driver()
        .startServer(
            security.chooser(
                options,
                context,
                alpn.map(chosen -> ServerOptions.builder().alpnCallback(chosen).build())
                    .or(() -> server.map(DefaultServer::options)),
                socket));
  }

  @Override
  public SecurePair createSecurePair(SocketOptions options) {
    DefaultSecureContext context = socketContext(options);
    demandSocket(options, context);
    Loop loop = loops.next();
    PairDuplex encrypted = new PairDuplex(loop, connections.pairCallbacks(loop));
    DefaultSocket socket = track(loop, encrypted, options, Optional::empty, Optional::empty);
    closeWith(socket, options, context);
    encrypted.bind(socket.driver());
    if (options.isServer()) {
      loop.execute(() -> startServer(socket, options, context));
    } else {
      ClientConnector connector = connector(options, context);
      socket.prepare(connector);
      loop.execute(() -> startClient(socket));
    }
    return new DefaultSecurePair(socket, encrypted);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    servers.forEach(
        server -> {
          server.close();
          server.destroyConnections();
        });
    sockets.forEach(DefaultSocket::destroy);
    loops.close();
    handshakes.close();
    watched.forEach(WatchedContext::close);
    shared.forEach(SharedSessions::close);
    List.copyOf(contexts).forEach(DefaultSecureContext::close);
    provider.close();
  }
}
