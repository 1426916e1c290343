package io.tlsport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class JcaServicesTest {
  /** A provider that has one digest, and that the JDK knows nothing of. */
  private static final class Toy extends Provider {
    private static final long serialVersionUID = 1L;

    Toy() {
      super("Toy", "1", "one digest");
      put("MessageDigest.TOY", ToyDigest.class.getName());
      put("MessageDigest.SHA-256", ToyDigest.class.getName());
    }
  }

  /** A digest that is always empty. */
  public static final class ToyDigest extends java.security.MessageDigest {
    /** For the provider. */
    public ToyDigest() {
      super("TOY");
    }

    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {}

    @Override
    protected byte[] engineDigest() {
      return new byte[0];
    }

    @Override
    protected void engineReset() {}
  }

  @Test
  void findsTheServicesOfTheJdk() throws GeneralSecurityException {
    JcaServices jca = JcaServices.jdk();
    assertEquals("X.509", jca.certificateFactory("X.509").getType());
    assertEquals("PKIX", jca.certPathValidator("PKIX").getAlgorithm());
    assertEquals("PKCS12", jca.keyStore("PKCS12").getType());
    assertEquals("EC", jca.keyFactory("EC").getAlgorithm());
    assertEquals("Ed25519", jca.signature("Ed25519").getAlgorithm());
    assertEquals("AES/CBC/PKCS5Padding", jca.cipher("AES/CBC/PKCS5Padding").getAlgorithm());
    assertEquals("HmacSHA256", jca.mac("HmacSHA256").getAlgorithm());
    assertEquals("SHA-256", jca.messageDigest("SHA-256").getAlgorithm());
    assertEquals("RSASSA-PSS", jca.algorithmParameters("RSASSA-PSS").getAlgorithm());
    assertEquals(
        "PBKDF2WithHmacSHA256", jca.secretKeyFactory("PBKDF2WithHmacSHA256").getAlgorithm());
  }

  @Test
  void asksTheAddedProviderLast() throws GeneralSecurityException {
    Toy toy = new Toy();
    JcaServices jca = JcaServices.jdkAnd(toy, new SecureRandom());
    assertSame(toy, jca.messageDigest("TOY").getProvider());
    assertEquals(32, jca.messageDigest("SHA-256").digest().length);
  }

  @Test
  void namesWhatNobodyHas() {
    GeneralSecurityException missing =
        assertThrows(
            NoSuchAlgorithmException.class, () -> JcaServices.jdk().messageDigest("ROT13"));
    String message = String.valueOf(missing.getMessage());
    assertTrue(message.contains("ROT13") && message.contains("SUN"), message);
  }

  @Test
  void handsOutTheRandomnessThatItWasGiven() {
    SecureRandom random = new SecureRandom();
    assertSame(random, JcaServices.jdkAnd(new Toy(), random).random());
  }
}
