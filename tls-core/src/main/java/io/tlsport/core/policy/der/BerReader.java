package io.tlsport.core.policy.der;

import java.io.ByteArrayOutputStream;

/**
 * BER to DER, as far as files need it that were written as streams: indefinite lengths, and OCTET
 * STRINGs in pieces. Total. What is DER already stays as it is.
 */
public final class BerReader {
  private static final int MOST_DEEP = 32;
  private static final int CONSTRUCTED = 0x20;
  private static final int OCTETS_IN_PIECES = CONSTRUCTED | DerReader.OCTET_STRING;
  private static final int INDEFINITE = 0x80;

  private final byte[] bytes;
  private int at;

  private BerReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The first value, in DER; what comes after it is left out.
   *
   * @throws DerException if it is damaged
   */
  public static byte[] toDer(byte[] ber) throws DerException {
    return new BerReader(ber).value(ber.length, 0);
  }

  private byte[] value(int end, int depth) throws DerException {
    if (depth > MOST_DEEP) {
      throw new DerException("values are nested too deep");
    }
    int tag = octet(end);
    if ((tag & 0x1f) == 0x1f) {
      throw new DerException("a tag has more than one byte");
    }
    int first = octet(end);
    boolean constructed = (tag & CONSTRUCTED) != 0;
    if (first == INDEFINITE) {
      if (!constructed) {
        throw new DerException("a length is indefinite where it must not be");
      }
      return joined(tag, parts(tag, end, true, depth));
    }
    int length = length(first, end);
    int stop = at + length;
    if (constructed) {
      return joined(tag, parts(tag, stop, false, depth));
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(bytes, at, stop - at);
    at = stop;
    return DerWriter.value(tag, content.toByteArray());
  }

  private static byte[] joined(int tag, byte[] content) {
    return DerWriter.value(tag == OCTETS_IN_PIECES ? DerReader.OCTET_STRING : tag, content);
  }

  private byte[] parts(int tag, int end, boolean untilMark, int depth) throws DerException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (untilMark ? !isMark(end) : at < end) {
      byte[] part = value(end, depth + 1);
      content.writeBytes(tag == OCTETS_IN_PIECES ? new DerReader(part).octets() : part);
    }
    if (untilMark) {
      at += 2;
    }
    return content.toByteArray();
  }

  private boolean isMark(int end) throws DerException {
    if (end - at < 2) {
      throw new DerException("a value of indefinite length does not end");
    }
    return bytes[at] == 0 && bytes[at + 1] == 0;
  }

  private int length(int first, int end) throws DerException {
    long length = first;
    if (first > INDEFINITE) {
      int count = first & 0x7f;
      if (count > 4) {
        throw new DerException("a length is absurd");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | octet(end);
      }
    }
    if (length > end - at) {
      throw new DerException("a value is longer than what is there");
    }
    return (int) length;
  }

  private int octet(int end) throws DerException {
    if (at >= end) {
      throw new DerException("the end comes within a value");
    }
    return bytes[at++] & 0xff;
  }
}
