package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderException;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.spi.Negotiated;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection between a {@link Transport} below and {@link DriverEvents} above: gate,
 * handshake, verdict, data, end. Every method is called on its loop; the handshake itself is
 * computed on another executor, one job at a time, and until its verdict is there nothing passes.
 */
public final class EngineDriver {
  private final Loop loop;
  private final Transport transport;
  private final DriverSettings settings;
  private final DriverEvents events;
  private final Buffers buffers;
  private final Reader reader;
  private final Writer writer;
  private final Ending ending;
  private Phase phase = Phase.NEW;
  private boolean server;
  private boolean busy;
  private boolean inRead;
  private boolean closedTold;
  private @Nullable HelloGate gate;
  private @Nullable EngineStart start;
  private @Nullable HandshakePump pump;
  private @Nullable ResumptionWatch resumption;
  private Loop.@Nullable Timer handshakeTimer;
  private Loop.@Nullable Timer abortTimer;

  private enum Phase {
    /** Nothing was started. */
    NEW("nothing was started"),
    /** A server reads the ClientHello. */
    GATE("no complete ClientHello came"),
    /** A server waits for the application's answer to the ClientHello. */
    CHOICE("a callback of the application has not answered"),
    /** The engine shakes hands. */
    HANDSHAKE("the peer did not go on with the handshake"),
    /** The handshake is done, the connection not yet released: nothing passes. */
    HOLD("the connection is held"),
    /** Data flows. */
    OPEN(""),
    /** It is over. */
    CLOSED("");

    private final String waitsFor;

    Phase(String waitsFor) {
      this.waitsFor = waitsFor;
    }
  }

  /** What a job found; it is looked at on the loop. */
  private sealed interface Outcome {}

  private record Stopped(HandshakePump.Stop where) implements Outcome {}

  private record Finished(Handshake handshake) implements Outcome {}

  private record Failed(Throwable thrown) implements Outcome {}

  /** A driver that is not started. */
  public EngineDriver(
      Loop loop,
      Transport transport,
      Buffers buffers,
      DriverSettings settings,
      DriverEvents events) {
    this.loop = loop;
    this.transport = transport;
    this.buffers = buffers;
    this.settings = settings;
    this.events = events;
    this.reader = new Reader(this, transport, buffers, events);
    this.writer = new Writer(this, transport, loop, buffers);
    this.ending = new Ending(this, loop, settings, reader, writer);
  }

  /** Starts a client: its ClientHello leaves. */
  public void startClient(EngineStart engine) {
    if (phase == Phase.CLOSED) {
      engine.engine().close();
      return;
    }
    armHandshakeTimer();
    begin(engine);
  }

  /** Starts a server: it waits for a ClientHello. */
  public void startServer(EngineChooser chooser) {
    if (phase == Phase.CLOSED) {
      return;
    }
    server = true;
    armHandshakeTimer();
    gate = new HelloGate(chooser);
    phase = Phase.GATE;
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
                  + phase.waitsFor
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
    reader.count(bytes);
    ending.activity();
    inRead = true;
    switch (phase) {
      case GATE -> gate(bytes);
      case NEW, CHOICE, HOLD -> reader.store(bytes, false);
      case HANDSHAKE -> {
        reader.store(bytes, busy);
        advance();
      }
      case OPEN -> reader.received(bytes);
      case CLOSED -> {
        // What comes after the end has nobody to go to.
      }
    }
  }

  /** What was received in this turn is complete: answers leave now. */
  public void readComplete() {
    inRead = false;
    writer.flush();
  }

  /** The transport has ended its side: nothing more comes. */
  public void transportEnded() {
    reader.transportEnded(true);
    switch (phase) {
      case NEW, GATE, CHOICE -> hangUp(null);
      case HANDSHAKE -> {
        if (!busy) {
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

  private void hangUp(@Nullable TlsException cause) {
    String message = "socket hang up";
    destroy(
        cause == null
            ? new TransportException(ErrorCode.ECONNRESET, message)
            : new TransportException(ErrorCode.ECONNRESET, message, cause));
  }

  // --- gate and handshake

  private void gate(ByteBuffer bytes) {
    HelloGate current = gate;
    if (current == null) {
      return;
    }
    ByteBuffer looked = bytes.duplicate();
    reader.store(bytes, false);
    CompletionStage<EngineChooser.Choice> choice;
    try {
      choice = current.feed(looked);
    } catch (RuntimeException thrown) {
      fail(Failures.ofCallback("a callback", thrown));
      return;
    }
    if (choice != null) {
      phase = Phase.CHOICE;
      reader.read(false);
      choice.whenComplete(
          (chosen, failure) -> {
            if (loop.inLoop()) {
              chosen(chosen, failure);
            } else {
              loop.execute(() -> chosen(chosen, failure));
            }
          });
    }
  }

  private void chosen(EngineChooser.@Nullable Choice choice, @Nullable Throwable failure) {
    if (choice instanceof EngineChooser.Start chosen) {
      goOn(chosen.start());
    } else if (phase != Phase.CHOICE) {
      return;
    } else if (choice instanceof EngineChooser.Refuse refuse) {
      if (refuse.alert() >= 0) {
        sendAlert(refuse.alert());
      }
      fail(refuse.error());
    } else {
      fail(
          Failures.ofCallback(
              "a callback", failure == null ? new NullPointerException("no answer") : failure));
    }
  }

  private void goOn(EngineStart engine) {
    if (phase != Phase.CHOICE) {
      engine.engine().close();
      return;
    }
    HelloGate current = gate;
    ClientHello hello = current == null ? null : current.hello();
    if (hello != null) {
      resumption = new ResumptionWatch(hello);
    }
    gate = null;
    reader.read(true);
    begin(engine);
  }

  private void sendAlert(int description) {
    ByteBuffer target = writer.outbound.reserve(Records.HEADER + 2);
    int before = target.position();
    Records.putAlert(target, description);
    writer.outbound.produced(target.position() - before);
  }

  private void begin(EngineStart engine) {
    start = engine;
    reader.direct(engine.directBuffers());
    writer.outbound.direct(engine.directBuffers());
    pump = new HandshakePump(engine, reader.inbound, writer.outbound, buffers);
    phase = Phase.HANDSHAKE;
    advance();
  }

  private void advance() {
    HandshakePump current = pump;
    EngineStart engine = start;
    if (busy || phase != Phase.HANDSHAKE || current == null || engine == null) {
      return;
    }
    busy = true;
    try {
      settings.handshakes().execute(() -> job(current, engine));
    } catch (RejectedExecutionException rejected) {
      busy = false;
      fail(
          new ProviderException(
              ErrorCode.ERR_PROVIDER_FAILURE,
              "the handshake executor refused the work: is it shut down?",
              rejected));
    }
  }

  private void job(HandshakePump current, EngineStart engine) {
    Outcome outcome;
    try {
      HandshakePump.Stop stop = current.run();
      outcome =
          stop == HandshakePump.Stop.FINISHED ? new Finished(judged(engine)) : new Stopped(stop);
    } catch (Throwable thrown) {
      current.wrapAlert();
      outcome = new Failed(thrown);
    }
    Outcome found = outcome;
    if (loop.inLoop()) {
      done(found);
    } else {
      try {
        loop.execute(() -> done(found));
      } catch (RejectedExecutionException loopIsGone) {
        engine.engine().close();
      }
    }
  }

  private Handshake judged(EngineStart engine) {
    Negotiated negotiated = engine.engine().negotiated();
    ResumptionWatch watch = resumption;
    if (watch != null) {
      watch.serverSends(writer.outbound.first());
    }
    return new Handshake(
        negotiated, engine.judge().judge(negotiated), watch != null && watch.resumed());
  }

  private void done(Outcome outcome) {
    busy = false;
    if (phase == Phase.CLOSED) {
      release();
      return;
    }
    reader.mergeLate();
    if (outcome instanceof Finished finished) {
      hold(finished.handshake());
    } else if (outcome instanceof Failed failed) {
      failEngineNow(failed.thrown());
    } else if (outcome instanceof Stopped stopped
        && stopped.where() == HandshakePump.Stop.NEEDS_INPUT) {
      needsInput();
    } else {
      fail(
          new HandshakeException(
              ErrorCode.ECONNRESET, "socket hang up: the peer ended the handshake"));
    }
  }

  private void needsInput() {
    ResumptionWatch watch = resumption;
    if (watch != null) {
      watch.serverSends(writer.outbound.first());
    }
    writer.flush();
    boolean more;
    try {
      more = Records.complete(reader.inbound.view()) > 0;
    } catch (HandshakeException noRecord) {
      fail(noRecord);
      return;
    }
    if (more) {
      advance();
    } else if (reader.transportEnded()) {
      hangUp(null);
    }
  }

  // --- the verdict

  private void hold(Handshake handshake) {
    phase = Phase.HOLD;
    Verdict verdict = handshake.verdict();
    if (!verdict.reject()) {
      release(handshake);
      return;
    }
    if (!server) {
      // The peer must not take us for a client that is content: it never gets our Finished.
      writer.outbound.discard();
    }
    fail(
        verdict
            .error()
            .map(HandshakeException::new)
            .orElseGet(
                () ->
                    new HandshakeException(
                        ErrorCode.ERR_TLS_PEER_CERTIFICATE_REQUIRED,
                        "the peer sent no certificate")));
  }

  private void release(Handshake handshake) {
    EngineStart engine = start;
    if (engine == null) {
      return;
    }
    cancelHandshakeTimer();
    phase = Phase.OPEN;
    pump = null;
    ProtocolVersion version = handshake.negotiated().version();
    ending.secure(version, engine.readsAfterEnd().test(version));
    reader.open(engine.engine().ssl(), version);
    writer.open(engine.engine().ssl());
    writer.flush();
    if (phase == Phase.OPEN) {
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

  // --- from above

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

  /** Starts or stops the delivery of data; never delivers within this call. */
  public void flowing(boolean on) {
    reader.flowing(on);
    if (on && phase == Phase.OPEN) {
      loop.execute(this::pumpIfOpen);
    }
  }

  private void pumpIfOpen() {
    if (phase == Phase.OPEN) {
      reader.pump();
      writer.flush();
    }
  }

  /** Ends both sides at once; without an error there is no error event. */
  public void destroy(@Nullable TlsException error) {
    close(error, false);
  }

  /** Plaintext bytes delivered. */
  public long bytesRead() {
    return reader.plaintext();
  }

  /** Plaintext bytes that became records. */
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

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  boolean inRead() {
    return inRead;
  }

  boolean endMade() {
    return writer.ended();
  }

  void wrapOwn() throws SSLException {
    writer.wrapOwn();
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
      EngineStart engine = start;
      if (engine != null) {
        new HandshakePump(engine, reader.inbound, writer.outbound, buffers).wrapAlert();
      }
    }
    failEngineNow(thrown);
  }

  private void failEngineNow(Throwable thrown) {
    EngineStart engine = start;
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

  private void close(@Nullable TlsException error, boolean orderly) {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.CLOSED;
    cancelHandshakeTimer();
    ending.cancel();
    if (orderly && !busy) {
      writer.flush();
    }
    if (error != null) {
      loop.execute(() -> events.error(error));
    }
    writer.fail(
        error != null
            ? error
            : new TransportException(ErrorCode.ERR_STREAM_DESTROYED, "the connection is closed"));
    if (!busy) {
      release();
    }
    if (orderly) {
      abortTimer = loop.schedule(settings.closeTimeout(), transport::abort);
      transport.close();
    } else {
      transport.abort();
    }
  }

  private void release() {
    EngineStart engine = start;
    start = null;
    pump = null;
    if (engine != null) {
      engine.engine().close();
    }
    reader.release();
    writer.outbound.discard();
  }
}
