package io.tlsport.interop;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** One of two engines that are moved by hand, as a library that takes an engine would do it. */
final class EngineSide {
  private static final int MOST_STEPS = 20_000;

  final SSLEngine engine;
  final List<Status> ends = new ArrayList<>();
  int tasks;
  int finished;
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private ByteBuffer toSend = ByteBuffer.allocate(0);
  private ByteBuffer arrived = ByteBuffer.allocate(0);

  EngineSide(SSLEngine engine) {
    this.engine = engine;
  }

  /** What it has to say to the other application. */
  EngineSide say(byte[] data) {
    toSend = ByteBuffer.wrap(data);
    return this;
  }

  /** What the other application has said. */
  byte[] heard() {
    return plain.toByteArray();
  }

  String heardText() {
    return new String(heard(), StandardCharsets.US_ASCII);
  }

  /** Moves both until neither has anything to do. */
  static void run(EngineSide one, EngineSide other, int piece) throws SSLException {
    boolean moved = true;
    for (int steps = 0; moved; steps++) {
      if (steps > MOST_STEPS) {
        throw new AssertionError("two engines that do not come to an end");
      }
      moved = one.pass(other);
      moved |= other.pass(one);
      moved |= one.step(piece);
      moved |= other.step(piece);
    }
  }

  /** Brings what was made to the other one. */
  private boolean pass(EngineSide other) {
    byte[] made = wire.toByteArray();
    wire.reset();
    other.take(made);
    return made.length > 0;
  }

  private void take(byte[] bytes) {
    ByteBuffer all = ByteBuffer.allocate(arrived.remaining() + bytes.length);
    arrived = all.put(arrived).put(bytes).flip();
  }

  /** False if there was nothing to do. */
  boolean step(int piece) throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        tasks++;
        task.run();
      }
      return true;
    }
    boolean moved = arrived.hasRemaining() && status != HandshakeStatus.NEED_WRAP && unwrap(piece);
    int before = finished;
    boolean made = wrap();
    HandshakeStatus next = engine.getHandshakeStatus();
    return made
        || moved
        || finished > before
        || next == HandshakeStatus.NEED_TASK
        || next == HandshakeStatus.NEED_WRAP;
  }

  private boolean unwrap(int piece) throws SSLException {
    ByteBuffer some = arrived.slice(0, Math.min(piece, arrived.remaining()));
    boolean moved = false;
    while (true) {
      ByteBuffer target = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
      SSLEngineResult result = engine.unwrap(some, target);
      note(result);
      plain.write(target.array(), 0, target.position());
      if (result.getStatus() == Status.BUFFER_UNDERFLOW && some.limit() < arrived.remaining()) {
        int more = Math.min(some.limit() + piece, arrived.remaining());
        some = arrived.slice(0, more).position(some.position());
        continue;
      }
      moved |= result.bytesConsumed() > 0;
      break;
    }
    arrived = arrived.position(arrived.position() + some.position()).slice();
    return moved;
  }

  private boolean wrap() throws SSLException {
    ByteBuffer target = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(toSend, target);
    note(result);
    wire.write(target.array(), 0, target.position());
    return result.bytesProduced() > 0 || result.bytesConsumed() > 0;
  }

  private void note(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      finished++;
    }
    if (result.getStatus() == Status.CLOSED) {
      ends.add(Status.CLOSED);
    }
  }
}
