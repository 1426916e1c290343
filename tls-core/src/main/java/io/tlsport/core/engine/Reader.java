package io.tlsport.core.engine;

import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderException;
import io.tlsport.core.policy.limit.SilentRecords;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The incoming half of a connection. Decrypts several records at a time into one buffer; while the
 * application does not read, one such buffer is held and then the transport is not read either.
 */
final class Reader {
  /** What cannot be used yet is not read from the transport beyond this. */
  private static final int LATE_LIMIT = 64 * 1024;

  private final EngineDriver driver;
  private final Transport transport;
  private final Buffers buffers;
  private final DriverEvents events;
  final Inbound inbound;
  private final Inbound late;
  private @Nullable SSLEngine ssl;
  private boolean tls13;
  private boolean direct;
  private final Deque<Slab> held = new ArrayDeque<>(1);
  private boolean flowing;
  private boolean decided;
  private boolean running;
  private boolean reading = true;
  private boolean peerEnded;
  private boolean endTold;
  private final ConnectionLimits limits;
  private final SilentRecords silent;
  private boolean transportEnded;
  private @Nullable Throwable failure;
  // Written on the loop only, read anywhere.
  private volatile long plaintext;
  private volatile long ciphertext;

  Reader(
      EngineDriver driver,
      Transport transport,
      Buffers buffers,
      DriverEvents events,
      ConnectionLimits limits) {
    this.driver = driver;
    this.transport = transport;
    this.buffers = buffers;
    this.events = events;
    this.limits = limits;
    this.silent = new SilentRecords(limits.silentRecords());
    this.inbound = new Inbound(buffers);
    this.late = new Inbound(buffers);
  }

  /** Plaintext bytes delivered. */
  long plaintext() {
    return plaintext;
  }

  /** Bytes that came from the transport. */
  long ciphertext() {
    return ciphertext;
  }

  /** True once the peer's close_notify was read. */
  boolean peerEnded() {
    return peerEnded;
  }

  /** True once the application was told of the peer's end. */
  boolean endTold() {
    return endTold;
  }

  /** An end without close_notify is taken as the end. */
  void truncationAccepted() {
    endTold = true;
  }

  /** True once the transport has nothing more. */
  boolean transportEnded() {
    return transportEnded;
  }

  /** True if what was decrypted waits for the application. */
  boolean holdsData() {
    return !held.isEmpty();
  }

  void direct(boolean direct) {
    this.direct = direct;
    inbound.direct(direct);
    late.direct(direct);
  }

  /** Counts bytes as they come. */
  void count(ByteBuffer bytes) {
    long before = ciphertext;
    ciphertext = before + bytes.remaining();
  }

  /**
   * Keeps bytes for a handshake.
   *
   * @param early they cannot be used yet, and only so many are kept: a job has {@link #inbound} at
   *     the moment, or there is no engine yet
   */
  void store(ByteBuffer bytes, boolean early) {
    if (early) {
      late.append(bytes);
      if (late.size() > LATE_LIMIT) {
        read(false);
      }
    } else {
      inbound.append(bytes);
    }
  }

  /** Makes what came meanwhile available. */
  void mergeLate() {
    if (!late.isEmpty()) {
      ByteBuffer view = late.view();
      inbound.append(view);
      late.consumed(view);
      read(true);
    }
  }

  /** Switches reading from the transport. */
  void read(boolean on) {
    if (reading != on) {
      reading = on;
      transport.read(on);
    }
  }

  /** The transport has nothing more; {@link #pump} finds out what that means. */
  void transportEnded(boolean ended) {
    transportEnded = ended;
  }

  /** From now on {@link #received} decrypts. */
  void open(SSLEngine engine, ProtocolVersion version) {
    ssl = engine;
    tls13 = version == ProtocolVersion.TLS_1_3;
  }

  /** From now on nothing is decrypted here: a handshake has the engine. */
  void suspend() {
    ssl = null;
    read(true);
  }

  /** Takes data that came beside a handshake. */
  void came(Slab batch) {
    if (held.isEmpty() && flowing) {
      deliver(batch);
    } else {
      held.add(batch);
    }
  }

  /** Starts or stops the delivery of data. */
  void flowing(boolean on) {
    flowing = on;
    decided = true;
  }

  /** Decrypts what came, from where it lies if possible. */
  void received(ByteBuffer bytes) {
    if (running) {
      late.append(bytes);
    } else if (inbound.isEmpty() && held.isEmpty() && bytes.isDirect() == direct) {
      run(bytes);
      if (driver.isOpen()) {
        inbound.append(bytes);
        settle();
      }
    } else {
      inbound.append(bytes);
      pump();
    }
  }

  /** Goes on with what is there. */
  void pump() {
    if (running || ssl == null) {
      return;
    }
    mergeLate();
    deliverHeld();
    if (driver.isOpen()) {
      ByteBuffer view = inbound.view();
      run(view);
      inbound.consumed(view);
    }
    settle();
  }

  private void run(ByteBuffer source) {
    running = true;
    try {
      decrypt(source);
    } finally {
      running = false;
    }
  }

  private void settle() {
    if (!driver.isOpen()) {
      return;
    }
    if (!late.isEmpty()) {
      pump();
      return;
    }
    Throwable thrown = failure;
    if (thrown != null && held.isEmpty()) {
      driver.failEngine(thrown);
    } else if (peerEnded && held.isEmpty() && !endTold) {
      endTold = true;
      // Some transports close altogether once they have read their end, and ours may go on.
      read(false);
      driver.peerEnded();
    } else if (thrown == null && !peerEnded && held.isEmpty() && beginsHandshake(inbound.view())) {
      driver.peerRenegotiates();
    } else if (transportEnded && held.isEmpty() && !waits()) {
      driver.transportEndReached();
    } else {
      read(held.isEmpty() && !peerEnded && !transportEnded && !waits());
    }
  }

  /** A complete record is there that may not be decrypted now. */
  private boolean waits() {
    return failure == null && !peerEnded && Records.complete(inbound.view()) > 0;
  }

  private void decrypt(ByteBuffer source) {
    while (failure == null && held.isEmpty() && !peerEnded && driver.isOpen()) {
      int size = nextRecord(source);
      if (size == 0 || (cutsOff(source, size) && holdsBack())) {
        return;
      }
      int capacity =
          source.remaining() > Records.MAX_RECORD ? Buffers.LARGE : Records.ENGINE_BUFFER;
      driver.encryptWaiting();
      if (!driver.isOpen()) {
        return;
      }
      Slab batch = buffers.brief(capacity, direct);
      ByteBuffer plain = batch.bytes().clear();
      try {
        fill(source, plain);
      } catch (Throwable thrown) {
        failure = thrown;
      }
      hand(batch, plain.flip());
    }
  }

  private int nextRecord(ByteBuffer source) {
    try {
      return readable(source);
    } catch (HandshakeException noRecord) {
      failure = noRecord;
      return 0;
    }
  }

  /** Size of the record that is to be decrypted next; 0 while it is incomplete. */
  private int readable(ByteBuffer source) throws HandshakeException {
    int size = Records.complete(source);
    return beginsHandshake(source) ? 0 : size;
  }

  /**
   * After a handshake of TLS 1.2 a record of that kind begins another one, which some engines would
   * go through by themselves, uncounted and without a verdict.
   */
  private boolean beginsHandshake(ByteBuffer source) {
    return !tls13
        && Records.complete(source) > 0
        && source.get(source.position()) == Records.HANDSHAKE;
  }

  /**
   * The application has paused: it may be about to answer what it got. An engine that cannot write
   * after the peer's end would cut that off.
   */
  private boolean holdsBack() {
    return decided && !flowing && !transportEnded;
  }

  /** This record may be a close_notify: in TLS 1.3 only its size can tell. */
  private boolean cutsOff(ByteBuffer source, int size) {
    return source.get(source.position()) == Records.ALERT
        || (tls13 && size <= Records.ALERT_LIMIT_13);
  }

  private void fill(ByteBuffer source, ByteBuffer plain) throws SSLException {
    SSLEngine engine = ssl;
    if (engine == null) {
      throw new IllegalStateException("not secure yet");
    }
    while (plain.remaining() >= Records.WRAP_SPACE) {
      int size = readable(source);
      // What was decrypted before is delivered first: the answer to it must get out.
      if (size == 0 || (plain.position() > 0 && cutsOff(source, size))) {
        return;
      }
      SSLEngineResult result = engine.unwrap(source, plain);
      if (!goesOn(engine, result)) {
        return;
      }
    }
  }

  private boolean goesOn(SSLEngine engine, SSLEngineResult result) throws SSLException {
    boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    if (result.getStatus() == Status.CLOSED && (!moved || engine.isInboundDone())) {
      peerEnded = true;
      return false;
    }
    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE, "the engine begins a handshake in a record of data");
    }
    if (moved && !silent.came(result.bytesProduced())) {
      throw new HandshakeException(
          ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
          "the peer sent more than "
              + limits.silentRecords()
              + " records in a row that carry no data, such as key updates");
    }
    if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !driver.endMade()) {
      driver.answer();
    }
    if (!moved) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE,
          "the engine leaves a complete record unread: " + result.getStatus());
    }
    return true;
  }

  private void hand(Slab batch, ByteBuffer plain) {
    if (!plain.hasRemaining()) {
      batch.release();
    } else if (flowing) {
      deliver(batch);
    } else {
      held.add(batch);
    }
  }

  /** Delivers what waits for the application, as long as it reads. */
  void deliverHeld() {
    for (Slab batch = held.peek(); batch != null && flowing; batch = held.peek()) {
      held.remove();
      running = true;
      try {
        deliver(batch);
      } finally {
        running = false;
      }
    }
  }

  private void deliver(Slab batch) {
    long before = plaintext;
    plaintext = before + batch.bytes().remaining();
    try {
      events.data(batch.shown());
    } finally {
      batch.release();
    }
  }

  /** Frees all memory. */
  void release() {
    inbound.release();
    late.release();
    held.forEach(Slab::release);
    held.clear();
  }
}
