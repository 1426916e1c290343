package io.tlsport.provider.conscrypt;

import io.tlsport.spi.jsse.ForwardingEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * An engine whose flights leave as a whole. Conscrypt buffers so much of one, and after that is
 * taken out it asks for the peer's answer, though BoringSSL waits to write on: with a large
 * certificate, status or list of authorities both sides would wait for ever.
 */
class WholeFlights extends ForwardingEngine {
  /** What Conscrypt's buffer between BoringSSL and itself holds. */
  private static final int BUFFER = 17 * 1024;

  private int flight;
  private boolean more;

  /** Around that engine. */
  WholeFlights(SSLEngine engine) {
    super(engine);
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer out)
      throws SSLException {
    SSLEngineResult result = super.wrap(from, offset, length, out);
    HandshakeStatus status = result.getHandshakeStatus();
    more = false;
    if (status == HandshakeStatus.FINISHED || status == HandshakeStatus.NOT_HANDSHAKING) {
      flight = 0;
      return result;
    }
    flight += result.bytesProduced();
    // A further one makes BoringSSL go on; if there is nothing, it produces nothing.
    more = status == HandshakeStatus.NEED_UNWRAP && result.bytesProduced() > 0 && flight >= BUFFER;
    return more
        ? new SSLEngineResult(
            result.getStatus(),
            HandshakeStatus.NEED_WRAP,
            result.bytesConsumed(),
            result.bytesProduced())
        : result;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] out, int offset, int length)
      throws SSLException {
    flight = 0;
    return super.unwrap(from, out, offset, length);
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return more ? HandshakeStatus.NEED_WRAP : super.getHandshakeStatus();
  }
}
