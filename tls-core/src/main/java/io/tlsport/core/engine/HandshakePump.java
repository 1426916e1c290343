package io.tlsport.core.engine;

import io.tlsport.ConnectionLimits;
import io.tlsport.EphemeralKeyInfo;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.ProviderException;
import io.tlsport.core.policy.hello.ServerFlightReader;
import io.tlsport.core.policy.limit.HandshakeRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a handshake, the first or a later one, as far as its input allows: tasks, records out,
 * records in. Runs on one thread at a time, which need not be the loop, and takes no decision.
 */
final class HandshakePump {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private static final int HANDSHAKE_FAILURE = 40;

  private static final int INSUFFICIENT_SECURITY = 71;
  private static final int UNEXPECTED_MESSAGE = 10;

  /** An engine that answers an exception with more than these many wraps does not stop. */
  private static final int LAST_WRAPS = 4;

  /** What the application can be given at a time beside a handshake, in bytes. */
  private static final int MOST_DATA = 64 * 1024;

  private final SSLEngine ssl;
  private final Begin begin;
  private final boolean again;
  private final Inbound in;
  private final Outbound out;
  private final Buffers buffers;
  private final boolean direct;
  private final HandshakeRecords records;
  private final @Nullable ServerFlightReader server;
  private final int minDhSize;
  private final Consumer<byte[]> ticket;
  private final List<Slab> data = new ArrayList<>();
  private int dataSize;
  private boolean ticketTold;
  private boolean begun;
  private boolean wrapped;

  private HandshakePump(
      EngineStart start,
      Begin begin,
      boolean again,
      Inbound in,
      Outbound out,
      Buffers buffers,
      ConnectionLimits limits) {
    this.ssl = start.engine().ssl();
    this.begin = begin;
    this.again = again;
    this.in = in;
    this.out = out;
    this.buffers = buffers;
    this.direct = start.directBuffers();
    this.records = new HandshakeRecords(limits, again);
    this.server = ssl.getUseClientMode() && !again ? new ServerFlightReader() : null;
    this.minDhSize = start.minDhSize();
    this.ticket = start.ticket();
  }

  /** Makes an engine begin a handshake. */
  @FunctionalInterface
  interface Begin {
    void run() throws SSLException;
  }

  /** The first handshake of a connection. */
  static HandshakePump first(
      EngineStart start, Inbound in, Outbound out, Buffers buffers, ConnectionLimits limits) {
    return new HandshakePump(
        start, start.engine().ssl()::beginHandshake, false, in, out, buffers, limits);
  }

  /** A later one, beside which the peer may still send data, and of which all is encrypted. */
  static HandshakePump again(
      EngineStart start,
      Begin begin,
      Inbound in,
      Outbound out,
      Buffers buffers,
      ConnectionLimits limits) {
    return new HandshakePump(start, begin, true, in, out, buffers, limits);
  }

  /** Where a run has stopped. */
  enum Stop {
    /** The next record is not complete, or there is as much data as may be kept. */
    NEEDS_INPUT,
    /** The engine takes no part in a later handshake, and has told the peer. */
    REFUSED,
    /** The handshake is done. */
    FINISHED,
    /** The peer has ended it with close_notify. */
    CLOSED
  }

  /** Goes on until one of the stops. */
  Stop run() throws SSLException {
    if (!begun) {
      begun = true;
      begin.run();
    }
    Slab scratch = buffers.brief(Records.ENGINE_BUFFER, direct);
    try {
      return run(scratch.bytes());
    } finally {
      scratch.release();
    }
  }

  private Stop run(ByteBuffer scratch) throws SSLException {
    while (true) {
      SSLEngineResult result;
      switch (ssl.getHandshakeStatus()) {
        case NEED_TASK -> {
          runTasks();
          continue;
        }
        case NEED_WRAP -> result = wrap();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!hasInput()) {
            return Stop.NEEDS_INPUT;
          }
          result = unwrap(scratch);
        }
        default -> {
          if (!again) {
            return Stop.FINISHED;
          }
          if (wrapped) {
            return Stop.REFUSED;
          }
          // The peer has begun, and the engine has not seen enough of that to know.
          if (!hasInput()) {
            return Stop.NEEDS_INPUT;
          }
          result = unwrap(scratch);
        }
      }
      if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
        return Stop.FINISHED;
      }
      if (result.getStatus() == Status.CLOSED) {
        return Stop.CLOSED;
      }
    }
  }

  private boolean hasInput() {
    return dataSize < MOST_DATA && Records.complete(in.view()) > 0;
  }

  private void runTasks() {
    for (Runnable task = ssl.getDelegatedTask(); task != null; task = ssl.getDelegatedTask()) {
      task.run();
    }
  }

  private SSLEngineResult wrap() throws SSLException {
    ByteBuffer target = out.reserve(Records.WRAP_SPACE, 0);
    SSLEngineResult result = ssl.wrap(NOTHING, target);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      target = out.reserve(Math.max(ssl.getSession().getPacketBufferSize(), 2 * target.capacity()));
      result = ssl.wrap(NOTHING, target);
    }
    out.produced(result.bytesProduced());
    wrapped |= result.bytesProduced() > 0;
    if (result.bytesProduced() == 0
        && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
        && result.getStatus() == Status.OK) {
      throw stuck("wrap");
    }
    return result;
  }

  private SSLEngineResult unwrap(ByteBuffer scratch) throws SSLException {
    ByteBuffer view = in.view();
    count(view);
    watchServer(view);
    scratch.clear();
    int before = view.remaining();
    SSLEngineResult result;
    try {
      result = ssl.unwrap(view, scratch);
    } finally {
      in.consumed(view);
    }
    if (result.bytesProduced() > 0) {
      keep(scratch.flip());
    }
    boolean moved = view.remaining() < before;
    boolean waits = ssl.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP;
    if (!moved && (waits || (again && result.getStatus() != Status.CLOSED))) {
      throw stuck("unwrap");
    }
    return result;
  }

  private void count(ByteBuffer view) throws HandshakeException {
    try {
      records.came(view.slice(view.position(), Records.complete(view)));
    } catch (HandshakeException tooMuch) {
      if (!again) {
        Records.putAlert(out.reserve(Records.HEADER + 2), UNEXPECTED_MESSAGE);
        out.produced(Records.HEADER + 2);
      }
      throw tooMuch;
    }
  }

  private void keep(ByteBuffer plain) {
    if (!again) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE, "the engine gave application data before its handshake");
    }
    Slab slab = buffers.take(plain.remaining(), direct);
    dataSize += plain.remaining();
    slab.bytes().clear().put(plain).flip();
    data.add(slab);
  }

  /** The application data that came beside the handshake, in order; it is the caller's then. */
  List<Slab> takeData() {
    List<Slab> taken = List.copyOf(data);
    data.clear();
    dataSize = 0;
    return taken;
  }

  /** Before the engine sees it, so that a client that refuses has not answered yet. */
  private void watchServer(ByteBuffer view) throws HandshakeException {
    ServerFlightReader reader = server;
    if (reader == null) {
      return;
    }
    reader.record(view.slice(view.position(), Records.complete(view)));
    if (reader.insecure()) {
      throw refused(
          HANDSHAKE_FAILURE,
          ErrorCode.ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED,
          "the server does not know secure renegotiation (RFC 5746): what it reads could begin with"
              + " somebody else's words; update it");
    }
    if (!ticketTold && reader.ticket().isPresent()) {
      ticketTold = true;
      ticket.accept(reader.ticket().get());
    }
    Optional<EphemeralKeyInfo> key = reader.key();
    if (key.filter(found -> found.type() == EphemeralKeyInfo.Type.DH && found.size() < minDhSize)
        .isPresent()) {
      throw refused(
          INSUFFICIENT_SECURITY,
          ErrorCode.ERR_TLS_DH_PARAM_SIZE,
          "the server's Diffie-Hellman parameters have "
              + key.get().size()
              + " bits, and minDHSize asks for "
              + minDhSize);
    }
  }

  private HandshakeException refused(int alert, ErrorCode code, String message) {
    Records.putAlert(out.reserve(Records.HEADER + 2), alert);
    out.produced(Records.HEADER + 2);
    return new HandshakeException(code, message);
  }

  /** The server's key for this connection; empty on servers. */
  Optional<EphemeralKeyInfo> ephemeralKey() {
    ServerFlightReader reader = server;
    return reader == null ? Optional.empty() : reader.key();
  }

  private static ProviderException stuck(String call) {
    return new ProviderException(
        ErrorCode.ERR_PROVIDER_FAILURE, "the engine asks for " + call + " and does nothing in it");
  }

  /**
   * After a failure: brings out the alert that the engine still holds, if any. One that was left by
   * an {@link Error}, as a FIPS module throws it, does not know that it has failed, and would go
   * on: it is told to end.
   */
  void wrapAlert(Throwable failure) {
    if (failure instanceof Error) {
      try {
        ssl.closeOutbound();
      } catch (RuntimeException | Error again) {
        failure.addSuppressed(again);
        return;
      }
    }
    for (int i = 0; i < LAST_WRAPS; i++) {
      try {
        SSLEngineResult result = ssl.wrap(NOTHING, out.reserve(Records.WRAP_SPACE));
        out.produced(result.bytesProduced());
        if (result.getStatus() == Status.CLOSED
            || result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
          return;
        }
      } catch (Error again) {
        failure.addSuppressed(again);
        return;
      } catch (SSLException | RuntimeException deferred) {
        // Some engines throw the same failure again before they give the alert: ask once more.
      }
    }
  }
}
