package io.tlsport.provider.jdk;

import io.tlsport.spi.jsse.ForwardingEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** An engine of SunJSSE that tells which sessions it makes, while it makes them. */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
final class JdkSslEngine extends ForwardingEngine {
  private final Sessions sessions;
  private final Optional<Acceleration> acceleration;
  private boolean finished;
  private boolean watched = true;

  /** Learns of sessions. */
  interface Sessions {
    /** The engine begins a step, on this thread. */
    default void begin() {}

    /** The step is at its end. */
    default void end() {}

    /**
     * The engine took a step.
     *
     * @param drawn what may be identifiers of sessions that it made in it
     * @param finished its first handshake was finished before
     */
    void stepped(List<byte[]> drawn, boolean finished);

    /**
     * The first handshake is finished, or one that is watched again.
     *
     * @return whether later steps are of interest
     */
    boolean finished();
  }

  /**
   * That engine.
   *
   * @param acceleration in force in its steps
   */
  JdkSslEngine(SSLEngine engine, Sessions sessions, Optional<Acceleration> acceleration) {
    super(engine);
    this.sessions = sessions;
    this.acceleration = acceleration;
  }

  /** The next handshake is of interest like the first. */
  void watchAgain() {
    finished = false;
    watched = true;
  }

  @FunctionalInterface
  private interface Step {
    SSLEngineResult take() throws SSLException;
  }

  private SSLEngineResult watch(Step step) throws SSLException {
    if (!watched) {
      return step.take();
    }
    SSLEngineResult result;
    begin();
    try {
      result = step.take();
    } finally {
      end();
    }
    if (!finished && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      finished = true;
      watched = sessions.finished();
    }
    return result;
  }

  private void begin() {
    acceleration.ifPresent(Acceleration::enter);
    sessions.begin();
    RecordingRandom.record();
  }

  private void end() {
    List<byte[]> drawn = RecordingRandom.recorded();
    acceleration.ifPresent(Acceleration::leave);
    sessions.end();
    if (!drawn.isEmpty()) {
      sessions.stepped(drawn, finished);
    }
  }

  /** Behind a client's certificate even its Finished is read in a task. */
  private void watch(Runnable task) {
    begin();
    try {
      task.run();
    } finally {
      end();
    }
  }

  /** A client's keys for the key exchange are made here. */
  @Override
  public void beginHandshake() throws SSLException {
    acceleration.ifPresent(Acceleration::enter);
    try {
      super.beginHandshake();
    } finally {
      acceleration.ifPresent(Acceleration::leave);
    }
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
      throws SSLException {
    return watch(() -> super.wrap(from, offset, length, to));
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    return watch(() -> super.unwrap(from, to, offset, length));
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    Runnable task = super.getDelegatedTask();
    return task == null ? null : () -> watch(task);
  }
}
