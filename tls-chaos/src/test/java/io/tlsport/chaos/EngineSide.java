package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** One side of a connection whose bytes the test carries: it reads a flight and answers by one. */
final class EngineSide {
  /** An engine that asks for more of the same has got stuck. */
  private static final int MOST_STEPS = 5_000;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final ByteBuffer plain = ByteBuffer.allocate(64 * 1024);
  private final ByteBuffer sealed = ByteBuffer.allocate(64 * 1024);
  private byte[] unread = new byte[0];
  private Optional<SSLException> failure = Optional.empty();

  EngineSide(SSLEngine engine) {
    this.engine = engine;
  }

  /** What it failed by, if it did. */
  Optional<SSLException> failure() {
    return failure;
  }

  boolean isSecure() {
    return failure.isEmpty()
        && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && !"NONE".equals(engine.getSession().getProtocol());
  }

  /** Reads what came, and returns all that it has to say to it. */
  byte[] answer(byte[] came) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.allocate(unread.length + came.length).put(unread).put(came).flip();
    try {
      move(in, out);
    } catch (SSLException typed) {
      failure = Optional.of(typed);
      last(out);
    }
    unread = new byte[in.remaining()];
    in.get(unread);
    return out.toByteArray();
  }

  private void move(ByteBuffer in, ByteArrayOutputStream out) throws SSLException {
    boolean stuck = false;
    for (int step = 0; !stuck; step++) {
      assertTrue(step < MOST_STEPS, "the engine comes to no end");
      stuck =
          switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> !runTask();
            case NEED_WRAP -> wrap(out) == 0;
            default -> !read(in) && wrap(out) == 0;
          };
    }
  }

  private boolean runTask() {
    Runnable task = engine.getDelegatedTask();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  private boolean read(ByteBuffer in) throws SSLException {
    if (!in.hasRemaining() || engine.isInboundDone()) {
      return false;
    }
    int before = in.remaining();
    SSLEngineResult result = engine.unwrap(in, plain.clear());
    return in.remaining() < before
        || result.getHandshakeStatus() == HandshakeStatus.NEED_TASK
        || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private int wrap(ByteArrayOutputStream out) throws SSLException {
    if (engine.isOutboundDone()) {
      return 0;
    }
    engine.wrap(NOTHING, sealed.clear());
    sealed.flip();
    int made = sealed.remaining();
    out.write(sealed.array(), 0, made);
    return made;
  }

  /** Its alert, once it has failed. */
  private void last(ByteArrayOutputStream out) {
    engine.closeOutbound();
    try {
      for (int step = 0; wrap(out) > 0; step++) {
        assertTrue(step < MOST_STEPS, "the engine comes to no end");
      }
    } catch (SSLException again) {
      // The first one is what counts.
    }
  }

  /** It can be ended, whatever state it is in. */
  void end() {
    last(new ByteArrayOutputStream());
    try {
      engine.closeInbound();
    } catch (SSLException withoutTheOtherEnd) {
      // Truncated, of course.
    }
    assertTrue(engine.isOutboundDone(), "it has ended");
  }
}
