package io.tlsport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
  private final KeyPair keys;

  IdentityTest() throws NoSuchAlgorithmException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void needsACertificate() {
    assertThrows(IllegalArgumentException.class, () -> new Identity(keys.getPrivate(), List.of()));
  }

  @Test
  void isKnownByItsLeaf() {
    X509Certificate leaf = new KeyOnlyCertificate(keys.getPublic());
    X509Certificate issuer = new KeyOnlyCertificate(keys.getPublic());
    assertSame(leaf, new Identity(keys.getPrivate(), List.of(leaf, issuer)).certificate());
  }

  @Test
  void keepsACopyOfItsChain() {
    List<X509Certificate> given =
        new ArrayList<>(List.of(new KeyOnlyCertificate(keys.getPublic())));
    Identity identity = new Identity(keys.getPrivate(), given);
    given.clear();
    assertEquals(1, identity.chain().size());
  }

  /** As Bouncy Castle's FIPS module makes them: the key has lost what it is for. */
  @ParameterizedTest
  @CsvSource({"RSASSA-PSS, true", "RSASSA-PSS, false", "RSA, true", "RSA, false"})
  void tellsWhatItsCertificateSaysOfTheKey(String algorithm, boolean withVersion)
      throws NoSuchAlgorithmException {
    byte[] certified =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic().getEncoded();
    PublicKey common = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
    // Some field before the key is as long as to need two bytes of length.
    byte[] subject = der(0x30, new byte[300]);
    byte[] empty = der(0x30);
    byte[] version = withVersion ? der(0xa0, der(2, new byte[] {2})) : new byte[0];
    byte[] fields =
        der(0x30, version, der(2, new byte[] {1}), empty, empty, empty, subject, certified);
    X509Certificate leaf =
        new KeyOnlyCertificate(common) {
          private static final long serialVersionUID = 1L;

          @Override
          public byte[] getEncoded() {
            return der(0x30, fields, empty);
          }
        };
    assertEquals(algorithm, new Identity(keys.getPrivate(), List.of(leaf)).keyAlgorithm());
  }

  @Test
  void takesTheKeysWordWhereTheCertificateIsNone() throws NoSuchAlgorithmException {
    PublicKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
    for (byte[] encoded : List.of(new byte[0], new byte[] {0x30}, new byte[] {0x30, -1, 0, 0})) {
      X509Certificate leaf =
          new KeyOnlyCertificate(key) {
            private static final long serialVersionUID = 1L;

            @Override
            public byte[] getEncoded() {
              return encoded;
            }
          };
      assertEquals("RSA", new Identity(keys.getPrivate(), List.of(leaf)).keyAlgorithm());
    }
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = Stream.of(parts).mapToInt(part -> part.length).sum();
    ByteBuffer value = ByteBuffer.allocate(4 + length).put((byte) tag);
    if (length < 0x80) {
      value.put((byte) length);
    } else {
      value.put((byte) 0x82).putShort((short) length);
    }
    Stream.of(parts).forEach(value::put);
    return Arrays.copyOf(value.array(), value.position());
  }
}
