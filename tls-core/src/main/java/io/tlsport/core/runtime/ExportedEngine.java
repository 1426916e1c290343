package io.tlsport.core.runtime;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.TlsException;
import io.tlsport.core.engine.EngineDriver;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection of this library behind JSSE's interface: the same driver, gate and judge as a
 * socket, moved by whoever calls. Handshakes and the waiting for hooks are delegated tasks, so that
 * no engine computes one on an event loop. Safe for one thread that wraps beside one that unwraps.
 */
final class ExportedEngine extends SSLEngine {
  private static final int HEADER = 5;

  /** Header, tag and type: at least so much of a record is no plaintext. */
  private static final int OVERHEAD = HEADER + 17;

  private final EngineExport export;
  private final Supplier<DefaultSecureContext> context;
  private final EngineWish wish;
  private final EngineLoop loop = new EngineLoop();
  private final EngineWire wire = new EngineWire(loop);
  private final Deque<Runnable> jobs = new ArrayDeque<>();
  private final Deque<ByteBuffer> plain = new ArrayDeque<>();
  private @Nullable Target target;
  private @Nullable DefaultSocket socket;
  private @Nullable TlsException failure;
  private boolean failureTold;
  private boolean finishedTold = true;
  private boolean secure;
  private boolean peerEnded;
  private boolean closed;
  private boolean endAsked;
  private int running;
  private boolean awaiting;
  private SSLSession session;

  /** Where the plaintext of one unwrap goes. */
  private static final class Target {
    private final ByteBuffer[] buffers;
    private final int offset;
    private final int length;
    private int produced;

    Target(ByteBuffer[] buffers, int offset, int length) {
      this.buffers = buffers;
      this.offset = offset;
      this.length = length;
    }

    int room() {
      long room = 0;
      for (int i = offset; i < offset + length; i++) {
        if (buffers[i].isReadOnly()) {
          throw new ReadOnlyBufferException();
        }
        room += buffers[i].remaining();
      }
      return (int) Math.min(room, Integer.MAX_VALUE);
    }

    void put(ByteBuffer data) {
      for (int i = offset; i < offset + length && data.hasRemaining(); i++) {
        int size = Math.min(buffers[i].remaining(), data.remaining());
        buffers[i].put(data.slice(data.position(), size));
        data.position(data.position() + size);
        produced += size;
      }
    }
  }

  /** An engine that has not begun. */
  ExportedEngine(EngineExport export, Supplier<DefaultSecureContext> context, EngineWish wish) {
    this.export = export;
    this.context = context;
    this.wish = wish;
    this.session = new ExportedSession(null, wish.peerHost(), wish.peerPort(), export.clock());
  }

  // --- the peer

  /** Tells whom it talks to, before the handshake begins. */
  synchronized void peer(String host, int port) {
    requireNotBegun();
    wish.peer(host, port);
    session = new ExportedSession(null, wish.peerHost(), wish.peerPort(), export.clock());
  }

  @Override
  public synchronized @Nullable String getPeerHost() {
    return wish.peerHost().orElse(null);
  }

  @Override
  public synchronized int getPeerPort() {
    return wish.peerPort();
  }

  // --- the connection

  private EngineDriver driver() {
    DefaultSocket current = socket;
    if (current == null) {
      throw new IllegalStateException("the handshake has not begun");
    }
    return current.driver();
  }

  @Override
  public synchronized void beginHandshake() throws SSLException {
    if (socket == null) {
      begin();
    } else if (secure && !closed) {
      DefaultSocket current = socket;
      // Told by an exception of wrap or unwrap, like everything that fails later.
      loop.run(() -> current.renegotiate().exceptionally(refused -> null));
    }
  }

  private void begin() throws SSLException {
    try {
      DefaultSecureContext current = wish.narrow(context.get());
      io.tlsport.SocketOptions options = wish.options(current);
      DefaultSocket made =
          export.open(new EngineExport.Place(loop, wire, new EngineMemory(), jobs::add), options);
      socket = made;
      wire.bind(made.driver());
      loop.run(
          () -> {
            made.onSecureConnect(this::secured)
                .onRenegotiated(this::secured)
                .onData(this::came)
                .onEnd(() -> peerEnded = true)
                .onError(error -> failure = error)
                .onClose(() -> closed = true);
            finishedTold = false;
            export.begin(made, wish, options, current, this);
          });
    } catch (TlsException refused) {
      failure = refused;
      failureTold = true;
      closed = true;
      throw exception(refused);
    }
  }

  private void secured() {
    secure = true;
    finishedTold = false;
    session = new ExportedSession(socket, wish.peerHost(), wish.peerPort(), export.clock());
  }

  private void came(ByteBuffer data) {
    ByteBuffer rest = data.duplicate();
    Target open = target;
    if (open != null && plain.isEmpty()) {
      open.put(rest);
    }
    if (rest.hasRemaining()) {
      plain.add(ByteBuffer.allocate(rest.remaining()).put(rest).flip());
    }
  }

  private void pump() {
    if (socket != null) {
      loop.run(() -> {});
    }
  }

  // --- in

  @Override
  public synchronized SSLEngineResult unwrap(
      ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
    if (socket == null) {
      begin();
    }
    pump();
    Target open = new Target(targets, offset, length);
    int room = open.room();
    if (!plain.isEmpty()) {
      return room == 0 ? result(Status.BUFFER_OVERFLOW, 0, 0) : deliver(open);
    }
    if (failure != null || closed || peerEnded) {
      return unwrapAfterEnd();
    }
    HandshakeStatus status = status();
    if (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
      return result(Status.OK, 0, 0);
    }
    int size = recordSize(source);
    if (size < 0) {
      return result(Status.BUFFER_UNDERFLOW, 0, 0);
    }
    if (secure && Math.min(size - OVERHEAD, ExportedSession.PLAIN) > room) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    feed(source, size, open);
    if (failure != null && wire.hasOutgoing()) {
      return result(Status.OK, size, open.produced);
    }
    throwIfFailed();
    return result(peerEnded || closed ? Status.CLOSED : Status.OK, size, open.produced);
  }

  private SSLEngineResult unwrapAfterEnd() throws SSLException {
    if (failure != null && wire.hasOutgoing() && !failureTold) {
      // The alert first: who is told of the failure may not ask for it any more.
      return result(Status.OK, 0, 0);
    }
    throwIfFailed();
    return result(Status.CLOSED, 0, 0);
  }

  private void feed(ByteBuffer source, int size, Target open) {
    ByteBuffer record = source.slice(source.position(), size);
    source.position(source.position() + size);
    target = open;
    try {
      loop.run(
          () -> {
            driver().received(record);
            driver().readComplete();
          });
    } finally {
      target = null;
    }
  }

  private SSLEngineResult deliver(Target open) {
    while (!plain.isEmpty() && open.room() > 0) {
      ByteBuffer next = plain.getFirst();
      open.put(next);
      if (!next.hasRemaining()) {
        plain.removeFirst();
      }
    }
    return result(Status.OK, 0, open.produced);
  }

  /** How many bytes to take; negative if the record is not complete. */
  private static int recordSize(ByteBuffer source) {
    int there = source.remaining();
    if (there == 0) {
      return -1;
    }
    int at = source.position();
    int type = source.get(at);
    if (type < 20 || type > 24 || (there > 1 && source.get(at + 1) != 3)) {
      return there; // no TLS: the gate, or the engine, says what it is
    }
    if (there < HEADER) {
      return -1;
    }
    int size = HEADER + ((source.get(at + 3) & 0xff) << 8 | (source.get(at + 4) & 0xff));
    if (size > ExportedSession.PACKET) {
      return there; // nobody makes such a record: it is refused without being waited for
    }
    return there < size ? -1 : size;
  }

  // --- out

  @Override
  public synchronized SSLEngineResult wrap(
      ByteBuffer[] sources, int offset, int length, ByteBuffer out) throws SSLException {
    if (out.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
    if (socket == null) {
      if (endAsked) {
        return result(Status.CLOSED, 0, 0);
      }
      begin();
    }
    pump();
    if (wire.hasOutgoing()) {
      return fetch(out, 0);
    }
    throwIfFailed();
    if (closed || endAsked) {
      return result(Status.CLOSED, 0, 0);
    }
    HandshakeStatus status = status();
    if (!secure || status == HandshakeStatus.NEED_TASK || driver().shakesHands()) {
      return result(Status.OK, 0, 0);
    }
    ByteBuffer data = gather(sources, offset, length);
    if (!data.hasRemaining()) {
      return result(Status.OK, 0, 0);
    }
    if (out.remaining() < ExportedSession.PACKET) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    int consumed = data.remaining();
    loop.run(() -> driver().write(data, false, left -> {}));
    consume(sources, offset, length, consumed);
    return fetch(out, consumed);
  }

  private SSLEngineResult fetch(ByteBuffer out, int consumed) throws SSLException {
    if (!out.hasRemaining()) {
      return result(Status.BUFFER_OVERFLOW, consumed, 0);
    }
    int[] produced = new int[1];
    loop.run(() -> produced[0] = wire.fetch(out));
    boolean over = !wire.hasOutgoing() && (closed || endAsked);
    return result(over ? Status.CLOSED : Status.OK, consumed, produced[0]);
  }

  private static ByteBuffer gather(ByteBuffer[] sources, int offset, int length) {
    long there = 0;
    for (int i = offset; i < offset + length; i++) {
      there += sources[i].remaining();
    }
    int size = (int) Math.min(there, ExportedSession.PLAIN);
    if (length == 1) {
      return sources[offset].slice(sources[offset].position(), size);
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (int i = offset; i < offset + length && all.hasRemaining(); i++) {
      ByteBuffer source = sources[i];
      all.put(source.slice(source.position(), Math.min(source.remaining(), all.remaining())));
    }
    return all.flip();
  }

  private static void consume(ByteBuffer[] sources, int offset, int length, int size) {
    int left = size;
    for (int i = offset; i < offset + length && left > 0; i++) {
      int part = Math.min(left, sources[i].remaining());
      sources[i].position(sources[i].position() + part);
      left -= part;
    }
  }

  // --- status

  @Override
  public synchronized HandshakeStatus getHandshakeStatus() {
    pump();
    return status();
  }

  private HandshakeStatus status() {
    if (socket == null) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (!jobs.isEmpty() || running > 0) {
      return HandshakeStatus.NEED_TASK;
    }
    if (wire.hasOutgoing() || (failure != null && !failureTold)) {
      return HandshakeStatus.NEED_WRAP;
    }
    if (closed) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (driver().waitsForApplication()) {
      return HandshakeStatus.NEED_TASK;
    }
    if (!secure || driver().shakesHands()) {
      return HandshakeStatus.NEED_UNWRAP;
    }
    // The last message came in a task: somebody has to be told that this was the end.
    return finishedTold ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_WRAP;
  }

  private SSLEngineResult result(Status status, int consumed, int produced) {
    HandshakeStatus next = status();
    if (next == HandshakeStatus.NEED_WRAP && secure && !finishedTold && !wire.hasOutgoing()) {
      if (failure == null) {
        finishedTold = true;
        next = HandshakeStatus.FINISHED;
      }
    }
    return new SSLEngineResult(status, next, consumed, produced);
  }

  private void throwIfFailed() throws SSLException {
    TlsException thrown = failure;
    if (thrown != null && !failureTold) {
      failureTold = true;
      throw exception(thrown);
    }
  }

  private static SSLException exception(TlsException failed) {
    SSLException thrown =
        failed instanceof HandshakeException
            ? new SSLHandshakeException(failed.getMessage())
            : new SSLException(failed.getMessage());
    thrown.initCause(failed);
    return thrown;
  }

  // --- tasks

  @Override
  public synchronized @Nullable Runnable getDelegatedTask() {
    pump();
    Runnable job = jobs.poll();
    if (job != null) {
      running++;
      return () -> {
        try {
          job.run();
        } finally {
          ran();
        }
      };
    }
    if (socket != null && running == 0 && !awaiting && driver().waitsForApplication()) {
      awaiting = true;
      return this::awaitApplication;
    }
    return null;
  }

  private synchronized void ran() {
    running--;
  }

  private void awaitApplication() {
    boolean answered = loop.await(wish.handshakeTimeout());
    synchronized (this) {
      awaiting = false;
      if (!answered && driver().waitsForApplication()) {
        loop.run(
            () ->
                driver()
                    .destroy(
                        new HandshakeException(
                            ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT,
                            "TLS handshake timeout: a callback of the application has not"
                                + " answered")));
      }
    }
  }

  // --- the end

  @Override
  public synchronized void closeOutbound() {
    if (endAsked) {
      return;
    }
    endAsked = true;
    DefaultSocket current = socket;
    if (current != null) {
      loop.run(
          () -> {
            if (secure && !current.driver().shakesHands()) {
              current.driver().endAtOnce(left -> {});
            } else {
              current.driver().destroy(null);
            }
          });
    }
  }

  @Override
  public synchronized void closeInbound() throws SSLException {
    DefaultSocket current = socket;
    if (current == null || closed) {
      closed = true;
      return;
    }
    if (peerEnded || failure != null) {
      return;
    }
    loop.run(() -> current.driver().transportEnded());
    throwIfFailed();
    if (!closed && !secure) {
      loop.run(() -> current.driver().destroy(null));
    }
  }

  @Override
  public synchronized boolean isInboundDone() {
    pump();
    return plain.isEmpty() && (peerEnded || closed || failure != null);
  }

  @Override
  public synchronized boolean isOutboundDone() {
    pump();
    return (closed || endAsked || failure != null) && !wire.hasOutgoing();
  }

  // --- what was agreed on

  @Override
  public synchronized SSLSession getSession() {
    pump();
    return session;
  }

  @Override
  public synchronized @Nullable SSLSession getHandshakeSession() {
    return socket == null || secure || closed
        ? null
        : new ExportedSession(null, wish.peerHost(), wish.peerPort(), export.clock());
  }

  @Override
  public synchronized @Nullable String getApplicationProtocol() {
    pump();
    DefaultSocket current = socket;
    return current != null && secure ? current.alpnProtocol().orElse("") : null;
  }

  @Override
  public synchronized @Nullable String getHandshakeApplicationProtocol() {
    return secure ? null : getApplicationProtocol();
  }

  @Override
  public synchronized void setHandshakeApplicationProtocolSelector(
      @Nullable BiFunction<SSLEngine, List<String>, String> selector) {
    wish.selector(selector);
  }

  @Override
  public synchronized @Nullable BiFunction<SSLEngine, List<String>, String>
      getHandshakeApplicationProtocolSelector() {
    return wish.selector();
  }

  // --- parameters

  private void requireNotBegun() {
    if (socket != null) {
      throw new IllegalArgumentException("the handshake has begun: set this before");
    }
  }

  @Override
  public synchronized String[] getSupportedCipherSuites() {
    return wish.supportedSuites();
  }

  @Override
  public synchronized String[] getEnabledCipherSuites() {
    return wish.suites();
  }

  @Override
  public synchronized void setEnabledCipherSuites(String[] suites) {
    requireNotBegun();
    wish.suites(suites);
  }

  @Override
  public synchronized String[] getSupportedProtocols() {
    return wish.supportedProtocols();
  }

  @Override
  public synchronized String[] getEnabledProtocols() {
    return wish.protocols();
  }

  @Override
  public synchronized void setEnabledProtocols(String[] protocols) {
    requireNotBegun();
    wish.protocols(protocols);
  }

  @Override
  public synchronized SSLParameters getSSLParameters() {
    SSLParameters parameters = super.getSSLParameters();
    wish.fill(parameters);
    return parameters;
  }

  @Override
  public synchronized void setSSLParameters(SSLParameters parameters) {
    requireNotBegun();
    wish.take(parameters);
    super.setSSLParameters(parameters);
  }

  @Override
  public synchronized void setUseClientMode(boolean client) {
    requireNotBegun();
    wish.server(!client);
  }

  @Override
  public synchronized boolean getUseClientMode() {
    return !wish.server();
  }

  @Override
  public synchronized void setNeedClientAuth(boolean need) {
    wish.auth(false, need);
  }

  @Override
  public synchronized boolean getNeedClientAuth() {
    return wish.require();
  }

  @Override
  public synchronized void setWantClientAuth(boolean want) {
    wish.auth(want, false);
  }

  @Override
  public synchronized boolean getWantClientAuth() {
    return wish.request();
  }

  /** Always true: sessions follow the secure context. */
  @Override
  public boolean getEnableSessionCreation() {
    return true;
  }

  @Override
  public void setEnableSessionCreation(boolean create) {
    if (!create) {
      throw new IllegalArgumentException(
          "session creation cannot be switched off: an engine here makes what its context allows");
    }
  }
}
