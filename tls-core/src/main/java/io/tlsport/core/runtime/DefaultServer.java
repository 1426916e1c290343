package io.tlsport.core.runtime;

import io.tlsport.Address;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ContextReload;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.SessionStatistics;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.credentials.KeyMaterial;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.engine.Transport;
import io.tlsport.core.netty.EventLoops;
import io.tlsport.core.netty.NetErrors;
import io.tlsport.core.netty.NettyListener;
import io.tlsport.core.netty.TlsChannelHandler;
import io.tlsport.core.netty.UnixSockets;
import io.tlsport.core.policy.session.SessionCounts;
import io.tlsport.core.policy.sni.ContextTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server: accepts, starts a driver for each connection, and counts. */
final class DefaultServer implements Server, SocketHost.Owner {
  private static final int NO_LIMIT = -1;

  /** The other end of a Unix domain socket has no name. */
  private static final Address NAMELESS = new Address("", "Unix", 0);

  private final ServerOptions options;
  private final ServerSecurity security;
  private final SessionCounts counts = new SessionCounts();
  private final ServerChooser.Rules rules;
  private final ConnectionFactory connections;
  private final EventLoops loops;
  private final Executor resolver;
  private final Consumer<DefaultServer> onClosed;
  private final Callbacks callbacks;
  private final Set<DefaultSocket> sockets = ConcurrentHashMap.newKeySet();
  private final ContextTable<ContextSource> contexts;
  private final Consumer<DefaultSecureContext> check;
  private final Event<TLSSocket> connectionEvent = new Event<>();
  private final Event<TLSSocket> secureConnectionEvent = new Event<>();
  private final Event<ClientError> clientErrorEvent = new Event<>();
  private final Event<Address> dropEvent = new Event<>();
  private final Event<TlsException> errorEvent = new Event<>();
  private final Event<DefaultServer> listeningEvent = new Event<>();
  private final OnceEvent closeEvent;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile int maxConnections = NO_LIMIT;
  private volatile @Nullable Address address;
  private @Nullable NettyListener listener;
  private State state = State.IDLE;

  private enum State {
    IDLE,
    BINDING,
    LISTENING,
    CLOSING,
    CLOSED
  }

  private record ClientError(TlsException error, TLSSocket socket) {}

  DefaultServer(
      ServerOptions options,
      ServerSecurity security,
      Consumer<DefaultSecureContext> check,
      ConnectionFactory connections,
      EventLoops loops,
      Executor resolver,
      Consumer<DefaultServer> onClosed) {
    this.options = options;
    this.security = security;
    this.check = check;
    this.rules =
        security.rules(options, options.sessionStore().map(kept -> new CountedStore(kept, counts)));
    this.contexts = security.contexts();
    this.connections = connections;
    this.loops = loops;
    this.resolver = resolver;
    this.onClosed = onClosed;
    Loop loop = loops.next();
    this.callbacks = connections.callbacks(loop, this::listenerThrew);
    this.closeEvent = new OnceEvent(callbacks);
  }

  private void listenerThrew(Throwable thrown) {
    TlsException failure = Failures.ofCallback("a listener of the server", thrown);
    if (errorEvent.isEmpty()) {
      System.getLogger("io.tlsport").log(System.Logger.Level.WARNING, failure.getMessage(), thrown);
    } else {
      callbacks.run(() -> errorEvent.emit(failure));
    }
  }

  // --- events

  @Override
  public Server onSecureConnection(Consumer<TLSSocket> listener) {
    secureConnectionEvent.add(listener);
    return this;
  }

  @Override
  public Server onClientError(BiConsumer<TlsException, TLSSocket> listener) {
    clientErrorEvent.add(event -> listener.accept(event.error(), event.socket()));
    return this;
  }

  @Override
  public Server onConnection(Consumer<TLSSocket> listener) {
    connectionEvent.add(listener);
    return this;
  }

  @Override
  public Server onListening(Runnable listener) {
    listeningEvent.add(server -> listener.run());
    return this;
  }

  @Override
  public Server onError(Consumer<TlsException> listener) {
    errorEvent.add(listener);
    return this;
  }

  @Override
  public Server onClose(Runnable listener) {
    closeEvent.add(listener);
    return this;
  }

  @Override
  public Server onDrop(Consumer<Address> listener) {
    dropEvent.add(listener);
    return this;
  }

  // --- listening

  @Override
  public CompletionStage<Address> listen(int port) {
    return listen(port, "0.0.0.0");
  }

  @Override
  public CompletionStage<Address> listen(int port, String host) {
    if (port < 0 || port > 65535) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, "port must be 0 to 65535, got " + port);
    }
    CompletableFuture<Address> result = new CompletableFuture<>();
    NettyListener made = binding();
    resolver.execute(() -> bind(made, port, host, result));
    return result.minimalCompletionStage();
  }

  @Override
  public CompletionStage<Address> listen(String path) {
    UnixDomainSocketAddress where = UnixSockets.address(path);
    CompletableFuture<Address> result = new CompletableFuture<>();
    NettyListener made = binding();
    made.bind(where, bound -> bound(made, bound, result), error -> bindFailed(error, result));
    return result.minimalCompletionStage();
  }

  private NettyListener binding() {
    NettyListener made = new NettyListener(loops, options.tcp(), new Acceptor());
    synchronized (this) {
      requireOpen();
      if (state != State.IDLE) {
        throw new ConfigurationException(
            ErrorCode.ERR_SERVER_ALREADY_LISTEN, "this server listens already");
      }
      state = State.BINDING;
      listener = made;
    }
    Rehearsal.run(connections);
    return made;
  }

  private void bind(NettyListener made, int port, String host, CompletableFuture<Address> result) {
    InetSocketAddress where;
    try {
      where = new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException unknown) {
      bindFailed(NetErrors.of("listen " + host + ":" + port, unknown), result);
      return;
    }
    made.bind(where, bound -> bound(made, bound, result), error -> bindFailed(error, result));
  }

  private void bound(NettyListener made, Address bound, CompletableFuture<Address> result) {
    boolean go;
    synchronized (this) {
      go = state == State.BINDING;
      if (go) {
        state = State.LISTENING;
        address = bound;
      }
    }
    if (!go) {
      made.close();
      result.completeExceptionally(
          new TransportException(ErrorCode.ERR_SERVER_NOT_RUNNING, "closed while binding"));
      return;
    }
    callbacks.run(() -> result.complete(bound));
    callbacks.run(() -> listeningEvent.emit(this));
  }

  private void bindFailed(TlsException error, CompletableFuture<Address> result) {
    boolean closing;
    synchronized (this) {
      closing = state == State.CLOSING;
      listener = null;
      if (!closing) {
        state = State.IDLE;
      }
    }
    callbacks.run(() -> result.completeExceptionally(error));
    callbacks.run(() -> errorEvent.emit(error));
    if (closing) {
      settle();
    }
  }

  /** Also while it closes, until the system accepts nothing more for it. */
  @Override
  public boolean listening() {
    return address != null;
  }

  @Override
  public Optional<Address> address() {
    return Optional.ofNullable(address);
  }

  @Override
  public void close() {
    NettyListener bound;
    synchronized (this) {
      if (isClosed()) {
        return;
      }
      boolean bindingOrListening = state != State.IDLE;
      bound = state == State.LISTENING ? listener : null;
      state = State.CLOSING;
      if (!bindingOrListening) {
        listener = null;
      }
    }
    if (bound != null) {
      bound.close();
    } else {
      settle();
    }
  }

  private synchronized boolean isClosed() {
    return state == State.CLOSING || state == State.CLOSED;
  }

  private void requireOpen() {
    if (isClosed()) {
      throw new ConfigurationException(
          ErrorCode.ERR_SERVER_NOT_RUNNING, "this server was closed: create another one");
    }
  }

  private void stoppedAccepting() {
    synchronized (this) {
      listener = null;
      address = null;
      state = State.CLOSING;
    }
    settle();
  }

  private void settle() {
    synchronized (this) {
      if (state != State.CLOSING || listener != null || !sockets.isEmpty()) {
        return;
      }
      state = State.CLOSED;
    }
    onClosed.accept(this);
    security.release(check);
    closeEvent.fire();
    callbacks.run(() -> closed.complete(null));
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  /** What it answers clients by. */
  ServerSecurity security() {
    return security;
  }

  /** What it was made with. */
  ServerOptions options() {
    return options;
  }

  /** True if these connections are its own. */
  boolean isOf(ConnectionFactory factory) {
    return connections.equals(factory);
  }

  /** Destroys what is left. */
  void destroyConnections() {
    sockets.forEach(DefaultSocket::destroy);
  }

  // --- connections

  private final class Acceptor implements NettyListener.Events {
    @Override
    public boolean accepted(TlsChannelHandler handler, Supplier<Optional<Address>> remote) {
      return accept(handler, remote);
    }

    @Override
    public void failed(TlsException error) {
      callbacks.run(() -> errorEvent.emit(error));
    }

    @Override
    public void closed() {
      stoppedAccepting();
    }
  }

  /** What the system hands over while this closes is closed: nobody would end it any more. */
  private boolean accept(TlsChannelHandler handler, Supplier<Optional<Address>> remote) {
    DefaultSocket socket;
    synchronized (this) {
      if (isClosed() || !admits(() -> remote.get().or(() -> Optional.of(NAMELESS)))) {
        return false;
      }
      socket =
          connections.socket(
              handler.loop(), handler, options, this, handler::local, handler::remote);
      expectProxy(socket);
      sockets.add(socket);
    }
    handler.bind(socket.driver(), () -> begin(socket, handler));
    return true;
  }

  /** Counts one more connection, or drops it. */
  private boolean admits(Supplier<Optional<Address>> from) {
    int limit = maxConnections;
    boolean full = limit != NO_LIMIT && sockets.size() >= limit;
    if (!full && connections.ceiling().enter()) {
      return true;
    }
    Optional<Address> remote = from.get();
    remote.ifPresent(peer -> callbacks.run(() -> dropEvent.emit(peer)));
    Observers.tell(connections.observers(), observer -> observer.dropped(this, remote));
    return false;
  }

  @Override
  public boolean connection(Duplex duplex) {
    Loop loop = DuplexTransport.loop(duplex).orElseGet(loops::next);
    DuplexTransport transport = new DuplexTransport(duplex, loop);
    DefaultSocket socket;
    synchronized (this) {
      requireOpen();
      if (!admits(transport::remote)) {
        duplex.destroy();
        return false;
      }
      socket =
          connections.socket(loop, transport, options, this, transport::local, transport::remote);
      expectProxy(socket);
      sockets.add(socket);
    }
    transport.bind(socket.driver());
    loop.execute(() -> begin(socket, transport));
    return true;
  }

  private void expectProxy(DefaultSocket socket) {
    if (options.proxyProtocol()) {
      socket.driver().expectProxy();
    }
  }

  /** Once the listeners of {@code connection} have returned; nothing is read before. */
  private void begin(DefaultSocket socket, Transport transport) {
    if (connectionEvent.isEmpty()) {
      start(socket);
      return;
    }
    transport.read(false);
    socket.callback(() -> connectionEvent.emit(socket));
    socket.callback(
        () ->
            socket.onLoop(
                () -> {
                  start(socket);
                  transport.read(true);
                }));
  }

  private void start(DefaultSocket socket) {
    socket.driver().startServer(security.chooser(rules, socket));
  }

  @Override
  public void secured(DefaultSocket socket) {
    counts.secured(socket.sessionReused());
    if (options.pauseOnConnect()) {
      socket.pause();
    }
    socket.callback(() -> secureConnectionEvent.emit(socket));
  }

  @Override
  public boolean failedBeforeSecure(DefaultSocket socket, TlsException error) {
    socket.callback(() -> clientErrorEvent.emit(new ClientError(error, socket)));
    return true;
  }

  @Override
  public void closed(DefaultSocket socket) {
    sockets.remove(socket);
    connections.ceiling().leave();
    settle();
  }

  // --- contexts and limits

  @Override
  public void addContext(String hostname, SecureContext context) {
    requireName(hostname);
    connections.demand().require(Capability.SNI);
    ContextSource source = security.source(context);
    requireUsable(source.current());
    contexts.add(hostname, source);
  }

  @Override
  public void addContext(String hostname, SecureContextOptions context) {
    requireName(hostname);
    connections.demand().require(Capability.SNI);
    DefaultSecureContext loaded = security.load(context);
    requireUsable(loaded);
    contexts.add(hostname, new ContextSource.Fixed(loaded));
  }

  private void requireUsable(DefaultSecureContext context) {
    if (options.ocspResponder().isPresent()) {
      context.requireStaples();
    }
  }

  private static void requireName(String hostname) {
    if (hostname.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_REQUIRED_SERVER_NAME,
          "addContext needs a host name, such as example.com or *.example.com");
    }
  }

  @Override
  public boolean removeContext(String hostname) {
    return contexts.remove(hostname);
  }

  @Override
  public void setSecureContext(SecureContextOptions context) {
    KeyMaterial.requireServerRules(context);
    DefaultSecureContext loaded = security.load(context);
    check.accept(loaded);
    loaded.inheritTicketKeys(security.current());
    put(new ContextSource.Fixed(loaded));
  }

  @Override
  public void setSecureContext(SecureContext context) {
    put(security.source(context));
  }

  private void put(ContextSource next) {
    ContextReload reload = security.replace(next, check);
    Observers.tell(connections.observers(), observer -> observer.contextReloaded(reload));
  }

  @Override
  public long contextGeneration() {
    return security.generation();
  }

  @Override
  public OptionalInt maxConnections() {
    int limit = maxConnections;
    return limit == NO_LIMIT ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  @Override
  public void maxConnections(int limit) {
    if (limit < 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, "maxConnections must be 0 or more, got " + limit);
    }
    maxConnections = limit;
  }

  @Override
  public int connections() {
    return sockets.size();
  }

  @Override
  public SessionStatistics sessionStatistics() {
    return counts.snapshot();
  }

  @Override
  public List<byte[]> ticketKeys() {
    demandTicketKeys();
    return security.current().ticketKeys(options.ticketKeySource());
  }

  @Override
  public void setTicketKeys(List<byte[]> keys) {
    demandTicketKeys();
    if (options.ticketKeySource().isPresent()) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_INVALID_STATE,
          "the ticket keys of this server come from its ticketKeySource: change them there");
    }
    if (keys.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "setTicketKeys needs a key: the first encrypts, all decrypt");
    }
    SecureContextOptions.Builder checked = SecureContextOptions.builder();
    keys.forEach(checked::ticketKey);
    security.current().ticketKeys(checked.build().ticketKeys());
  }

  private void demandTicketKeys() {
    connections
        .demand()
        .require(Capability.TICKET_KEYS, security.current().algorithms().versions());
  }
}
