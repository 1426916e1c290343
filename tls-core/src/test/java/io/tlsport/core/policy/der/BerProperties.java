package io.tlsport.core.policy.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tlsport.core.fixtures.Ber;
import io.tlsport.core.fixtures.Der;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** BER: whatever way a value is written, its DER is the same, and any bytes give one exception. */
class BerProperties {
  @Provide
  Arbitrary<byte[]> der() {
    Arbitrary<byte[]> leaf =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(300)
            .flatMap(
                content ->
                    Arbitraries.of(DerReader.OCTET_STRING, DerReader.BIT_STRING, 0x80)
                        .map(tag -> DerWriter.value(tag, content)));
    return Arbitraries.recursive(
        () -> leaf,
        inner -> inner.list().ofMaxSize(3).map(parts -> Der.sequence(parts.toArray(byte[][]::new))),
        0,
        4);
  }

  @Property(tries = 300)
  void derOfBerIsTheDer(@ForAll("der") byte[] der) throws DerException {
    assertArrayEquals(der, BerReader.toDer(Ber.of(der)));
  }

  @Property(tries = 300)
  void derStaysAsItIs(@ForAll("der") byte[] der) throws DerException {
    assertArrayEquals(der, BerReader.toDer(der));
  }

  @Property(tries = 300)
  void missingBytesAreTold(@ForAll("der") byte[] der, @ForAll int where) throws DerException {
    byte[] ber = Ber.of(der);
    assertFalse(isRead(Arrays.copyOf(ber, Math.floorMod(where, ber.length))));
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    isRead(bytes);
  }

  @Property(tries = 1)
  void refusesAbsurdDepth() {
    byte[] deep = new byte[20_000];
    for (int i = 0; i < deep.length; i += 2) {
      deep[i] = 0x30;
      deep[i + 1] = (byte) 0x80;
    }
    assertFalse(isRead(deep));
  }

  private static boolean isRead(byte[] bytes) {
    try {
      BerReader.toDer(bytes);
      return true;
    } catch (DerException refused) {
      return false;
    }
  }
}
