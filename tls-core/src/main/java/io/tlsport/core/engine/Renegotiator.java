package io.tlsport.core.engine;

import io.tlsport.ClientAuth;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.RenegotiateOptions;
import io.tlsport.TlsException;
import io.tlsport.core.policy.renego.RenegotiationLimiter;
import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.Renegotiation;
import io.tlsport.spi.RenegotiationRefusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handshakes on a connection that is open: who wants one, whether it may, and one after the other.
 * Those of the peer are noticed by the outside of its records (RFC 5246 section 6.2.1), before the
 * engine has computed anything.
 */
final class Renegotiator {
  private final EngineDriver driver;
  private final Loop loop;
  private final RenegotiationLimiter limiter;
  private final Opening opening;
  private final Writer writer;
  private final DriverEvents events;
  private final Deque<Asked> asked = new ArrayDeque<>(1);
  private boolean running;
  private boolean ours;
  private @Nullable TlsException refusal;
  private boolean disabled;
  private int count;

  /** What the application wants; the first of them may be the one that runs. */
  private record Asked(Optional<RenegotiateOptions> options, Transport.Accepted done) {}

  Renegotiator(
      EngineDriver driver,
      Loop loop,
      RenegotiationLimiter limiter,
      Opening opening,
      Writer writer,
      DriverEvents events) {
    this.driver = driver;
    this.loop = loop;
    this.limiter = limiter;
    this.opening = opening;
    this.writer = writer;
    this.events = events;
  }

  /** True while one runs. */
  boolean running() {
    return running;
  }

  /** Nobody may begin one from now on. */
  void disable() {
    disabled = true;
  }

  // --- the peer's

  /** The peer has begun one. */
  void peerAsks() {
    if (writer.ended()) {
      driver.fail(off("the peer asked for a renegotiation after our end"));
      return;
    }
    Optional<Renegotiation> engine = engine(Renegotiation.class);
    if (engine.isEmpty()) {
      neverDoes(off("the peer asked for a renegotiation, which is refused"));
      return;
    }
    TlsException against = against();
    refusal = against;
    begin(against == null ? engine.get()::accept : engine.get()::refuse);
  }

  /** The engine takes no part in any: nobody is told that one begins. */
  private void neverDoes(TlsException error) {
    Optional<RenegotiationRefusal> engine = engine(RenegotiationRefusal.class);
    if (engine.isEmpty()) {
      driver.fail(error);
      return;
    }
    running = true;
    refusal = error;
    driver.shakeHandsAgain(engine.get()::refuse);
  }

  private @Nullable TlsException against() {
    if (disabled) {
      return off("the peer asked for a renegotiation after disableRenegotiation()");
    }
    return limiter.grant()
        ? null
        : new HandshakeException(
            ErrorCode.ERR_TLS_SESSION_ATTACK,
            "TLS session renegotiation attack detected: the peer asked for more than "
                + limiter.limits().limit()
                + " renegotiations within "
                + limiter.limits().window().toSeconds()
                + " s");
  }

  private static HandshakeException off(String message) {
    return new HandshakeException(ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED, message);
  }

  /** True if the peer's attempt may not be: it was answered, and the connection ends. */
  boolean refused() {
    TlsException error = refusal;
    if (error != null) {
      driver.cut(error);
    }
    return error != null;
  }

  // --- ours

  /**
   * The application wants one; what it writes from now on waits for it. Never begins within this
   * call: data may be on its way up.
   */
  void ask(Optional<RenegotiateOptions> options, Transport.Accepted done) {
    TlsException obstacle = obstacle();
    if (obstacle != null) {
      done.done(obstacle);
      return;
    }
    asked.add(new Asked(options, done));
    writer.hold(true);
    loop.execute(this::next);
  }

  private void next() {
    Asked first = asked.peek();
    EngineStart start = opening.engine();
    Optional<Renegotiation> engine = engine(Renegotiation.class);
    if (first == null || running || start == null || engine.isEmpty()) {
      return;
    }
    if (driver.closedCleanly()) {
      answered(unfit("the peer has ended before it could renegotiate"));
      return;
    }
    ours = true;
    first.options().map(start.judges()).ifPresent(start.peer()::judge);
    Optional<ClientAuth> auth =
        first
            .options()
            .map(wanted -> ClientAuth.of(wanted.requestCert(), wanted.rejectUnauthorized()));
    begin(() -> engine.get().start(auth));
  }

  private @Nullable TlsException obstacle() {
    if (driver.phase() == Phase.CLOSED) {
      return EngineDriver.gone();
    }
    if (!driver.isOpen() && !running) {
      return unfit("renegotiate() needs a secure connection: call it after secureConnect");
    }
    if (engine(Renegotiation.class).isEmpty()) {
      return unfit("the engine of this connection does not renegotiate");
    }
    if (writer.endAsked() || driver.closedCleanly()) {
      return unfit("renegotiate() needs both sides, and one has ended");
    }
    return disabled
        ? new ConfigurationException(
            ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED,
            "renegotiate() after disableRenegotiation(): open a new connection")
        : null;
  }

  private static ConfigurationException unfit(String message) {
    return new ConfigurationException(ErrorCode.ERR_TLS_INVALID_STATE, message);
  }

  // --- either's

  private <T extends EngineExtension> Optional<T> engine(Class<T> extension) {
    EngineStart start = opening.engine();
    return start == null ? Optional.empty() : start.engine().extension(extension);
  }

  private void begin(HandshakePump.Begin start) {
    running = true;
    count++;
    events.renegotiation(count);
    if (driver.isOpen()) {
      driver.shakeHandsAgain(start);
    }
  }

  /** It is done and judged, and the connection open again. */
  void done() {
    running = false;
    boolean own = ours;
    ours = false;
    if (own) {
      answered(null);
    } else {
      loop.execute(this::next);
    }
  }

  private void answered(@Nullable TlsException failure) {
    Asked first = asked.remove();
    first.done().done(failure);
    if (asked.isEmpty()) {
      writer.hold(false);
    } else {
      loop.execute(this::next);
    }
  }

  /** The connection is over, and closed if there is no other reason. */
  void fail(@Nullable TlsException error) {
    if (asked.isEmpty()) {
      return;
    }
    TlsException reason = error == null ? EngineDriver.gone() : error;
    for (Asked one = asked.poll(); one != null; one = asked.poll()) {
      one.done().done(reason);
    }
  }
}
