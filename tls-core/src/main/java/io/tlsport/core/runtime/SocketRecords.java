package io.tlsport.core.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Moves an exported engine over the streams of a blocking socket. One thread may read beside one
 * that writes. Who handshakes or reads has the lock of reading, and takes that of writing for each
 * piece that it sends: never the other way round.
 */
final class SocketRecords {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** How long an end waits for a write that the peer does not take, or for who reads. */
  private static final int BUSY_MILLIS = 1000;

  /** How long a write waits for who reads before it looks whether the handshake is over. */
  private static final int STEP_MILLIS = 20;

  private final ExportedEngine engine;
  private final Socket transport;
  private final InputStream consumed;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteBuffer leaving = ByteBuffer.allocate(ExportedSession.PACKET);
  private final ByteBuffer arrived = ByteBuffer.allocate(ExportedSession.PACKET).flip();
  private ByteBuffer plain = ByteBuffer.allocate(ExportedSession.PLAIN).flip();
  private boolean ended;

  /**
   * Nothing is moved yet.
   *
   * @param consumed what somebody has read from the transport already
   */
  SocketRecords(ExportedEngine engine, Socket transport, InputStream consumed) {
    this.engine = engine;
    this.transport = transport;
    this.consumed = consumed;
  }

  /** Begins a handshake, or one more, and takes it to its end. */
  void handshake() throws IOException {
    reading.lock();
    try {
      engine.beginHandshake();
      drive();
    } finally {
      reading.unlock();
    }
  }

  /** Takes a handshake that has begun to its end; the caller has the lock of reading. */
  private void drive() throws IOException {
    for (HandshakeStatus status = engine.getHandshakeStatus();
        status != HandshakeStatus.NOT_HANDSHAKING && !ended;
        status = engine.getHandshakeStatus()) {
      step(status);
    }
  }

  private void step(HandshakeStatus status) throws IOException {
    switch (status) {
      case NEED_TASK -> {
        Runnable task = engine.getDelegatedTask();
        if (task != null) {
          task.run();
        }
      }
      case NEED_WRAP -> flush();
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> take();
    }
  }

  /** Takes what has arrived of one record, and waits for more if it is not whole. */
  private void take() throws IOException {
    makeRoom();
    SSLEngineResult result;
    ByteBuffer target = plain.compact();
    try {
      result = engine.unwrap(arrived, target);
    } finally {
      target.flip();
    }
    if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
      fill();
    } else if (result.getStatus() == Status.CLOSED) {
      ended = true;
    }
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      flush();
    }
  }

  /** In a renegotiation data arrives that nobody has asked for yet. */
  private void makeRoom() {
    if (plain.capacity() - plain.remaining() < ExportedSession.PLAIN) {
      plain = ByteBuffer.allocate(2 * plain.capacity()).put(plain).flip();
    }
  }

  private void fill() throws IOException {
    int got;
    arrived.compact();
    try {
      got = consumed.read(arrived.array(), arrived.position(), arrived.remaining());
      if (got < 0) {
        InputStream in = transport.getInputStream();
        got = in.read(arrived.array(), arrived.position(), arrived.remaining());
      }
      arrived.position(arrived.position() + Math.max(got, 0));
    } finally {
      arrived.flip();
    }
    if (got < 0) {
      ended = true;
      engine.closeInbound();
    }
  }

  /** The next bytes; -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException {
    reading.lock();
    try {
      while (!plain.hasRemaining()) {
        if (ended) {
          return -1;
        }
        step(engine.getHandshakeStatus());
      }
      int size = Math.min(length, plain.remaining());
      plain.get(target, offset, size);
      return size;
    } finally {
      reading.unlock();
    }
  }

  /** How much can be read without waiting; zero while somebody reads. */
  int available() {
    if (!reading.tryLock()) {
      return 0;
    }
    try {
      return plain.remaining();
    } finally {
      reading.unlock();
    }
  }

  /** Encrypts and sends all of it. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(bytes, offset, length);
    while (data.hasRemaining()) {
      if (!send(data)) {
        shakeHands();
      }
    }
    flush();
  }

  /** Who reads may wait for data behind the handshake, and keeps the lock: he drives it then. */
  private void shakeHands() throws IOException {
    try {
      if (!reading.tryLock(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a handshake was waited for");
    }
    try {
      drive();
    } finally {
      reading.unlock();
    }
  }

  private void flush() throws IOException {
    while (send(NOTHING)) {
      // There was something, and there may be more.
    }
  }

  /** False if there was nothing to send, or a handshake has to be waited for. */
  private boolean send(ByteBuffer data) throws IOException {
    writing.lock();
    try {
      leaving.clear();
      SSLEngineResult result = engine.wrap(data, leaving);
      if (leaving.position() > 0) {
        deliver();
      } else if (result.getStatus() == Status.CLOSED && data.hasRemaining()) {
        throw new SocketException("the output is shut down, or the peer has ended");
      }
      return result.bytesProduced() > 0 || result.bytesConsumed() > 0;
    } finally {
      writing.unlock();
    }
  }

  private void deliver() throws IOException {
    try {
      transport.getOutputStream().write(leaving.array(), 0, leaving.position());
    } catch (IOException broken) {
      throw reason(broken);
    }
  }

  /** An alert that could not be sent hides why there was one. */
  private IOException reason(IOException broken) {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        engine.wrap(NOTHING, leaving.clear());
      }
    } catch (SSLException reason) {
      reason.addSuppressed(broken);
      return reason;
    }
    return broken;
  }

  /** Says that nothing follows. */
  void end() throws IOException {
    engine.closeOutbound();
    flush();
  }

  /** Ends both directions and frees the engine; the transport is the caller's. */
  void close(boolean awaitPeer) {
    try {
      if (writing.tryLock(BUSY_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          end();
        } finally {
          writing.unlock();
        }
      }
      if (awaitPeer) {
        drain();
      }
    } catch (IOException gone) {
      // Who closes has heard all that he wants to, and a peer that is gone needs no goodbye.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      free();
    }
  }

  /** The bytes behind the peer's close_notify are the transport's owner's. */
  private void drain() throws IOException, InterruptedException {
    if (!reading.tryLock(BUSY_MILLIS, TimeUnit.MILLISECONDS)) {
      return;
    }
    try {
      while (!ended) {
        plain.position(plain.limit());
        step(engine.getHandshakeStatus());
      }
    } finally {
      reading.unlock();
    }
  }

  private void free() {
    try {
      engine.closeOutbound();
      engine.closeInbound();
    } catch (SSLException cut) {
      // The peer has not ended: who closes does not wait for that.
    }
  }
}
