package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderException;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.spi.Negotiated;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to a secure connection: gate, choice, handshake, verdict; and again for a renegotiation,
 * which begins with the handshake. That is computed on another executor, one job at a time; while a
 * job runs, it alone has the engine and what is read and made for it. Everything else happens on
 * the loop.
 */
final class Opening {
  private static final int HANDSHAKE_FAILURE = 40;
  private static final int INTERNAL_ERROR = 80;

  private final EngineDriver driver;
  private final Loop loop;
  private final DriverSettings settings;
  private final Buffers buffers;
  private final Reader reader;
  private final Writer writer;
  private boolean busy;
  private @Nullable HelloGate gate;
  private @Nullable EngineStart start;
  private @Nullable HandshakePump pump;
  private @Nullable ResumptionWatch resumption;

  /** What a job found; it is looked at on the loop. */
  private sealed interface Outcome {}

  private record Stopped(HandshakePump.Stop where) implements Outcome {}

  private record Finished(Handshake handshake) implements Outcome {}

  private record Refused(Verdict verdict) implements Outcome {}

  private record Failed(Throwable thrown) implements Outcome {}

  Opening(
      EngineDriver driver,
      Loop loop,
      DriverSettings settings,
      Buffers buffers,
      Reader reader,
      Writer writer) {
    this.driver = driver;
    this.loop = loop;
    this.settings = settings;
    this.buffers = buffers;
    this.reader = reader;
    this.writer = writer;
  }

  /** True while a job has the engine: nobody else may touch or free it. */
  boolean busy() {
    return busy;
  }

  /** The engine of this connection, once there is one. */
  @Nullable EngineStart engine() {
    return start;
  }

  // --- gate and choice

  /** A server waits for its ClientHello. */
  void await(EngineChooser chooser) {
    gate = new HelloGate(chooser, settings.limits().helloBytes());
    driver.phase(Phase.GATE);
    ByteBuffer early = reader.inbound.view();
    if (early.hasRemaining()) {
      look(early.duplicate());
    }
  }

  /** A part of the ClientHello. */
  void hello(ByteBuffer bytes) {
    ByteBuffer looked = bytes.duplicate();
    reader.store(bytes, false);
    look(looked);
  }

  private void look(ByteBuffer looked) {
    HelloGate current = gate;
    if (current == null) {
      return;
    }
    CompletionStage<EngineChooser.Choice> choice;
    try {
      choice = current.feed(looked);
    } catch (Throwable thrown) {
      sendAlert(INTERNAL_ERROR);
      driver.fail(Failures.ofCallback("a callback", thrown));
      return;
    }
    if (choice != null) {
      // It is read on: a transport that is not read does not notice that the peer has left.
      driver.phase(Phase.CHOICE);
      choice.whenComplete(this::answered);
    }
  }

  private void answered(EngineChooser.@Nullable Choice choice, @Nullable Throwable failure) {
    if (loop.inLoop()) {
      chosen(choice, failure);
      return;
    }
    try {
      loop.execute(() -> chosen(choice, failure));
    } catch (RejectedExecutionException loopIsGone) {
      if (choice instanceof EngineChooser.Start late) {
        late.start().engine().close();
      }
    }
  }

  private void chosen(EngineChooser.@Nullable Choice choice, @Nullable Throwable failure) {
    boolean waiting = driver.phase() == Phase.CHOICE;
    if (choice instanceof EngineChooser.Start chosen) {
      if (waiting) {
        goOn(chosen.start());
      } else {
        chosen.start().engine().close();
      }
    } else if (waiting && choice instanceof EngineChooser.Refuse refuse) {
      if (refuse.alert() >= 0) {
        sendAlert(refuse.alert());
      }
      sendPlain(refuse.plain());
      driver.fail(refuse.error());
    } else if (waiting) {
      sendAlert(INTERNAL_ERROR);
      driver.fail(
          Failures.ofCallback(
              "a callback", failure == null ? new NullPointerException("no answer") : failure));
    }
  }

  private void goOn(EngineStart engine) {
    HelloGate current = gate;
    ClientHello hello = current == null ? null : current.hello();
    if (hello != null) {
      resumption = ResumptionWatch.ofServer(hello);
    }
    gate = null;
    reader.mergeLate();
    begin(engine);
  }

  private void sendPlain(String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > 0) {
      writer.outbound.reserve(bytes.length).put(bytes);
      writer.outbound.produced(bytes.length);
    }
  }

  private void sendAlert(int description) {
    ByteBuffer target = writer.outbound.reserve(Records.HEADER + 2);
    int before = target.position();
    Records.putAlert(target, description);
    writer.outbound.produced(target.position() - before);
  }

  // --- the handshake

  /** Begins with that engine. */
  void begin(EngineStart engine) {
    start = engine;
    if (resumption == null) {
      resumption = ResumptionWatch.ofClient();
    }
    reader.direct(engine.directBuffers());
    writer.direct(engine.directBuffers());
    pump = HandshakePump.first(engine, reader.inbound, writer.outbound, buffers, settings.limits());
    driver.phase(Phase.HANDSHAKE);
    advance();
  }

  /** Begins another one, with the engine that there is. */
  void again(HandshakePump.Begin begin) {
    EngineStart engine = start;
    if (engine != null) {
      engine.peer().again();
      pump =
          HandshakePump.again(
              engine, begin, reader.inbound, writer.outbound, buffers, settings.limits());
      advance();
    }
  }

  /** A part of the handshake. */
  void received(ByteBuffer bytes) {
    reader.store(bytes, busy);
    advance();
  }

  /** Goes on with what is there, unless what came beside the handshake still waits to be read. */
  void advance() {
    HandshakePump current = pump;
    EngineStart engine = start;
    if (busy || !driver.shakesHands() || current == null || engine == null) {
      return;
    }
    if (reader.holdsData()) {
      reader.read(false);
      return;
    }
    if (waitsForKey(engine)) {
      return;
    }
    busy = true;
    try {
      settings.handshakes().execute(() -> job(current, engine));
    } catch (RejectedExecutionException rejected) {
      busy = false;
      driver.fail(
          new ProviderException(
              ErrorCode.ERR_PROVIDER_FAILURE,
              "the handshake executor refused the work: is it shut down?",
              rejected));
    }
  }

  /** Asks for a client's pre-shared key, once its identity is there, before the engine sees it. */
  private boolean waitsForKey(EngineStart engine) {
    ResumptionWatch watch = resumption;
    if (engine.keys().isEmpty() || watch == null || !watch.needsKey()) {
      return false;
    }
    PreSharedKeys.Step step = engine.keys().get().look(reader.inbound.view());
    if (step instanceof PreSharedKeys.Asked asked) {
      driver.phase(Phase.CHOICE);
      asked.answer().thenAccept(this::keyed);
    }
    return !(step instanceof PreSharedKeys.GoOn);
  }

  private void keyed(PreSharedKeys.Answer answer) {
    if (loop.inLoop()) {
      goOn(answer);
      return;
    }
    try {
      loop.execute(() -> goOn(answer));
    } catch (RejectedExecutionException loopIsGone) {
      // Whoever stopped the loop has closed the connection.
    }
  }

  private void goOn(PreSharedKeys.Answer answer) {
    if (driver.phase() != Phase.CHOICE) {
      return;
    }
    if (answer instanceof PreSharedKeys.Refused refused) {
      sendAlert(refused.alert());
      driver.fail(refused.error());
    } else {
      driver.phase(Phase.HANDSHAKE);
      reader.mergeLate();
      advance();
    }
  }

  private void job(HandshakePump current, EngineStart engine) {
    Outcome outcome;
    long began = driver.clock().nanos();
    try {
      ResumptionWatch watch = resumption;
      if (watch != null) {
        watch.received(reader.inbound.view());
      }
      HandshakePump.Stop stop = current.run();
      outcome =
          stop == HandshakePump.Stop.FINISHED
              ? new Finished(judged(engine, current))
              : new Stopped(stop);
    } catch (HandshakeException ourOwn) {
      // The engine goes on where it can: it is not asked.
      tellWhoGotNoAnswer(engine, HANDSHAKE_FAILURE);
      outcome = new Failed(ourOwn);
    } catch (Throwable thrown) {
      current.wrapAlert(thrown);
      tellWhoGotNoAnswer(
          engine, thrown instanceof SSLException ? HANDSHAKE_FAILURE : INTERNAL_ERROR);
      outcome = failed(engine, thrown);
    }
    driver.clock().computed(driver.clock().nanos() - began);
    Outcome found = outcome;
    if (loop.inLoop()) {
      done(found);
    } else {
      try {
        loop.execute(() -> done(found));
      } catch (RejectedExecutionException loopIsGone) {
        driver.release();
      }
    }
  }

  /**
   * Some engines have no alert for a ClientHello that they cannot read: nobody is left unanswered.
   */
  private void tellWhoGotNoAnswer(EngineStart engine, int alert) {
    if (!engine.engine().ssl().getUseClientMode() && writer.outbound.total() == 0) {
      sendAlert(alert);
    }
  }

  /** An engine that was told to refuse its peer fails, and knows nothing of the reason. */
  private static Outcome failed(EngineStart engine, Throwable thrown) {
    PeerVerdict peer = engine.peer();
    return engine
        .keys()
        .flatMap(PreSharedKeys::failure)
        .<RuntimeException>map(why -> why)
        .or(peer::failure)
        .<Outcome>map(Failed::new)
        .or(() -> peer.refusal().map(Refused::new))
        .orElseGet(() -> new Failed(thrown));
  }

  private Handshake judged(EngineStart engine, HandshakePump current) {
    Negotiated negotiated = engine.engine().negotiated();
    watchServerHello();
    ResumptionWatch watch = resumption;
    // In TLS 1.3 the server's answer is the same for a session.
    boolean other = negotiated.psk() && negotiated.version() == ProtocolVersion.TLS_1_3;
    return new Handshake(
        negotiated,
        byKey(engine, negotiated)
            ? engine.peer().ofKeyHolder()
            : engine.peer().of(negotiated.peerChain()),
        watch != null && watch.resumed() && !other,
        current.ephemeralKey(),
        engine.engine());
  }

  private static boolean byKey(EngineStart engine, Negotiated negotiated) {
    return engine.keys().isPresent() && negotiated.peerChain().isEmpty() && negotiated.psk();
  }

  private void watchServerHello() {
    ResumptionWatch watch = resumption;
    if (watch != null) {
      watch.sent(writer.outbound.first());
    }
  }

  private void done(Outcome outcome) {
    busy = false;
    if (driver.phase() == Phase.CLOSED) {
      dropData();
      driver.release();
      return;
    }
    reader.mergeLate();
    deliverData();
    if (driver.phase() == Phase.CLOSED || driver.renegotiationRefused()) {
      return;
    }
    if (outcome instanceof Finished finished) {
      driver.finished(finished.handshake());
    } else if (outcome instanceof Refused refused) {
      driver.refuse(refused.verdict());
    } else if (outcome instanceof Failed failed) {
      driver.failNow(failed.thrown());
    } else if (outcome instanceof Stopped stopped
        && stopped.where() == HandshakePump.Stop.NEEDS_INPUT) {
      needsInput();
    } else if (outcome instanceof Stopped stopped
        && stopped.where() == HandshakePump.Stop.REFUSED) {
      driver.fail(
          new HandshakeException(
              ErrorCode.ERR_TLS_RENEGOTIATION_FAILED,
              "a renegotiation is refused: the connection has no secure one (RFC 5746)"));
    } else {
      driver.fail(
          new HandshakeException(
              ErrorCode.ECONNRESET, "socket hang up: the peer ended the handshake"));
    }
  }

  private void deliverData() {
    HandshakePump current = pump;
    if (current == null) {
      return;
    }
    for (Slab slab : current.takeData()) {
      if (driver.phase() == Phase.CLOSED) {
        slab.release();
      } else {
        reader.came(slab);
      }
    }
  }

  private void dropData() {
    HandshakePump current = pump;
    if (current != null) {
      current.takeData().forEach(Slab::release);
    }
  }

  private void needsInput() {
    watchServerHello();
    writer.flush();
    boolean more;
    try {
      more = Records.complete(reader.inbound.view()) > 0;
    } catch (HandshakeException noRecord) {
      driver.fail(noRecord);
      return;
    }
    if (more) {
      advance();
    } else if (reader.transportEnded()) {
      driver.hangUp(null);
    }
  }

  /** Brings out the alert that the engine has for its failure. */
  void wrapAlert(Throwable failure) {
    EngineStart engine = start;
    if (engine != null) {
      HandshakePump.first(engine, reader.inbound, writer.outbound, buffers, settings.limits())
          .wrapAlert(failure);
    }
  }

  /** The handshake is done: what was only for it goes. */
  void opened() {
    pump = null;
    resumption = null;
  }

  /** Frees the engine. */
  void release() {
    EngineStart engine = start;
    start = null;
    pump = null;
    gate = null;
    if (engine != null) {
      engine.engine().close();
    }
  }
}
