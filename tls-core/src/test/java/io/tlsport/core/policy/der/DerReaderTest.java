package io.tlsport.core.policy.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerReaderTest {
  private static DerReader reader(String hex) {
    return new DerReader(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "04", // no length
        "0401", // no content
        "040201", // too little content
        "0480000000", // indefinite length
        "0481", // half a length
        "04820100", // a length beyond the end
        "0485000000000100", // a length of five bytes
        "0484ffffffff", // a length beyond all
        "1f8101" // a tag of several bytes
      })
  void refusesWhatIsNoValue(String hex) {
    assertThrows(DerException.class, () -> reader(hex).next());
  }

  @Test
  void refusesAnotherTag() {
    DerException refused =
        assertThrows(DerException.class, () -> reader("0400").enter(DerReader.SEQUENCE));
    assertTrue(String.valueOf(refused.getMessage()).contains("0x30"));
  }

  @Test
  void readsNothingBeyondAValue() throws DerException {
    DerReader inner = reader("30020405" + "0102030405").enter(DerReader.SEQUENCE);
    assertThrows(DerException.class, inner::octets);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0200", "0600", "0300"})
  void refusesValuesWithoutContent(String hex) {
    assertThrows(
        DerException.class,
        () -> {
          switch (hex.charAt(1)) {
            case '2' -> reader(hex).integer();
            case '6' -> reader(hex).oid();
            default -> reader(hex).bits();
          }
        });
  }

  @Test
  void refusesAnObjectIdentifierThatDoesNotEnd() {
    assertThrows(DerException.class, () -> reader("0602" + "2a80").oid());
    assertThrows(DerException.class, () -> reader("060b" + "2affffffffffffffffff7f").oid());
  }

  @Test
  void readsTheObjectIdentifiersBehindTwo() throws DerException {
    assertEquals("2.100.3", reader("0603813403").oid());
    assertEquals("2.5.29.17", reader("0603551d11").oid());
    assertEquals("0.9", reader("060109").oid());
  }

  @Test
  void readsBitsWithoutTheirCount() throws DerException {
    assertArrayEquals(new byte[] {(byte) 0xa0}, reader("030205a0").bits());
  }

  @Test
  void leavesTheRestAsItIs() throws DerException {
    DerReader reader = reader("0401aa" + "ffff");
    reader.octets();
    assertArrayEquals(new byte[] {-1, -1}, reader.rest());
    assertTrue(reader.isEmpty());
  }
}
