package io.tlsport.core.policy.der;

import java.math.BigInteger;
import java.util.Arrays;

/** Reads DER values one after the other; every length is checked. Not safe for several threads. */
public final class DerReader {
  /** BOOLEAN. */
  public static final int BOOLEAN = 0x01;

  /** INTEGER. */
  public static final int INTEGER = 0x02;

  /** BIT STRING. */
  public static final int BIT_STRING = 0x03;

  /** OCTET STRING. */
  public static final int OCTET_STRING = 0x04;

  /** NULL. */
  public static final int NULL = 0x05;

  /** OBJECT IDENTIFIER. */
  public static final int OID = 0x06;

  /** SEQUENCE and SEQUENCE OF. */
  public static final int SEQUENCE = 0x30;

  /** SET and SET OF. */
  public static final int SET = 0x31;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** A reader of all of {@code bytes}. */
  public DerReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private DerReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** True if nothing is left. */
  public boolean isEmpty() {
    return at == end;
  }

  /** The tag of the next value; -1 at the end. */
  public int peek() {
    return at < end ? bytes[at] & 0xff : -1;
  }

  /** Goes into the next value, which must have that tag. */
  public DerReader enter(int tag) throws DerException {
    if (peek() != tag) {
      throw new DerException(
          "expected tag 0x" + Integer.toHexString(tag) + ", found " + Integer.toHexString(peek()));
    }
    return next();
  }

  /** Goes into the next value, whatever its tag. */
  public DerReader next() throws DerException {
    if (isEmpty()) {
      throw new DerException("a value is missing");
    }
    if ((bytes[at] & 0x1f) == 0x1f) {
      throw new DerException("a tag has more than one byte");
    }
    at++;
    int length = length();
    if (length > end - at) {
      throw new DerException("a value is longer than what is there");
    }
    DerReader content = new DerReader(bytes, at, at + length);
    at += length;
    return content;
  }

  private int length() throws DerException {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 4) {
      throw new DerException("a length is indefinite or absurd");
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | octet();
    }
    if (length > Integer.MAX_VALUE) {
      throw new DerException("a length is absurd");
    }
    return (int) length;
  }

  private int octet() throws DerException {
    if (isEmpty()) {
      throw new DerException("the end comes within a value");
    }
    return bytes[at++] & 0xff;
  }

  /** All that is left, as it is. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /** The next value with its tag and length. */
  public byte[] raw() throws DerException {
    int start = at;
    next();
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** The next INTEGER. */
  public BigInteger integer() throws DerException {
    byte[] content = enter(INTEGER).rest();
    if (content.length == 0) {
      throw new DerException("an INTEGER has no content");
    }
    return new BigInteger(content);
  }

  /** The next INTEGER, which must fit an int. */
  public int smallInteger() throws DerException {
    BigInteger value = integer();
    if (value.bitLength() > 31) {
      throw new DerException("an INTEGER is absurdly large");
    }
    return value.intValue();
  }

  /** The next OCTET STRING. */
  public byte[] octets() throws DerException {
    return enter(OCTET_STRING).rest();
  }

  /** The next BIT STRING without its count of unused bits. */
  public byte[] bits() throws DerException {
    byte[] content = enter(BIT_STRING).rest();
    if (content.length == 0) {
      throw new DerException("a BIT STRING has no content");
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }

  /** The next OBJECT IDENTIFIER in dotted form. */
  public String oid() throws DerException {
    return oid(enter(OID).rest());
  }

  /** The dotted form of an OBJECT IDENTIFIER's content. */
  public static String oid(byte[] bytes) throws DerException {
    DerReader content = new DerReader(bytes);
    StringBuilder text = new StringBuilder();
    while (!content.isEmpty()) {
      long arc = content.arc();
      if (text.isEmpty()) {
        long first = Math.min(arc / 40, 2);
        text.append(first).append('.').append(arc - 40 * first);
      } else {
        text.append('.').append(arc);
      }
    }
    if (text.isEmpty()) {
      throw new DerException("an OBJECT IDENTIFIER has no content");
    }
    return text.toString();
  }

  private long arc() throws DerException {
    long value = 0;
    int next;
    do {
      next = octet();
      if (value > Long.MAX_VALUE >> 8) {
        throw new DerException("an OBJECT IDENTIFIER is absurdly long");
      }
      value = (value << 7) | (next & 0x7f);
    } while (next >= 0x80);
    return value;
  }
}
