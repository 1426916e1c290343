package io.tlsport.provider.bcjsse;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.spi.Negotiated;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.tls.RecordPreview;
import org.bouncycastle.tls.TlsProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's low-level TLS as an {@link SSLEngine}. What it does was decided when it was made;
 * the setters refuse.
 */
final class BctlsSslEngine extends SSLEngine {
  private static final int HEADER = 5;
  private static final int LENGTH = 3;

  private final BctlsProtocol protocol;
  private final TlsProtocol tls;
  private final BctlsHandshake handshake;
  private final boolean client;
  private boolean begun;
  private boolean asked;
  private boolean inboundDone;
  private boolean outboundDone;

  BctlsSslEngine(BctlsProtocol protocol, BctlsHandshake handshake, boolean client) {
    this.protocol = protocol;
    this.tls = protocol.tls();
    this.handshake = handshake;
    this.client = client;
  }

  // --- handshake

  @Override
  public void beginHandshake() throws SSLException {
    if (!begun) {
      begun = true;
      guarded(protocol::begin);
    }
  }

  /** Begins a later handshake; a server waits for its client's hello then. */
  void beginAgain() throws SSLException {
    if (!protocol.renegotiatesSecurely()) {
      throw new HandshakeException(
          ErrorCode.ERR_TLS_RENEGOTIATION_FAILED,
          "the peer has no secure renegotiation (RFC 5746), and no other is used");
    }
    asked = !client;
    guarded(protocol::beginAgain);
  }

  /** The peer's next handshake is to be gone through. */
  void takeUpNext() {
    protocol.takeUpNext();
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    if (!begun) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (tls.getAvailableOutputBytes() > 0) {
      return HandshakeStatus.NEED_WRAP;
    }
    return asked || tls.isHandshaking()
        ? HandshakeStatus.NEED_UNWRAP
        : HandshakeStatus.NOT_HANDSHAKING;
  }

  private SSLEngineResult result(Status status, int consumed, int produced) {
    HandshakeStatus next = getHandshakeStatus();
    if (next == HandshakeStatus.NOT_HANDSHAKING && handshake.takeFinished()) {
      next = HandshakeStatus.FINISHED;
    }
    return new SSLEngineResult(status, next, consumed, produced);
  }

  /** Everything happens in wrap and unwrap. */
  @Override
  public @Nullable Runnable getDelegatedTask() {
    return null;
  }

  // --- out

  @Override
  public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
      throws SSLException {
    if (!begun && !outboundDone) {
      beginHandshake();
    }
    int start = target.position();
    int waiting = tls.getAvailableOutputBytes();
    if (waiting > 0) {
      drain(target);
      return target.position() == start
          ? result(Status.BUFFER_OVERFLOW, 0, 0)
          : result(closedOr(Status.OK), 0, target.position() - start);
    }
    if (outboundDone || tls.isClosed()) {
      return result(Status.CLOSED, 0, 0);
    }
    if (!tls.isConnected() || tls.isHandshaking()) {
      return result(Status.OK, 0, 0);
    }
    return encrypt(sources, offset, length, target, start);
  }

  private Status closedOr(Status status) {
    return outboundDone && tls.getAvailableOutputBytes() == 0 ? Status.CLOSED : status;
  }

  /** As many whole records as the target has space for. */
  private void drain(ByteBuffer target) {
    for (int size = tls.previewOutputRecord();
        size > 0 && size <= target.remaining();
        size = tls.previewOutputRecord()) {
      tls.readOutput(target, size);
    }
  }

  private SSLEngineResult encrypt(
      ByteBuffer[] sources, int offset, int length, ByteBuffer target, int start)
      throws SSLException {
    int limit = tls.getApplicationDataLimit();
    int size = 0;
    for (int i = offset; i < offset + length && size < limit; i++) {
      size = Math.min(limit, size + sources[i].remaining());
    }
    if (size == 0) {
      return result(Status.OK, 0, 0);
    }
    int wanted = size;
    int space = preview(() -> tls.previewOutputRecord(wanted)).getRecordSize();
    if (space > target.remaining()) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    ByteBuffer first = sources[offset];
    if (first.hasArray() && first.remaining() >= size) {
      guarded(
          () ->
              tls.writeApplicationData(
                  first.array(), first.arrayOffset() + first.position(), wanted));
      first.position(first.position() + size);
    } else {
      byte[] data = gather(sources, offset, length, size);
      guarded(() -> tls.writeApplicationData(data, 0, wanted));
    }
    tls.readOutput(target, tls.getAvailableOutputBytes());
    return result(Status.OK, size, target.position() - start);
  }

  private static byte[] gather(ByteBuffer[] sources, int offset, int length, int size) {
    byte[] data = new byte[size];
    int filled = 0;
    for (int i = offset; i < offset + length && filled < size; i++) {
      int part = Math.min(size - filled, sources[i].remaining());
      sources[i].get(data, filled, part);
      filled += part;
    }
    return data;
  }

  // --- in

  @Override
  public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
      throws SSLException {
    if (!begun) {
      beginHandshake();
    }
    if (inboundDone || tls.isClosed()) {
      return result(Status.CLOSED, 0, 0);
    }
    if (source.remaining() < HEADER) {
      return result(Status.BUFFER_UNDERFLOW, 0, 0);
    }
    byte[] header = new byte[HEADER];
    source.get(source.position(), header);
    int plain = preview(() -> tls.previewInputRecord(header)).getContentLimit();
    int size = HEADER + (source.getShort(source.position() + LENGTH) & 0xFFFF);
    if (source.remaining() < size) {
      return result(Status.BUFFER_UNDERFLOW, 0, 0);
    }
    if (plain > space(targets, offset, length)) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    read(source, size);
    asked &= !tls.isHandshaking();
    int produced = deliver(targets, offset, length);
    inboundDone = protocol.peerClosed();
    return result(inboundDone ? Status.CLOSED : Status.OK, size, produced);
  }

  private void read(ByteBuffer source, int size) throws SSLException {
    int position = source.position();
    source.position(position + size);
    if (source.hasArray()) {
      guarded(() -> tls.offerInput(source.array(), source.arrayOffset() + position, size));
    } else {
      byte[] record = new byte[size];
      source.get(position, record);
      guarded(() -> tls.offerInput(record));
    }
  }

  private static long space(ByteBuffer[] targets, int offset, int length) {
    long space = 0;
    for (int i = offset; i < offset + length; i++) {
      space += targets[i].remaining();
    }
    return space;
  }

  private int deliver(ByteBuffer[] targets, int offset, int length) {
    int produced = 0;
    for (int i = offset; i < offset + length; i++) {
      produced += tls.readInput(targets[i], targets[i].remaining());
    }
    return produced;
  }

  // --- ends

  @Override
  public void closeOutbound() {
    if (outboundDone) {
      return;
    }
    outboundDone = true;
    if (begun && !tls.isClosed()) {
      try {
        protocol.closeNotify();
      } catch (IOException cannotBeSaid) {
        // The record could not be made: then there is nothing to send.
        inboundDone = true;
      }
    }
  }

  @Override
  public boolean isOutboundDone() {
    return (outboundDone || tls.isClosed()) && tls.getAvailableOutputBytes() == 0;
  }

  @Override
  public void closeInbound() throws SSLException {
    boolean cut = !inboundDone && tls.isConnected();
    inboundDone = true;
    if (cut) {
      throw new SSLException("the transport ended without close_notify");
    }
  }

  @Override
  public boolean isInboundDone() {
    return inboundDone || tls.isClosed();
  }

  private interface Step {
    void run() throws IOException;
  }

  private interface Sized {
    RecordPreview preview() throws IOException;
  }

  private RecordPreview preview(Sized call) throws SSLException {
    RecordPreview[] seen = new RecordPreview[1];
    guarded(() -> seen[0] = call.preview());
    return seen[0];
  }

  /** An alert for whatever goes wrong, errors of a FIPS module included. */
  private void guarded(Step step) throws SSLException {
    try {
      step.run();
    } catch (IOException failed) {
      throw new SSLException(failed.getMessage(), failed);
    } catch (VirtualMachineError machine) {
      throw machine;
    } catch (RuntimeException | Error thrown) {
      try {
        protocol.fail(thrown);
      } catch (IOException noAlert) {
        thrown.addSuppressed(noAlert);
      }
      throw new SSLException("the engine failed: " + thrown, thrown);
    }
  }

  // --- what was negotiated

  @Override
  public SSLSession getSession() {
    return new BctlsSslSession(handshake.negotiated());
  }

  @Override
  public @Nullable String getApplicationProtocol() {
    Negotiated done = handshake.negotiated();
    return done == null ? null : done.alpn().orElse("");
  }

  // --- settings

  @Override
  public boolean getUseClientMode() {
    return client;
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return getEnabledCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return handshake.spec().suites().toArray(new String[0]);
  }

  @Override
  public String[] getSupportedProtocols() {
    return getEnabledProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return handshake.spec().versions().stream()
        .map(io.tlsport.ProtocolVersion::id)
        .toArray(String[]::new);
  }

  @Override
  public boolean getNeedClientAuth() {
    return false;
  }

  @Override
  public boolean getWantClientAuth() {
    return handshake.spec().clientAuth() != io.tlsport.ClientAuth.NONE;
  }

  @Override
  public boolean getEnableSessionCreation() {
    return true;
  }

  private static UnsupportedOperationException fixed() {
    return new UnsupportedOperationException("an engine of bctls is set up when it is made");
  }

  @Override
  public void setUseClientMode(boolean mode) {
    if (mode != client) {
      throw fixed();
    }
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    throw fixed();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    throw fixed();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    throw fixed();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    throw fixed();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    throw fixed();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLEngine, java.util.List<String>, String> selector) {
    throw fixed();
  }
}
