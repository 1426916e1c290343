package io.tlsport.spi.jsse;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.EngineEvents;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * An engine of TLS 1.2 or older whose first handshake is told to a key log: the client's random is
 * read from its hello, which passes in the clear, and the master secret from the engine. What a
 * renegotiation agrees on is not told: its hello is encrypted.
 */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
public final class KeyLogEngine extends ForwardingEngine {
  private static final int HANDSHAKE = 22;
  private static final int RECORD_HEADER = 5;

  /** Type and length of the message, and the version. */
  private static final int BEFORE_RANDOM = 6;

  private static final int RANDOM = 32;

  private final Supplier<byte[]> masterSecret;
  private final EngineEvents events;
  private final ByteArrayOutputStream hello = new ByteArrayOutputStream();
  private boolean done;

  /**
   * Watches an engine.
   *
   * @param masterSecret asked once, when the handshake is done
   * @param events told the line
   */
  public KeyLogEngine(SSLEngine engine, Supplier<byte[]> masterSecret, EngineEvents events) {
    super(engine);
    this.masterSecret = masterSecret;
    this.events = events;
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer out)
      throws SSLException {
    ByteBuffer made = out.duplicate();
    SSLEngineResult result = super.wrap(from, offset, length, out);
    if (getUseClientMode()) {
      look(made.limit(made.position() + result.bytesProduced()));
    }
    tell(result);
    return result;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] out, int offset, int length)
      throws SSLException {
    ByteBuffer came = from.duplicate();
    SSLEngineResult result = super.unwrap(from, out, offset, length);
    if (!getUseClientMode()) {
      look(came.limit(came.position() + result.bytesConsumed()));
    }
    tell(result);
    return result;
  }

  /** The first bytes of the first message, which may come in several records. */
  private void look(ByteBuffer records) {
    while (!done && !isKnown() && records.remaining() > RECORD_HEADER) {
      int type = records.get();
      records.position(records.position() + 2);
      int length = Math.min(records.getShort() & 0xFFFF, records.remaining());
      if (type == HANDSHAKE) {
        byte[] part = new byte[length];
        records.get(part);
        hello.writeBytes(part);
      } else {
        records.position(records.position() + length);
      }
    }
  }

  private boolean isKnown() {
    return hello.size() >= BEFORE_RANDOM + RANDOM;
  }

  private void tell(SSLEngineResult result) {
    boolean finished =
        result.getHandshakeStatus() == HandshakeStatus.FINISHED
            || result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    if (done || !isKnown() || !finished) {
      return;
    }
    String version = getSession().getProtocol();
    if (ProtocolVersion.byId(version).filter(id -> id != ProtocolVersion.TLS_1_3).isPresent()) {
      done = true;
      HexFormat hex = HexFormat.of();
      byte[] random =
          Arrays.copyOfRange(hello.toByteArray(), BEFORE_RANDOM, BEFORE_RANDOM + RANDOM);
      events.keyLog(
          "CLIENT_RANDOM " + hex.formatHex(random) + " " + hex.formatHex(masterSecret.get()));
    }
  }
}
