package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import java.nio.ByteBuffer;

/** Reads the outside of TLS records (RFC 8446 section 5.1). */
final class Records {
  static final int HEADER = 5;
  static final int MAX_PLAINTEXT = 16384;

  /** The largest record of any version: plaintext, expansion of TLS 1.2, header. */
  static final int MAX_RECORD = MAX_PLAINTEXT + 2048 + HEADER;

  /** More than any engine asks for as the target of one wrap or unwrap. */
  static final int ENGINE_BUFFER = 18_500;

  /** What engines ask to be free in the target of a wrap, whatever they then put there. */
  static final int WRAP_SPACE = 16_709;

  static final int ALERT = 21;
  static final int HANDSHAKE = 22;

  /**
   * A record of TLS 1.3 that holds an alert is not longer: header, alert, type, tag and the 16
   * bytes of padding that SunJSSE adds to every record.
   */
  static final int ALERT_LIMIT_13 = HEADER + 2 + 1 + 16 + 16;

  private Records() {}

  /**
   * Length of the record at the buffer's position, header included; 0 while it is incomplete.
   *
   * @throws HandshakeException if this is no TLS record
   */
  static int complete(ByteBuffer in) {
    int available = in.remaining();
    if (available < HEADER) {
      if (available > 0) {
        checkType(in);
      }
      return 0;
    }
    int length = length(in);
    return available < length ? 0 : length;
  }

  /** Length that the header at the buffer's position announces, header included. */
  static int length(ByteBuffer in) {
    int at = in.position();
    checkType(in);
    int length = (in.get(at + 3) & 0xff) << 8 | (in.get(at + 4) & 0xff);
    if (in.get(at + 1) != 3 || length > MAX_PLAINTEXT + 2048) {
      throw notTls();
    }
    return length + HEADER;
  }

  private static void checkType(ByteBuffer in) {
    int type = in.get(in.position());
    if (type < 20 || type > 24) {
      throw notTls();
    }
  }

  private static HandshakeException notTls() {
    return new HandshakeException(
        ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER, "the peer sent something that is not TLS");
  }

  /** A fatal alert in the clear, for the time before any key. */
  static void putAlert(ByteBuffer out, int description) {
    out.put((byte) ALERT).put((byte) 3).put((byte) 3).put((byte) 0).put((byte) 2);
    out.put((byte) 2).put((byte) description);
  }
}
