package io.tlsport.provider.conscrypt;

import io.tlsport.ProtocolVersion;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A client that tells when it has got a ticket of TLS 1.3, which Conscrypt itself does not: then a
 * record after the handshake brings no data.
 */
final class TicketWatch extends WholeFlights {
  /** A record with a key update has 27 bytes (RFC 8446 section 4.6.3), one with a ticket has 40. */
  private static final int SMALLEST = 40;

  private final SSLEngine engine;
  private final Runnable ticket;
  private boolean finished;

  /**
   * A client.
   *
   * @param ticket told of every record with tickets
   */
  TicketWatch(SSLEngine engine, Runnable ticket) {
    super(engine);
    this.engine = engine;
    this.ticket = ticket;
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer out)
      throws SSLException {
    return stepped(super.wrap(from, offset, length, out));
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] out, int offset, int length)
      throws SSLException {
    boolean after = finished;
    SSLEngineResult result = stepped(super.unwrap(from, out, offset, length));
    // Once it has ended BoringSSL passes tickets over.
    if (after
        && result.bytesConsumed() >= SMALLEST
        && result.bytesProduced() == 0
        && !engine.isOutboundDone()) {
      tell();
    }
    return result;
  }

  private SSLEngineResult stepped(SSLEngineResult result) {
    HandshakeStatus status = result.getHandshakeStatus();
    finished = status == HandshakeStatus.FINISHED || status == HandshakeStatus.NOT_HANDSHAKING;
    return result;
  }

  private void tell() {
    if (engine.getSession().getProtocol().equals(ProtocolVersion.TLS_1_3.id())) {
      ticket.run();
    }
  }
}
