package io.tlsport.core.policy.hello;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads the vectors of RFC 8446 section 3.4 from a byte array; every length is checked. */
final class Wire {
  private final byte[] bytes;
  private final int end;
  private int at;

  Wire(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** From {@code start}, up to before {@code end}. */
  Wire(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  boolean isEmpty() {
    return at == end;
  }

  int remaining() {
    return end - at;
  }

  int u8() throws HelloException {
    need(1);
    return bytes[at++] & 0xff;
  }

  int u16() throws HelloException {
    return u8() << 8 | u8();
  }

  int u24() throws HelloException {
    return u16() << 8 | u8();
  }

  byte[] take(int count) throws HelloException {
    need(count);
    byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
    at += count;
    return taken;
  }

  /** All that is left, read from here on its own: this one stays where it is. */
  Wire copy() {
    return new Wire(bytes, at, end);
  }

  /** A part of that many bytes, to be read on its own. */
  Wire part(int count) throws HelloException {
    need(count);
    Wire part = new Wire(bytes, at, at + count);
    at += count;
    return part;
  }

  Wire part8() throws HelloException {
    return part(u8());
  }

  Wire part16() throws HelloException {
    return part(u16());
  }

  /** All that is left. */
  byte[] rest() throws HelloException {
    return take(remaining());
  }

  /** All that is left, which stays there. */
  byte[] bytes() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  /** All that is left as numbers of two bytes. */
  List<Integer> list16() throws HelloException {
    Integer[] numbers = new Integer[remaining() / 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = u16();
    }
    if (!isEmpty()) {
      throw shorter();
    }
    return Collections.unmodifiableList(Arrays.asList(numbers));
  }

  private void need(int count) throws HelloException {
    if (count > remaining()) {
      throw shorter();
    }
  }

  private static HelloException shorter() {
    return HelloException.malformed("it is shorter than its lengths say");
  }
}
