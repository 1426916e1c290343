package io.tlsport.core.engine;

import io.tlsport.ConnectionLimits;
import io.tlsport.RenegotiateOptions;
import io.tlsport.RenegotiationLimits;
import io.tlsport.TlsException;
import io.tlsport.core.fixtures.CountingBuffers;
import io.tlsport.core.fixtures.ManualLoop;
import io.tlsport.core.fixtures.NullEngine;
import io.tlsport.core.policy.fragment.SendFragment;
import io.tlsport.core.policy.renego.RenegotiationLimiter;
import io.tlsport.spi.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One driver over a {@link NullEngine}, and a transport that the test moves by hand. */
final class Side {
  static final Duration HANDSHAKE_TIMEOUT = Duration.ofMinutes(2);
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  final ManualLoop loop;
  final CountingBuffers buffers = new CountingBuffers();
  final NullEngine engine;
  final EngineDriver driver;
  final List<String> events = new ArrayList<>();
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  final Deque<byte[]> wire = new ArrayDeque<>();
  private final NullEngine.Traits traits;
  private Verdict verdict = Verdict.trusted();
  private Function<RenegotiateOptions, Verdict> renegotiated = again -> Verdict.trusted();
  private Runnable onData = () -> {};
  private CompletionStage<Void> hold = CompletableFuture.completedStage(null);
  private boolean reading = true;
  private boolean taken = true;
  private boolean takenAtOnce;
  boolean gone;
  boolean endCarried;
  private boolean sendsEnd;
  private int flushes;
  private long pending;
  private @Nullable TlsException error;

  /** Options of a side. */
  record Options(
      boolean allowHalfOpen, boolean allowTruncation, Executor handshakes, int largestPiece) {
    Options(boolean allowHalfOpen, boolean allowTruncation, Executor handshakes) {
      this(allowHalfOpen, allowTruncation, handshakes, Integer.MAX_VALUE);
    }

    static Options usual() {
      return new Options(false, false, Runnable::run);
    }

    /** What comes is taken in pieces of at most that many bytes. */
    static Options pieces(int largest) {
      return new Options(false, false, Runnable::run, largest);
    }
  }

  Side(ManualLoop loop, boolean client, NullEngine.Traits traits, Options options) {
    this.loop = loop;
    this.traits = traits;
    this.engine = new NullEngine(client, traits);
    DriverSettings settings =
        new DriverSettings(
            HANDSHAKE_TIMEOUT,
            CLOSE_TIMEOUT,
            options.allowHalfOpen(),
            options.allowTruncation(),
            new RenegotiationLimiter(RenegotiationLimits.DEFAULT, loop::nanos),
            SendFragment.full(),
            options.handshakes(),
            ConnectionLimits.DEFAULT,
            bytes -> {},
            options.largestPiece(),
            loop::nanos);
    this.driver = new EngineDriver(loop, new Network(), buffers, settings, new Application());
  }

  /** What the judge will say. */
  void verdict(Verdict coming) {
    verdict = coming;
  }

  /** What the judge of a renegotiation will say, by what it asked for. */
  void renegotiated(Function<RenegotiateOptions, Verdict> coming) {
    renegotiated = coming;
  }

  /** What the accepted handshake waits for. */
  void hold(CompletionStage<Void> stage) {
    hold = stage;
  }

  /** How much the network has not taken yet. */
  void pending(long bytes) {
    pending = bytes;
  }

  /** The peer reads no more: nothing that is sent counts as taken. */
  void takesNothing() {
    taken = false;
  }

  /** What is sent counts as taken while it is sent. */
  void takesAtOnce() {
    takenAtOnce = true;
  }

  /** What the application does with each piece of data. */
  void onData(Runnable listener) {
    onData = listener;
  }

  void startClient() {
    driver.startClient(start());
  }

  void startServer() {
    driver.startServer(
        hello -> CompletableFuture.completedFuture(new EngineChooser.Start(start())));
  }

  EngineStart start() {
    return new EngineStart(
        engine,
        false,
        thrown ->
            Fault.of(
                io.tlsport.ErrorCode.ERR_SSL_PROTOCOL_ERROR,
                "explained: " + thrown.getClass().getSimpleName()),
        new PeerVerdict(chain -> verdict),
        again -> chain -> renegotiated.apply(again),
        handshake -> hold,
        version -> traits.readsAfterEnd(),
        0,
        ticket -> {},
        Optional.empty());
  }

  void write(byte[] data) {
    driver.write(
        ByteBuffer.wrap(data),
        true,
        failure -> events.add(failure == null ? "written" : "refused " + failure.code()));
  }

  void renegotiate(RenegotiateOptions options) {
    driver.renegotiate(
        Optional.of(options),
        failure -> events.add(failure == null ? "done" : "not done " + failure.code()));
  }

  void end() {
    driver.end(failure -> events.add(failure == null ? "ended" : "not ended " + failure.code()));
  }

  /** Brings bytes in, as a network does. */
  void receive(byte[] bytes) {
    driver.received(ByteBuffer.wrap(bytes));
    driver.readComplete();
  }

  boolean reading() {
    return reading;
  }

  boolean closed() {
    return gone;
  }

  /** True if this side has closed its transport in order. */
  boolean sendsEnd() {
    return sendsEnd;
  }

  int flushes() {
    return flushes;
  }

  Optional<TlsException> error() {
    return Optional.ofNullable(error);
  }

  /** Everything that went to the wire since the last call. */
  byte[] takeWire() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part = wire.poll(); part != null; part = wire.poll()) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** The transport goes, by whomever. */
  void gone() {
    if (!gone) {
      gone = true;
      loop.execute(driver::transportClosed);
    }
  }

  /** Takes what the driver sends. */
  private final class Network implements Transport {
    @Override
    public void send(Slab slab, @Nullable Accepted accepted) {
      byte[] bytes = new byte[slab.bytes().position()];
      slab.bytes().flip().get(bytes);
      slab.release();
      if (gone || sendsEnd) {
        throw new IllegalStateException("sent after the close");
      }
      wire.add(bytes);
      if (accepted != null && takenAtOnce) {
        accepted.done(null);
      } else if (accepted != null && taken) {
        loop.execute(() -> accepted.done(null));
      }
    }

    @Override
    public long pending() {
      return pending;
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public void read(boolean on) {
      reading = on;
    }

    @Override
    public void close() {
      sendsEnd = true;
    }

    @Override
    public void abort() {
      gone();
    }
  }

  /** Writes down what the driver tells. */
  private final class Application implements DriverEvents {
    @Override
    public void renegotiation(int count) {
      events.add("renegotiation " + count);
    }

    @Override
    public void renegotiated(Handshake handshake) {
      events.add("renegotiated");
    }

    @Override
    public void secure(Handshake handshake) {
      events.add("secure");
    }

    @Override
    public void data(ByteBuffer plaintext) {
      byte[] bytes = new byte[plaintext.remaining()];
      plaintext.get(bytes);
      received.writeBytes(bytes);
      onData.run();
    }

    @Override
    public void end() {
      events.add("end");
    }

    @Override
    public void error(TlsException failure) {
      error = failure;
      events.add("error " + failure.code());
    }

    @Override
    public void closed() {
      events.add("close");
    }
  }
}
