package io.tlsport.core.policy.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.der.DerWriter;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DhParametersTest {
  private static final DhParameters FFDHE2048 = DhParameters.of(NamedGroup.FFDHE2048);

  /** The last sixteen digits of each prime as RFC 7919 prints it are ones; these stand before. */
  @ParameterizedTest
  @CsvSource({
    "FFDHE2048, 886B423861285C97",
    "FFDHE3072, 25E41D2B66C62E37",
    "FFDHE4096, C68A007E5E655F6A",
    "FFDHE6144, A40E329CD0E40E65",
    "FFDHE8192, D68C8BB7C5C6424C"
  })
  void hasThePrimesOfRfc7919(NamedGroup group, String digits) {
    BigInteger prime = DhParameters.of(group).prime();
    String hex = prime.toString(16).toUpperCase(java.util.Locale.ROOT);
    assertEquals(group.bits(), prime.bitLength());
    assertTrue(hex.startsWith("FFFFFFFFFFFFFFFFADF85458A2BB4A9A"), hex);
    assertEquals(digits + "FFFFFFFFFFFFFFFF", hex.substring(hex.length() - 32));
  }

  @ParameterizedTest
  @EnumSource(
      value = NamedGroup.class,
      names = {"FFDHE2048", "FFDHE3072"})
  void primesAreSafe(NamedGroup group) {
    BigInteger prime = DhParameters.of(group).prime();
    assertTrue(prime.isProbablePrime(32));
    assertTrue(prime.shiftRight(1).isProbablePrime(32));
  }

  @Test
  void recognisesItsGroup() {
    assertEquals(Optional.of(NamedGroup.FFDHE2048), FFDHE2048.group());
    assertEquals(
        Optional.empty(), new DhParameters(FFDHE2048.prime(), BigInteger.valueOf(5)).group());
    assertEquals(
        Optional.empty(),
        new DhParameters(FFDHE2048.prime().add(BigInteger.TWO), BigInteger.TWO).group());
  }

  @Test
  void findsNothingWrongWithAGroup() {
    assertEquals(Optional.empty(), FFDHE2048.defect());
  }

  @Test
  void findsWhatIsWrong() {
    assertDefect("1024 bits", BigInteger.ONE.shiftLeft(1023), 2);
    assertDefect("more than 10000", BigInteger.ONE.shiftLeft(10_001), 2);
    assertDefect("no safe prime", FFDHE2048.prime().subtract(BigInteger.valueOf(8)), 2);
    assertDefect("generates nothing", FFDHE2048.prime(), 1);
    assertDefect("generates nothing", FFDHE2048.prime(), -1);
    assertTrue(
        new DhParameters(FFDHE2048.prime(), FFDHE2048.prime().subtract(BigInteger.ONE))
            .defect()
            .orElseThrow()
            .contains("generates nothing"));
  }

  private static void assertDefect(String sentence, BigInteger prime, long generator) {
    String defect = new DhParameters(prime, BigInteger.valueOf(generator)).defect().orElseThrow();
    assertTrue(defect.contains(sentence), defect);
  }

  private static byte[] der(byte[]... parts) {
    return DerWriter.value(DerReader.SEQUENCE, parts);
  }

  private static byte[] integer(BigInteger value) {
    return DerWriter.value(DerReader.INTEGER, value.toByteArray());
  }

  @Test
  void readsPkcs3WithAndWithoutALength() throws DerException {
    byte[] prime = integer(FFDHE2048.prime());
    byte[] two = integer(BigInteger.TWO);
    assertEquals(FFDHE2048, DhParameters.parse(der(prime, two)));
    assertEquals(FFDHE2048, DhParameters.parse(der(prime, two, integer(BigInteger.valueOf(225)))));
  }

  @Test
  void refusesWhatIsNoPkcs3() {
    byte[] two = integer(BigInteger.TWO);
    for (byte[] wrong : new byte[][] {{}, two, der(), der(two), der(two, two, two, two)}) {
      assertThrows(DerException.class, () -> DhParameters.parse(wrong));
    }
  }
}
