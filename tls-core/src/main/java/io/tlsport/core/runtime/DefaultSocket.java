package io.tlsport.core.runtime;

import io.tlsport.Address;
import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.CipherInfo;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ConnectTarget;
import io.tlsport.ConnectionOptions;
import io.tlsport.EphemeralKeyInfo;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.HandshakeException;
import io.tlsport.HandshakeTimings;
import io.tlsport.PeerCertificate;
import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiateOptions;
import io.tlsport.SecureContext;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.TcpOptions;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.core.engine.DriverEvents;
import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Handshake;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.engine.Transport;
import io.tlsport.core.policy.cipher.CipherNames;
import io.tlsport.core.policy.fips.ApprovedTls;
import io.tlsport.core.policy.fragment.SendFragment;
import io.tlsport.core.policy.hint.Hints;
import io.tlsport.core.policy.signature.SharedSchemes;
import io.tlsport.core.policy.signature.SignatureScheme;
import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.FinishedMessages;
import io.tlsport.spi.Identity;
import io.tlsport.spi.KeyingMaterial;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A socket over an {@link EngineDriver}: events, properties, and writes from any thread. */
final class DefaultSocket implements TLSSocket, EngineFacts {
  private final SocketHost host;
  private final Loop loop;
  private final Callbacks callbacks;
  private final SocketInput input;
  private final WireTrace trace;
  private final ConnectionOptions options;
  private final WriteQuota quota;
  private final IdleTimer idle;
  private final SocketEvents events;
  private final Preparation preparation = new Preparation();
  private @Nullable EngineDriver driver;
  private volatile @Nullable ClientSessions sessions;
  private volatile @Nullable String servername;
  private volatile @Nullable Address proxied;
  private volatile List<SignatureScheme> sharedSchemes = List.of();
  private volatile List<X509Certificate> ownChain = List.of();
  private volatile @Nullable DefaultSecureContext context;
  private volatile List<ProtocolVersion> enabled = List.of();

  DefaultSocket(
      SocketHost host, SocketHost.Owner owner, ConnectionOptions options, WireTrace trace) {
    this.host = host;
    this.trace = trace;
    this.options = options;
    this.quota = new WriteQuota(options.highWaterMark());
    this.loop = host.loop();
    this.callbacks =
        new Callbacks(loop, host.callbackExecutor(), host.ticker(), this::listenerThrew);
    this.input = new SocketInput(callbacks, this::flow);
    this.idle = new IdleTimer(loop, host.ticker(), callbacks);
    this.events = new SocketEvents(this, owner, host.observers(), callbacks, input, idle);
  }

  /** Sets the driver; before anything else happens. */
  void attach(EngineDriver engineDriver) {
    driver = engineDriver;
  }

  @Override
  public void sharedSchemes(List<SignatureScheme> schemes) {
    sharedSchemes = schemes;
  }

  @Override
  public TLSSocket socket() {
    return this;
  }

  @Override
  public Optional<DefaultSecureContext> keyCert() {
    return preparation.beginServer();
  }

  /** Who the client is, by the word of a proxy. */
  void proxied(Address client) {
    proxied = client;
  }

  /** A client's socket, whose handshake is to begin. */
  void prepare(ClientConnector connector) {
    preparation.client(connector);
    connector.tell(this);
  }

  /** What the client asks for, from now on without change. */
  ClientConnector begin() {
    return preparation.beginClient();
  }

  @Override
  public void servername(@Nullable String name) {
    servername = name;
  }

  @Override
  public void identity(DefaultSecureContext chosen, Optional<Identity> identity) {
    enabled = chosen.algorithms().versions();
    context = chosen;
    ownChain = identity.map(Identity::chain).orElse(List.of());
  }

  /** A certificate with its issuers, as far as they are known here. */
  PeerCertificate shown(List<X509Certificate> chain) {
    DefaultSecureContext known = context;
    if (known == null) {
      throw new IllegalStateException("a certificate before there is a context");
    }
    return known.shown(chain);
  }

  Loop loop() {
    return loop;
  }

  EngineDriver driver() {
    EngineDriver current = driver;
    if (current == null) {
      throw new IllegalStateException("a socket without a driver");
    }
    return current;
  }

  /** Runs a listener of the owner, or a callback, where the listeners of this socket run. */
  @Override
  public void callback(Runnable listener) {
    callbacks.run(listener);
  }

  /** Runs a task on the loop; false if the loop is gone. */
  boolean onLoop(Runnable task) {
    try {
      if (loop.inLoop()) {
        task.run();
      } else {
        loop.execute(task);
      }
      return true;
    } catch (RejectedExecutionException loopIsGone) {
      return false;
    }
  }

  private void listenerThrew(Throwable thrown) {
    TlsException failure = Failures.ofCallback("a listener", thrown);
    onLoop(() -> driver().destroy(failure));
  }

  /** What failed before a client was secure, with what it wanted to reach. */
  TlsException located(TlsException failure) {
    return options instanceof ConnectOptions client
            && client.socket().isEmpty()
            && failure instanceof TransportException transport
        ? transport.reaching(ConnectTarget.of(client))
        : failure;
  }

  /** What failed, with what is known here. */
  TlsException described(TlsException failed) {
    return failed instanceof HandshakeException handshake
        ? handshake.with(
            handshake
                .facts()
                .at(driver().failedIn(), remote(), servername(), Hints.of(handshake, isServer())))
        : failed;
  }

  /** The sessions of a client; before its driver is started. */
  void sessions(ClientSessions mine) {
    sessions = mine;
  }

  /** Tells the sessions of a client, once the listeners of {@code secureConnect} were told. */
  void tellSessions() {
    ClientSessions mine = sessions;
    if (mine != null) {
      mine.tell(session -> callbacks.run(() -> events.session(session)));
    }
  }

  /** A client keeps sessions of connections that became secure only. */
  void keepSessions(Handshake finished) {
    ClientSessions mine = sessions;
    if (mine != null) {
      mine.secured(finished.reused(), finished.negotiated().version() == ProtocolVersion.TLS_1_3);
    }
  }

  /** A client that failed does not come back with the same session. */
  void dropSession() {
    ClientSessions mine = sessions;
    if (mine != null) {
      mine.failed();
    }
  }

  /** Shows a client what its server stapled, and goes on once its listeners have seen it. */
  CompletionStage<Void> stapled(Handshake handshake) {
    CompletableFuture<Void> shown = new CompletableFuture<>();
    callbacks.run(() -> events.ocsp.emit(handshake.negotiated().staple()));
    callbacks.run(() -> shown.complete(null));
    return shown;
  }

  /** Where the driver tells what happens. */
  DriverEvents driverEvents() {
    return events;
  }

  static TransportException destroyed() {
    return new TransportException(ErrorCode.ERR_STREAM_DESTROYED, "the connection is closed");
  }

  // --- before the handshake

  @Override
  public void enableTrace(Consumer<String> lines) {
    if (encryptedBytesRead() > 0 || encryptedBytesWritten() > 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_INVALID_STATE,
          "enableTrace: bytes have passed already; use the option enableTrace, or onConnection");
    }
    trace.enable(lines);
  }

  @Override
  public void setServername(String name) {
    ClientConnector changed =
        preparation.change(
            "setServername",
            ErrorCode.ERR_TLS_SNI_FROM_SERVER,
            client -> {
              client.demand(host.demand(), Capability.SNI);
              return client.named(name);
            });
    changed.tell(this);
  }

  @Override
  public void setSession(Session session) {
    preparation.change(
        "setSession",
        ErrorCode.ERR_TLS_INVALID_STATE,
        client -> {
          client.demand(host.demand(), Capability.SESSION_RESUMPTION);
          return client.resuming(session);
        });
  }

  @Override
  public void setKeyCert(SecureContext context) {
    DefaultSecureContext ours = host.contexts().apply(context);
    if (ours.identities().isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, "setKeyCert: the context has no key and certificate");
    }
    preparation.keyCert(ours);
  }

  @Override
  public TLSSocket captureRejections(CompletionStage<?> work) {
    work.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            listenerThrew(failure);
          }
        });
    return this;
  }

  // --- events

  @Override
  public TLSSocket onSecureConnect(Runnable listener) {
    events.secure.add(listener);
    return this;
  }

  @Override
  public TLSSocket onOcspResponse(Consumer<Optional<byte[]>> listener) {
    events.ocsp.add(listener);
    return this;
  }

  @Override
  public TLSSocket onSession(Consumer<Session> listener) {
    callbacks.run(() -> events.onSession(listener));
    return this;
  }

  @Override
  public TLSSocket onRenegotiation(IntConsumer listener) {
    events.renegotiation.add(listener::accept);
    return this;
  }

  @Override
  public TLSSocket onRenegotiated(Runnable listener) {
    events.renegotiated.add(socket -> listener.run());
    return this;
  }

  @Override
  public TLSSocket onTimeout(Runnable listener) {
    idle.onTimeout(listener);
    return this;
  }

  @Override
  public TLSSocket onData(Consumer<ByteBuffer> listener) {
    input.onData(listener);
    return this;
  }

  @Override
  public TLSSocket onText(Consumer<String> listener) {
    input.onText(listener);
    return this;
  }

  @Override
  public TLSSocket setEncoding(Charset charset) {
    input.encoding(charset);
    return this;
  }

  @Override
  public TLSSocket onEnd(Runnable listener) {
    events.end.add(listener);
    return this;
  }

  @Override
  public TLSSocket onError(Consumer<TlsException> listener) {
    events.onError(listener);
    return this;
  }

  @Override
  public TLSSocket onClose(Runnable listener) {
    events.close.add(listener);
    return this;
  }

  @Override
  public TLSSocket onDrain(Runnable listener) {
    events.drain.add(socket -> listener.run());
    return this;
  }

  // --- the stream

  private void flow(boolean on) {
    onLoop(() -> driver().flowing(on));
  }

  @Override
  public TLSSocket pause() {
    input.pause(true);
    return this;
  }

  @Override
  public TLSSocket resume() {
    input.pause(false);
    return this;
  }

  @Override
  public boolean paused() {
    return input.paused();
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    int size = data.remaining();
    Write write = new Write(size);
    if (events.over()) {
      write.completeExceptionally(destroyed());
      return write;
    }
    quota.add(size);
    if (loop.inLoop()) {
      driver().write(data, false, write);
      return write;
    }
    ByteBuffer copy = ByteBuffer.allocate(size).put(data.duplicate()).flip();
    if (!onLoop(() -> driver().write(copy, true, write))) {
      write.done(destroyed());
    }
    return write;
  }

  /** What was written and has not left; of the two that a write needs it is both. */
  private final class Write extends CompletableFuture<Void> implements Transport.Accepted {
    private final int size;

    Write(int size) {
      this.size = size;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }

    @Override
    public void done(@Nullable TlsException failure) {
      idle.touch();
      boolean drained = quota.remove(size);
      if (failure != null) {
        completeExceptionally(failure);
      } else {
        complete(null);
        if (drained) {
          callbacks.run(() -> events.drain.emit(DefaultSocket.this));
        }
      }
    }
  }

  @Override
  public boolean writable() {
    return quota.writable() && !events.over();
  }

  @Override
  public CompletionStage<Void> end() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean asked = onLoop(() -> driver().end(failure -> complete(done, failure)));
    if (!asked) {
      done.completeExceptionally(destroyed());
    }
    return done;
  }

  private static void complete(CompletableFuture<Void> done, @Nullable TlsException failure) {
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  @Override
  public void destroy() {
    onLoop(() -> driver().destroy(null));
  }

  @Override
  public void destroy(TlsException failure) {
    onLoop(() -> driver().destroy(failure));
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public CompletionStage<Void> closed() {
    return events.closed.minimalCompletionStage();
  }

  @Override
  public InputStream inputStream() {
    if (loop.inLoop()) {
      throw new IllegalStateException("a blocking view would block its own event loop");
    }
    return input.blocking(this::destroy);
  }

  @Override
  public OutputStream outputStream() {
    return new BlockingOutput(this);
  }

  // --- properties

  @Override
  public CompletionStage<TLSSocket> secured() {
    return events.secured.minimalCompletionStage();
  }

  private <T> Optional<T> handshake(Function<Handshake, Optional<T>> property) {
    return Optional.ofNullable(events.handshake()).flatMap(property);
  }

  @Override
  public boolean secure() {
    return events.handshake() != null;
  }

  @Override
  public boolean authorized() {
    return events.authorizationError() == null
        && handshake(h -> Optional.of(h.verdict().authorized())).orElse(false);
  }

  @Override
  public Optional<AuthorizationError> authorizationError() {
    return Optional.ofNullable(events.authorizationError());
  }

  @Override
  public Optional<PeerCertificate> peerCertificate() {
    return Optional.ofNullable(events.peerCertificate());
  }

  @Override
  public Optional<PeerCertificate> certificate() {
    List<X509Certificate> chain = ownChain;
    return chain.isEmpty() ? Optional.empty() : Optional.of(shown(chain));
  }

  @Override
  public Optional<CipherInfo> cipher() {
    return handshake(h -> Optional.of(CipherNames.info(h.negotiated().suite())));
  }

  @Override
  public Optional<ProtocolVersion> protocol() {
    return handshake(h -> Optional.of(h.negotiated().version()));
  }

  @Override
  public FipsStatus fipsStatus() {
    DefaultSecureContext chosen = context;
    return chosen == null
        ? FipsStatus.none("the connection has no context yet")
        : chosen
            .fipsStatus()
            .with(
                handshake(
                        h ->
                            Optional.of(
                                ApprovedTls.of(
                                    h.negotiated().version(),
                                    h.negotiated().suite(),
                                    h.ephemeralKey(),
                                    h.negotiated().peerChain())))
                    .orElse(List.of(FipsStatus.Part.no("the handshake is not done"))));
  }

  @Override
  public Optional<EphemeralKeyInfo> ephemeralKeyInfo() {
    return handshake(Handshake::ephemeralKey);
  }

  @Override
  public List<String> sharedSigalgs() {
    return SharedSchemes.words(sharedSchemes);
  }

  @Override
  public Optional<String> alpnProtocol() {
    return Optional.ofNullable(events.first())
        .flatMap(done -> done.negotiated().alpn().or(options::fallbackProtocol));
  }

  @Override
  public Optional<String> npnProtocol() {
    return Optional.ofNullable(events.first()).flatMap(done -> done.negotiated().npn());
  }

  @Override
  public Optional<String> servername() {
    return Optional.ofNullable(servername);
  }

  @Override
  public boolean sessionReused() {
    return handshake(h -> Optional.of(h.reused())).orElse(false);
  }

  @Override
  public Optional<Session> session() {
    host.demand().require(Capability.SESSION_RESUMPTION);
    ClientSessions mine = sessions;
    return mine == null ? Optional.empty() : mine.current(sessionReused());
  }

  @Override
  public Optional<byte[]> tlsTicket() {
    host.demand().require(Capability.SESSION_TICKET);
    ClientSessions mine = sessions;
    return mine == null ? Optional.empty() : mine.ticket(sessionReused());
  }

  @Override
  public String provider() {
    return host.provider();
  }

  @Override
  public boolean isServer() {
    return options instanceof ServerOptions
        || (options instanceof SocketOptions wrapping && wrapping.isServer());
  }

  @Override
  public Optional<HandshakeTimings> handshakeTimings() {
    return Optional.ofNullable(driver().timings());
  }

  @Override
  public CompletionStage<Void> renegotiate(RenegotiateOptions options) {
    return renegotiate(Optional.of(options));
  }

  @Override
  public CompletionStage<Void> renegotiate() {
    return renegotiate(Optional.empty());
  }

  private CompletionStage<Void> renegotiate(Optional<RenegotiateOptions> options) {
    host.demand().require(Capability.RENEGOTIATION);
    if (protocol().map(List::of).orElse(enabled).equals(List.of(ProtocolVersion.TLS_1_3))) {
      throw new UnsupportedFeatureException(
          Capability.RENEGOTIATION,
          host.provider(),
          "this connection is of TLS 1.3, which has no renegotiation (RFC 8446 section 4.1.2);"
              + " maxVersion TLSv1.2 has");
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean asked =
        onLoop(
            () ->
                driver()
                    .renegotiate(options, failure -> callbacks.run(() -> complete(done, failure))));
    if (!asked) {
      done.completeExceptionally(destroyed());
    }
    return done.minimalCompletionStage();
  }

  @Override
  public void disableRenegotiation() {
    onLoop(() -> driver().disableRenegotiation());
  }

  @Override
  public boolean setMaxSendFragment(int size) {
    host.demand().require(Capability.MAX_SEND_FRAGMENT);
    return SendFragment.allowed(size) && onLoop(() -> driver().maxSendFragment(size));
  }

  @Override
  public byte[] exportKeyingMaterial(int length, String label, Optional<byte[]> context) {
    host.demand().require(Capability.KEYING_MATERIAL);
    return KeyExport.of(length, label, context).from(extension(KeyingMaterial.class));
  }

  private <T extends EngineExtension> Optional<T> extension(Class<T> type) {
    return Optional.ofNullable(events.handshake())
        .filter(done -> !events.over())
        .flatMap(done -> done.engine().extension(type));
  }

  @Override
  public Optional<byte[]> finished() {
    return extension(FinishedMessages.class).map(FinishedMessages::own);
  }

  @Override
  public Optional<byte[]> peerFinished() {
    return extension(FinishedMessages.class).map(FinishedMessages::peer);
  }

  @Override
  public TLSSocket setNoDelay(boolean noDelay) {
    onLoop(() -> host.transport().noDelay(noDelay));
    return this;
  }

  @Override
  public TLSSocket setKeepAlive(boolean keepAlive) {
    return keepAlive(TcpOptions.DEFAULT.withKeepAlive(keepAlive));
  }

  @Override
  public TLSSocket setKeepAlive(Duration initialDelay) {
    return keepAlive(TcpOptions.DEFAULT.withKeepAlive(initialDelay));
  }

  private TLSSocket keepAlive(TcpOptions tcp) {
    onLoop(() -> host.transport().keepAlive(tcp.keepAlive(), tcp.keepAliveInitialDelay()));
    return this;
  }

  @Override
  public TLSSocket setTimeout(Duration timeout) {
    Duration checked = IdleTimer.checked(timeout);
    onLoop(() -> idle.set(checked));
    return this;
  }

  @Override
  public Optional<Address> address() {
    return host.local().get();
  }

  @Override
  public Optional<Address> remote() {
    return Optional.ofNullable(proxied).or(host.remote());
  }

  @Override
  public long bytesRead() {
    return driver().bytesRead();
  }

  @Override
  public long bytesWritten() {
    return driver().bytesWritten();
  }

  @Override
  public long encryptedBytesRead() {
    return driver().encryptedBytesRead();
  }

  @Override
  public long encryptedBytesWritten() {
    return driver().encryptedBytesWritten();
  }

  @Override
  public boolean closedCleanly() {
    return driver().closedCleanly();
  }
}
