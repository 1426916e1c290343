package io.tlsport.provider.conscrypt;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads a session as Conscrypt writes it: a type, the length of BoringSSL's {@code SSL_SESSION} in
 * DER, this, and what Conscrypt keeps beside it.
 */
final class SessionDer {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;

  /** The field {@code ticket [10] OCTET STRING OPTIONAL}. */
  private static final int TICKET = 0xAA;

  private static final int LONG_FORM = 0x80;
  private static final int LONGEST_LENGTH = 3;

  private SessionDer() {}

  /** The server's ticket in it; empty if it has none, or is no such session. */
  static Optional<byte[]> ticket(byte[] session) {
    try {
      ByteBuffer in = ByteBuffer.wrap(session);
      in.getInt();
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        return Optional.empty();
      }
      return ticketOf(value(in.slice(in.position(), length), SEQUENCE));
    } catch (BufferUnderflowException damaged) {
      return Optional.empty();
    }
  }

  /**
   * The secret of BoringSSL's session itself, without what Conscrypt writes around it: behind two
   * versions, the suite and the identifier. Empty if it is no such session.
   */
  static Optional<byte[]> secret(byte[] der) {
    try {
      ByteBuffer fields = value(ByteBuffer.wrap(der), SEQUENCE);
      value(fields, INTEGER);
      value(fields, INTEGER);
      value(fields, OCTET_STRING);
      value(fields, OCTET_STRING);
      ByteBuffer string = value(fields, OCTET_STRING);
      byte[] secret = new byte[string.remaining()];
      string.get(secret);
      return Optional.of(secret);
    } catch (BufferUnderflowException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> ticketOf(ByteBuffer fields) {
    while (fields.hasRemaining()) {
      int tag = fields.get() & 0xFF;
      ByteBuffer content = content(fields);
      if (tag == TICKET) {
        ByteBuffer string = value(content, OCTET_STRING);
        byte[] ticket = new byte[string.remaining()];
        string.get(ticket);
        return Optional.of(ticket);
      }
    }
    return Optional.empty();
  }

  private static ByteBuffer value(ByteBuffer in, int tag) {
    if ((in.get() & 0xFF) != tag) {
      throw new BufferUnderflowException();
    }
    return content(in);
  }

  private static ByteBuffer content(ByteBuffer in) {
    int length = in.get() & 0xFF;
    if (length >= LONG_FORM) {
      int bytes = length - LONG_FORM;
      if (bytes > LONGEST_LENGTH) {
        throw new BufferUnderflowException();
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (in.get() & 0xFF);
      }
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }
}
