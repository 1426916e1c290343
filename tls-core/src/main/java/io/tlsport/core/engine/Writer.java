package io.tlsport.core.engine;

import io.tlsport.ConfigurationException;
import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.policy.fragment.SendFragment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing half of a connection. What is written before the connection is secure waits; later
 * it becomes records at once, straight from the caller's memory, or, where it is little, at the end
 * of the loop's turn, by which everything leaves.
 */
final class Writer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final EngineDriver driver;
  private final Transport transport;
  private final Loop loop;
  private final SendFragment fragment;
  private final ConnectionLimits limits;
  final Outbound outbound;
  private final SmallWrites small;
  private final Deque<Queued> queue = new ArrayDeque<>(1);
  private final List<Transport.Accepted> endWaiters = new ArrayList<>();
  private @Nullable SSLEngine ssl;
  private boolean held;
  private boolean endAsked;
  private boolean endLeft;
  private boolean flushScheduled;
  private final Runnable scheduledFlush = this::flushScheduled;
  private long unread;
  // Written on the loop only, read anywhere.
  private volatile long plaintext;

  private record Queued(ByteBuffer data, Transport.Accepted accepted) {}

  Writer(
      EngineDriver driver,
      Transport transport,
      Loop loop,
      Buffers buffers,
      SendFragment fragment,
      ConnectionLimits limits) {
    this.driver = driver;
    this.transport = transport;
    this.loop = loop;
    this.fragment = fragment;
    this.limits = limits;
    this.outbound = new Outbound(buffers);
    this.small = new SmallWrites(buffers);
  }

  /** Which kind of memory the engine wants from now on. */
  void direct(boolean direct) {
    outbound.direct(direct);
    small.direct(direct);
  }

  /** Plaintext bytes that became records, or will at the end of this turn. */
  long plaintext() {
    return plaintext;
  }

  /** Limits the plaintext of a record from now on. */
  void maxSendFragment(int size) {
    fragment.limit(size);
  }

  /** True once our close_notify was made: nothing of ours comes after it. */
  boolean ended() {
    return endLeft;
  }

  /** True once the application asked for the end. */
  boolean endAsked() {
    return endAsked;
  }

  /** From now on writing makes records, beginning with what has waited. */
  void open(SSLEngine engine) {
    ssl = engine;
    drainQueue();
  }

  /** Makes writing wait although there is an engine, or lets it go on. */
  void hold(boolean on) {
    held = on;
    if (ssl != null) {
      drainQueue();
    }
  }

  /** True while writing waits although there may be an engine. */
  boolean held() {
    return held;
  }

  /** From now on writing waits again: a handshake has the engine. */
  void suspend() {
    ssl = null;
  }

  /**
   * Writes all of {@code data}, whose position stays: the caller may share it with others.
   *
   * @param kept false if the memory is the caller's again after this call
   */
  void write(ByteBuffer data, boolean kept, Transport.Accepted accepted) {
    if (endAsked) {
      accepted.done(
          new ConfigurationException(
              ErrorCode.ERR_STREAM_WRITE_AFTER_END, "write after end: nothing can follow end()"));
    } else if (ssl != null && !held && queue.isEmpty()) {
      encrypt(data, accepted);
    } else {
      queue.add(new Queued(kept ? data : copy(data), accepted));
    }
  }

  private static ByteBuffer copy(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip();
  }

  private void drainQueue() {
    if (held) {
      return;
    }
    for (Queued next = queue.peek(); next != null && driver.isOpen(); next = queue.peek()) {
      queue.remove();
      encrypt(next.data(), next.accepted());
    }
    if (endAsked && driver.isOpen()) {
      driver.endReady();
    }
  }

  private void encrypt(ByteBuffer data, Transport.Accepted accepted) {
    int size = data.remaining();
    outbound.whenAccepted(accepted);
    boolean made;
    try {
      made = size <= SmallWrites.LARGEST ? gather(data) : wrapSmall() && wrapAll(data.duplicate());
    } catch (Throwable thrown) {
      driver.failEngine(thrown);
      return;
    }
    if (!made) {
      driver.fail(peerClosed());
      return;
    }
    long before = plaintext;
    plaintext = before + size;
    requestFlush();
  }

  private boolean gather(ByteBuffer data) throws SSLException {
    for (int at = data.position(); at < data.limit(); ) {
      at += small.add(data, at);
      if (small.isFull() && !wrapSmall()) {
        return false;
      }
    }
    return true;
  }

  private boolean wrapSmall() throws SSLException {
    if (small.isEmpty()) {
      return true;
    }
    try {
      return wrapAll(small.waiting());
    } finally {
      small.release();
    }
  }

  private boolean wrapAll(ByteBuffer data) throws SSLException {
    while (data.hasRemaining()) {
      if (!wrapFragment(data)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes records of all that was written: before the engine reads on, too, since some cannot write
   * after what they may read.
   */
  void encryptWaiting() {
    if (small.isEmpty()) {
      return;
    }
    try {
      if (!wrapSmall()) {
        driver.fail(peerClosed());
      }
    } catch (Throwable thrown) {
      driver.failEngine(thrown);
    }
  }

  private static TransportException peerClosed() {
    return new TransportException(
        ErrorCode.EPIPE,
        "the peer has ended the connection, and the engine cannot write after that");
  }

  /** One record of the size that is due; false if the engine is closed for writing. */
  private boolean wrapFragment(ByteBuffer data) throws SSLException {
    int start = data.position();
    int end = data.limit();
    data.limit(Math.min(end, start + fragment.next()));
    try {
      return wrap(data);
    } finally {
      data.limit(end);
      fragment.sent(data.position() - start);
    }
  }

  /** One record; false if the engine is closed for writing. */
  private boolean wrap(ByteBuffer data) throws SSLException {
    SSLEngine engine = engine();
    SSLEngineResult result =
        engine.wrap(data, outbound.reserve(Records.WRAP_SPACE, data.remaining()));
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      int space = Math.max(engine.getSession().getPacketBufferSize(), 2 * Records.ENGINE_BUFFER);
      result = engine.wrap(data, outbound.reserve(space));
    }
    outbound.produced(result.bytesProduced());
    return result.getStatus() == Status.OK
        && (result.bytesProduced() > 0 || result.bytesConsumed() > 0);
  }

  /**
   * Brings out what the engine answers by itself, such as a key update.
   *
   * @throws HandshakeException if the peer asks, and does not take the answers
   */
  void answer() throws SSLException {
    long before = outbound.total();
    wrapOwn();
    long made = outbound.total() - before;
    if (made == 0) {
      return;
    }
    unread += made;
    if (unread > limits.unreadAnswers()) {
      throw new HandshakeException(
          ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
          "the peer asks on, such as by key updates, and takes no answer: more than "
              + limits.unreadAnswers()
              + " bytes wait for it");
    }
    outbound.whenAccepted(failure -> unread -= made);
  }

  private void wrapOwn() throws SSLException {
    SSLEngineResult result;
    do {
      result = engine().wrap(NOTHING, outbound.reserve(Records.WRAP_SPACE, 0));
      outbound.produced(result.bytesProduced());
    } while (result.bytesProduced() > 0
        && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    requestFlush();
  }

  /** Ends after everything written before. */
  void end(Transport.Accepted accepted) {
    endWaiters.add(accepted);
    if (!endAsked) {
      endAsked = true;
      if (ssl != null && !held && queue.isEmpty()) {
        driver.endReady();
      }
    }
  }

  /** Makes the close_notify. */
  void closeNotify() {
    if (endLeft) {
      return;
    }
    encryptWaiting();
    if (!driver.isOpen() || endLeft) {
      return;
    }
    endLeft = true;
    try {
      engine().closeOutbound();
      wrapOwn();
    } catch (Throwable thrown) {
      driver.failEngine(thrown);
      return;
    }
    endWaiters.forEach(outbound::whenAccepted);
    endWaiters.clear();
    requestFlush();
  }

  private SSLEngine engine() {
    SSLEngine engine = ssl;
    if (engine == null) {
      throw new IllegalStateException("not secure yet");
    }
    return engine;
  }

  /** Flushes at the end of this turn of the loop, so that small writes leave together. */
  void requestFlush() {
    if (!flushScheduled && !driver.inRead()) {
      flushScheduled = true;
      loop.execute(scheduledFlush);
    }
  }

  private void flushScheduled() {
    flushScheduled = false;
    if (ssl != null) {
      // Else a handshake makes what leaves, and all that was written before has left.
      flush();
    }
  }

  /** Hands everything to the network now. */
  void flush() {
    encryptWaiting();
    if (!outbound.isEmpty()) {
      outbound.drainTo(transport);
      transport.flush();
    }
  }

  /** Nothing more will leave: tells everybody who waits; without an error, that it is closed. */
  void fail(@Nullable TlsException error) {
    small.release();
    List<Transport.Accepted> told = new ArrayList<>(outbound.takeWaiting());
    queue.forEach(queued -> told.add(queued.accepted()));
    told.addAll(endWaiters);
    queue.clear();
    endWaiters.clear();
    endAsked = true;
    if (!told.isEmpty()) {
      TlsException reason = error == null ? EngineDriver.gone() : error;
      told.forEach(accepted -> accepted.done(reason));
    }
  }
}
