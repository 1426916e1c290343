package io.tlsport.core.policy.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.fixtures.Der;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** DER: what is written is read, and any bytes give values or one kind of exception. */
class DerProperties {
  @Property(tries = 300)
  void readsValuesOfEveryLength(
      @ForAll @IntRange(min = 0, max = 0x1e) int tag, @ForAll @Size(max = 400) byte[] content)
      throws DerException {
    byte[] der = DerWriter.value(tag, content);
    assertEquals(tag, new DerReader(der).peek());
    assertArrayEquals(content, new DerReader(der).enter(tag).rest());
    assertArrayEquals(der, new DerReader(der).raw());
  }

  @Property(tries = 20)
  void readsLongValues(@ForAll @IntRange(min = 0xff00, max = 0x1_0100) int length)
      throws DerException {
    byte[] der = DerWriter.value(DerReader.OCTET_STRING, new byte[length]);
    assertEquals(length, new DerReader(der).octets().length);
  }

  @Property(tries = 300)
  void readsNumbers(@ForAll BigInteger number) throws DerException {
    assertEquals(number, new DerReader(Der.integer(number)).integer());
  }

  @Property(tries = 300)
  void readsSmallNumbers(@ForAll int number) throws DerException {
    assertEquals(number, new DerReader(Der.integer(number)).smallInteger());
  }

  @Property(tries = 200)
  void refusesLargeNumbersWhereSmallOnesBelong(
      @ForAll @LongRange(min = 1L + Integer.MAX_VALUE) long number) {
    assertTrue(throwsOnly(() -> new DerReader(Der.integer(number)).smallInteger()));
    assertTrue(throwsOnly(() -> new DerReader(Der.integer(-number - 2)).smallInteger()));
  }

  @Property(tries = 300)
  void readsObjectIdentifiers(
      @ForAll @IntRange(max = 2) int first,
      @ForAll @IntRange(max = 39) int second,
      @ForAll @Size(max = 8) List<@LongRange(min = 0, max = 1L << 50) Long> arcs)
      throws DerException {
    String rest = arcs.stream().map(arc -> "." + arc).collect(Collectors.joining());
    String dotted = first + "." + second + rest;
    assertEquals(dotted, new DerReader(Der.oid(dotted)).oid());
  }

  @Property(tries = 300)
  void readsNestedValuesInOrder(@ForAll @Size(max = 6) List<@Size(max = 20) byte[]> values)
      throws DerException {
    byte[][] parts = values.stream().map(Der::octets).toArray(byte[][]::new);
    DerReader reader = new DerReader(Der.sequence(parts)).enter(DerReader.SEQUENCE);
    for (byte[] value : values) {
      assertFalse(reader.isEmpty());
      assertArrayEquals(value, reader.octets());
    }
    assertTrue(reader.isEmpty());
    assertEquals(-1, reader.peek());
  }

  private interface Read {
    void run() throws DerException;
  }

  /** True if it threw; anything but a DerException fails the property. */
  private static boolean throwsOnly(Read read) {
    try {
      read.run();
      return false;
    } catch (DerException expected) {
      return true;
    }
  }

  @Property(tries = 1000)
  void anyBytesGiveValuesOrOneException(@ForAll("almostDer") byte[] bytes) {
    List<Read> reads =
        List.of(
            () -> new DerReader(bytes).next(),
            () -> new DerReader(bytes).raw(),
            () -> new DerReader(bytes).integer(),
            () -> new DerReader(bytes).smallInteger(),
            () -> new DerReader(bytes).octets(),
            () -> new DerReader(bytes).bits(),
            () -> new DerReader(bytes).oid(),
            () -> DerReader.oid(bytes),
            () -> walk(new DerReader(bytes)));
    long failed = reads.stream().filter(DerProperties::throwsOnly).count();
    assertTrue(failed <= reads.size());
  }

  private static void walk(DerReader reader) throws DerException {
    while (!reader.isEmpty()) {
      int tag = reader.peek();
      DerReader content = reader.next();
      if ((tag & 0x20) != 0) {
        walk(content);
      }
    }
  }

  @Provide
  Arbitrary<byte[]> almostDer() {
    Arbitrary<Byte> octet =
        Arbitraries.oneOf(
            Arbitraries.of((byte) 0x30, (byte) 2, (byte) 6, (byte) 0x82, (byte) 0x84, (byte) 0xff),
            Arbitraries.bytes());
    return octet.array(byte[].class).ofMaxSize(30);
  }
}
