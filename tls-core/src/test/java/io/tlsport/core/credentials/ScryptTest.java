package io.tlsport.core.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.Secret;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.spi.JcaServices;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScryptTest {
  private final Scrypt scrypt = new Scrypt(JcaServices.jdk());

  /** The vectors of RFC 7914 section 12, but for the one of a gigabyte. */
  @ParameterizedTest
  @CsvSource({
    "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    "pleaseletmein, SodiumChloride, 16384, 8, 1, 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9"
        + "b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
  })
  void givesTheKeysOfTheRfc(
      String passphrase, String salt, int cost, int block, int parallel, String key)
      throws Exception {
    byte[] derived =
        scrypt.derive(
            Password.of(Secret.of(passphrase)),
            salt.getBytes(StandardCharsets.US_ASCII),
            cost,
            block,
            parallel,
            64);
    assertEquals(key, HexFormat.of().formatHex(derived));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8, 1",
    "1, 8, 1",
    "1000, 8, 1",
    "1024, 0, 1",
    "1024, 8, 0",
    "1024, 8, 65",
    "-2147483648, 8, 1",
    "1073741824, 8, 1",
    "1024, 2147483647, 1"
  })
  void refusesParametersThatNoToolWouldChoose(int cost, int block, int parallel) {
    assertThrows(
        DerException.class,
        () -> scrypt.derive(Password.of(Secret.of("x")), new byte[8], cost, block, parallel, 32));
  }

  @Test
  void dependsOnTheSalt() throws Exception {
    byte[] one = scrypt.derive(Password.of(Secret.of("x")), new byte[] {1}, 16, 1, 1, 16);
    byte[] two = scrypt.derive(Password.of(Secret.of("x")), new byte[] {2}, 16, 1, 1, 16);
    assertEquals(16, one.length);
    assertEquals(false, java.util.Arrays.equals(one, two));
  }
}
