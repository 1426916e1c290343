package io.tlsport.core.policy.limit;

import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import java.nio.ByteBuffer;

/**
 * Bounds what the peer sends in one handshake, by the outside of its records (RFC 8446 section
 * 5.1): their bytes, and how many in a row bring the handshake no further. Engines differ: some
 * swallow any number of warnings. Used by one thread at a time.
 */
public final class HandshakeRecords {
  private static final int HEADER = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int HELLO_REQUEST = 4;

  private final ConnectionLimits limits;
  private final boolean again;
  private long bytes;
  private int inARow;

  /**
   * Nothing came yet.
   *
   * @param again on a connection that is open: records of data come between
   */
  public HandshakeRecords(ConnectionLimits limits, boolean again) {
    this.limits = limits;
    this.again = again;
  }

  /**
   * Counts a complete record, which is left as it is.
   *
   * @throws HandshakeException if it is one too many
   */
  public void came(ByteBuffer record) {
    int type = record.get(record.position());
    if (again && type == APPLICATION_DATA) {
      return;
    }
    bytes += record.remaining();
    if (bytes > limits.handshakeBytes()) {
      throw new HandshakeException(
          ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE,
          "the peer sent more than " + limits.handshakeBytes() + " bytes in one handshake");
    }
    inARow = bringsNothing(type, record) ? inARow + 1 : 0;
    if (inARow > limits.silentRecords()) {
      throw new HandshakeException(
          ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
          "the peer sent more than "
              + limits.silentRecords()
              + " records in a row that bring the handshake no further, such as warnings");
    }
  }

  private boolean bringsNothing(int type, ByteBuffer record) {
    return type == ALERT
        || type == CHANGE_CIPHER_SPEC
        || record.remaining() == HEADER
        || (type == HANDSHAKE && !again && asksForHello(record));
  }

  /**
   * HelloRequests and nothing else (RFC 5246 section 7.4.1.1): in a handshake they mean nothing.
   */
  private static boolean asksForHello(ByteBuffer record) {
    if ((record.remaining() - HEADER) % HELLO_REQUEST != 0) {
      return false;
    }
    for (int at = record.position() + HEADER; at < record.limit(); at++) {
      if (record.get(at) != 0) {
        return false;
      }
    }
    return true;
  }
}
