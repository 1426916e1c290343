package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.HandshakeTimings;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderException;
import io.tlsport.RenegotiateOptions;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.policy.plain.ProxyHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection between a {@link Transport} below and {@link DriverEvents} above: {@link
 * Opening}, {@link Reader} and {@link Writer}, {@link Ending}. Every method is called on its loop.
 * Until the handshake is judged, no application data passes.
 */
public final class EngineDriver {
  /** How long a peer may take nothing of what was sent to it before the end. */
  private static final Duration STALLED = Duration.ofSeconds(30);

  /** How long a peer that attacks may take for what it is told at the end. */
  private static final Duration CUT = Duration.ofMillis(500);

  private final Loop loop;
  private final Transport transport;
  private final DriverSettings settings;
  private final DriverEvents events;
  private final Reader reader;
  private final Writer writer;
  private final Opening opening;
  private final Ending ending;
  private final Renegotiator renegotiator;
  private final PhaseClock clock;
  private Phase phase = Phase.NEW;
  private Phase failedIn = Phase.NEW;
  private @Nullable ProxyHeader proxy;
  private boolean server;
  private boolean inRead;
  private boolean closedTold;
  private Loop.@Nullable Timer handshakeTimer;
  private Loop.@Nullable Timer abortTimer;

  /** A driver that is not started. */
  public EngineDriver(
      Loop loop,
      Transport transport,
      Buffers buffers,
      DriverSettings settings,
      DriverEvents events) {
    this.loop = loop;
    this.transport = transport;
    this.settings = settings;
    this.clock = new PhaseClock(settings.ticker());
    this.events = events;
    this.reader = new Reader(this, transport, buffers, events, settings.limits());
    this.writer =
        new Writer(this, transport, loop, buffers, settings.fragment(), settings.limits());
    this.opening = new Opening(this, loop, settings, buffers, reader, writer);
    this.ending = new Ending(this, loop, settings, reader, writer);
    this.renegotiator =
        new Renegotiator(this, loop, settings.renegotiations(), opening, writer, events);
  }

  /** Expects the header of a proxy before anything else; called before the first byte. */
  public void expectProxy() {
    proxy = new ProxyHeader();
  }

  /** Starts a client: its ClientHello leaves. */
  public void startClient(EngineStart engine) {
    if (phase == Phase.CLOSED) {
      engine.engine().close();
      return;
    }
    armHandshakeTimer();
    opening.begin(engine);
  }

  /** Starts a server: it waits for a ClientHello. */
  public void startServer(EngineChooser chooser) {
    if (phase == Phase.CLOSED) {
      return;
    }
    server = true;
    armHandshakeTimer();
    opening.await(chooser);
  }

  private void armHandshakeTimer() {
    handshakeTimer = loop.schedule(settings.handshakeTimeout(), this::handshakeTimedOut);
  }

  private void handshakeTimedOut() {
    if (phase != Phase.OPEN && phase != Phase.CLOSED) {
      destroy(
          new HandshakeException(
              ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT,
              "TLS handshake timeout: not done within "
                  + settings.handshakeTimeout().toMillis()
                  + " ms: "
                  + phase.waitsFor()
                  + " ("
                  + reader.ciphertext()
                  + " bytes received, "
                  + writer.outbound.total()
                  + " sent)"));
    }
  }

  // --- from below

  /** Bytes came; they are the caller's again afterwards. */
  public void received(ByteBuffer bytes) {
    ProxyHeader header = proxy;
    if (header != null && !behind(header, bytes)) {
      return;
    }
    int most = settings.largestPiece();
    while (bytes.remaining() > most) {
      int next = bytes.position() + most;
      take(bytes.slice(bytes.position(), most));
      readComplete();
      bytes.position(next);
    }
    take(bytes);
  }

  /** False while nothing of the client has come. */
  private boolean behind(ProxyHeader header, ByteBuffer bytes) {
    ProxyHeader.Result result = header.feed(bytes);
    if (result instanceof ProxyHeader.Read read) {
      proxy = null;
      read.client().ifPresent(events::proxied);
    } else if (result instanceof ProxyHeader.Rejected rejected) {
      fail(
          new HandshakeException(
              ErrorCode.ERR_TLS_PROXY_HEADER,
              rejected.why() + "; with proxyProtocol every connection has to come by the proxy"));
      return false;
    }
    return bytes.hasRemaining();
  }

  private void take(ByteBuffer bytes) {
    reader.count(bytes);
    settings.tap().accept(bytes);
    ending.activity();
    inRead = true;
    switch (phase) {
      case GATE -> opening.hello(bytes);
      case NEW, HOLD -> reader.store(bytes, false);
      case CHOICE -> reader.store(bytes, true);
      case HANDSHAKE, RENEGOTIATION -> opening.received(bytes);
      case OPEN -> reader.received(bytes);
      case CLOSED -> {
        // What comes after the end has nobody to go to.
      }
    }
  }

  /** What was received in this turn is complete: answers leave now. */
  public void readComplete() {
    inRead = false;
    if (!opening.busy() && phase != Phase.HOLD) {
      writer.flush();
    }
  }

  /** The transport has ended its side: nothing more comes. */
  public void transportEnded() {
    reader.transportEnded(true);
    switch (phase) {
      case NEW, GATE, CHOICE -> hangUp(null);
      case HANDSHAKE, RENEGOTIATION -> {
        if (!opening.busy()) {
          hangUp(null);
        }
      }
      case OPEN -> reader.pump();
      case HOLD, CLOSED -> {
        // HOLD looks when it ends.
      }
    }
  }

  /** The transport failed. */
  public void transportFailed(TlsException error) {
    if (phase == Phase.OPEN) {
      if (reader.peerEnded() && writer.ended()) {
        finish();
      } else {
        destroy(error);
      }
    } else {
      hangUp(error);
    }
  }

  /** The transport is gone: the last call from below. */
  public void transportClosed() {
    if (phase != Phase.CLOSED) {
      transportEnded();
      if (phase != Phase.CLOSED) {
        destroy(
            new TransportException(ErrorCode.ECONNRESET, "the connection was closed by the peer"));
      }
    }
    if (!closedTold) {
      closedTold = true;
      Loop.Timer timer = abortTimer;
      if (timer != null) {
        timer.cancel();
      }
      loop.execute(events::closed);
    }
  }

  void hangUp(@Nullable TlsException cause) {
    String message = "socket hang up";
    destroy(
        cause == null
            ? new TransportException(ErrorCode.ECONNRESET, message)
            : new TransportException(ErrorCode.ECONNRESET, message, cause));
  }

  // --- the verdict

  /** A handshake is done and judged. */
  void finished(Handshake handshake) {
    phase(Phase.HOLD);
    Verdict verdict = handshake.verdict();
    if (!verdict.reject()) {
      hold(handshake);
      return;
    }
    if (!server) {
      // The peer must not take us for a client that is content: it never gets our Finished.
      writer.outbound.discard();
    }
    refuse(verdict);
  }

  /** Cuts the peer off; what is made leaves, such as the engine's alert. */
  void refuse(Verdict verdict) {
    fail(new HandshakeException(verdict.error().orElseThrow(), verdict.refused()));
  }

  private void hold(Handshake handshake) {
    EngineStart engine = opening.engine();
    if (engine == null) {
      return;
    }
    CompletionStage<Void> held;
    try {
      held = engine.hold().hold(handshake);
    } catch (RuntimeException thrown) {
      held = CompletableFuture.failedStage(thrown);
    }
    held.whenComplete((nothing, failure) -> onLoop(() -> released(handshake, failure)));
  }

  private void onLoop(Runnable task) {
    if (loop.inLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException loopIsGone) {
      release();
    }
  }

  private void released(Handshake handshake, @Nullable Throwable failure) {
    if (phase != Phase.HOLD) {
      return;
    }
    if (failure == null) {
      release(handshake);
    } else {
      destroy(Failures.ofCallback("newSession", failure));
    }
  }

  private void release(Handshake handshake) {
    EngineStart engine = opening.engine();
    if (engine == null) {
      return;
    }
    boolean again = renegotiator.running();
    cancelHandshakeTimer();
    phase(Phase.OPEN);
    opening.opened();
    ProtocolVersion version = handshake.negotiated().version();
    ending.secure(version, server, engine.readsAfterEnd().test(version));
    reader.open(engine.engine().ssl(), version);
    writer.open(engine.engine().ssl());
    writer.flush();
    if (phase == Phase.OPEN && again) {
      events.renegotiated(handshake);
      renegotiator.done();
    } else if (phase == Phase.OPEN) {
      events.secure(handshake);
    }
    if (phase == Phase.OPEN) {
      reader.pump();
    }
  }

  private void cancelHandshakeTimer() {
    Loop.Timer timer = handshakeTimer;
    handshakeTimer = null;
    if (timer != null) {
      timer.cancel();
    }
  }

  // --- another handshake

  /** The peer has begun one: its first record waits to be read. */
  void peerRenegotiates() {
    renegotiator.peerAsks();
  }

  /** The engine begins one: nothing of the application's leaves until it is done. */
  void shakeHandsAgain(HandshakePump.Begin begin) {
    writer.encryptWaiting();
    // From here on what is written waits, also what a completed write is followed by in this flush.
    writer.suspend();
    writer.flush();
    if (phase != Phase.OPEN) {
      return;
    }
    phase(Phase.RENEGOTIATION);
    reader.suspend();
    armHandshakeTimer();
    opening.again(begin);
  }

  /** True if the peer may not renegotiate and the engine has told it: that is the end then. */
  boolean renegotiationRefused() {
    return renegotiator.refused();
  }

  /** True while nothing but a hook of the application is waited for. */
  public boolean waitsForApplication() {
    return phase == Phase.CHOICE || phase == Phase.HOLD;
  }

  /** True while the engine shakes hands. */
  public boolean shakesHands() {
    return phase == Phase.HANDSHAKE || phase == Phase.RENEGOTIATION;
  }

  // --- from above

  /**
   * Handshakes again, after those that were asked for before.
   *
   * @param options what it asks for; empty: the same as the one before
   * @param done told when it is done and judged, or why it is not
   */
  public void renegotiate(Optional<RenegotiateOptions> options, Transport.Accepted done) {
    renegotiator.ask(options, done);
  }

  /** Refuses whoever wants to handshake again from now on. */
  public void disableRenegotiation() {
    renegotiator.disable();
  }

  /**
   * Writes all of {@code data}; waits while the connection is not secure.
   *
   * @param kept false if the memory is the caller's again after this call
   */
  public void write(ByteBuffer data, boolean kept, Transport.Accepted accepted) {
    writer.write(data, kept, accepted);
  }

  /** Ends our side after everything written before. */
  public void end(Transport.Accepted accepted) {
    writer.end(accepted);
  }

  /** The same for those who want the close_notify now, whatever the peer still sends. */
  public void endAtOnce(Transport.Accepted accepted) {
    ending.atOnce();
    writer.end(accepted);
  }

  /** Limits the plaintext of a record from now on. */
  public void maxSendFragment(int size) {
    writer.maxSendFragment(size);
  }

  /** Starts or stops the delivery of data; never delivers within this call. */
  public void flowing(boolean on) {
    reader.flowing(on);
    if (on && (phase == Phase.OPEN || phase == Phase.RENEGOTIATION)) {
      loop.execute(this::goOn);
    }
  }

  private void goOn() {
    if (phase == Phase.RENEGOTIATION) {
      reader.deliverHeld();
      reader.read(true);
      opening.advance();
    } else if (phase == Phase.OPEN) {
      reader.pump();
      writer.flush();
    }
  }

  /** Ends both sides at once; without an error there is no error event. */
  public void destroy(@Nullable TlsException error) {
    if (phase == Phase.CLOSED && !closedTold) {
      // It may still wait for what it sent to leave: that ends now.
      transport.abort();
    } else {
      close(error, false);
    }
  }

  /** Where the time of the handshake went that ended last; null before. Any thread. */
  public @Nullable HandshakeTimings timings() {
    return clock.last();
  }

  /** Where it stood when it was closed, in a word. */
  public String failedIn() {
    return failedIn.word();
  }

  /** Plaintext bytes delivered. */
  public long bytesRead() {
    return reader.plaintext();
  }

  /** Plaintext bytes that became records, or will at the end of this turn. */
  public long bytesWritten() {
    return writer.plaintext();
  }

  /** Bytes that came from the transport. */
  public long encryptedBytesRead() {
    return reader.ciphertext();
  }

  /** Bytes made for the transport. */
  public long encryptedBytesWritten() {
    return writer.outbound.total();
  }

  /** True once the peer's close_notify was read. */
  public boolean closedCleanly() {
    return reader.peerEnded();
  }

  // --- for the parts of this package

  PhaseClock clock() {
    return clock;
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase reached) {
    clock.moved(reached);
    phase = reached;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  boolean inRead() {
    return inRead;
  }

  boolean endMade() {
    return writer.ended();
  }

  void encryptWaiting() {
    writer.encryptWaiting();
  }

  void answer() throws SSLException {
    writer.answer();
  }

  void endReady() {
    ending.endReady();
  }

  void peerEnded() {
    events.end();
    if (isOpen()) {
      ending.peerEnded();
    }
  }

  void transportEndReached() {
    ending.transportEndReached();
  }

  /** The application gets the peer's end although there was no close_notify. */
  void endWithoutNotify() {
    events.end();
  }

  /** Fails with what the engine threw, after its alert has left. */
  void failEngine(Throwable thrown) {
    if (phase != Phase.OPEN) {
      return;
    }
    if (!(thrown instanceof TlsException)) {
      opening.wrapAlert(thrown);
    }
    failNow(thrown);
  }

  /** Fails with what the engine threw. */
  void failNow(Throwable thrown) {
    EngineStart engine = opening.engine();
    fail(
        engine != null
            ? Failures.ofEngine(engine, thrown)
            : new ProviderException(
                ErrorCode.ERR_PROVIDER_FAILURE, "failed without an engine", thrown));
  }

  /** Fails after what is already made, such as an alert, has left. */
  void fail(TlsException error) {
    close(error, true);
  }

  /** Both sides have ended: what is made leaves, then the transport is closed. */
  void finish() {
    close(null, true);
  }

  /** Fails by what a peer must not do, which gets little time for what it is told. */
  void cut(TlsException error) {
    close(error, true);
    Loop.Timer timer = abortTimer;
    if (timer != null) {
      timer.cancel();
      abortTimer = loop.schedule(CUT, transport::abort);
    }
  }

  private void close(@Nullable TlsException error, boolean orderly) {
    if (phase == Phase.CLOSED) {
      return;
    }
    failedIn = phase;
    phase(Phase.CLOSED);
    cancelHandshakeTimer();
    ending.cancel();
    if (orderly && !opening.busy()) {
      writer.flush();
    }
    if (error != null) {
      loop.execute(
          () -> {
            events.error(error);
            renegotiator.fail(error);
          });
    } else {
      renegotiator.fail(null);
    }
    writer.fail(error);
    if (!opening.busy()) {
      release();
    }
    if (orderly) {
      boolean failed = error != null || settings.closeTimeout().compareTo(STALLED) > 0;
      abortWhenStalled(failed ? settings.closeTimeout() : STALLED);
      transport.close();
    } else {
      transport.abort();
    }
  }

  static TransportException gone() {
    return new TransportException(ErrorCode.ERR_STREAM_DESTROYED, "the connection is closed");
  }

  /** What was sent before the end leaves, however slowly the peer takes it, unless it stops to. */
  private void abortWhenStalled(Duration patience) {
    long before = transport.pending();
    abortTimer =
        loop.schedule(
            patience,
            () -> {
              if (transport.pending() < before) {
                abortWhenStalled(patience);
              } else {
                transport.abort();
              }
            });
  }

  /** Frees engine and memory; not while a job has them. */
  void release() {
    opening.release();
    reader.release();
    writer.outbound.discard();
  }
}
