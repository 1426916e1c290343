package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.crypto.spec.PBEKeySpec;

/** The key derivation PBKDF2 (RFC 8018 section 5.2), by its parameters in DER. */
final class Pbkdf2 {
  static final String OID = "1.2.840.113549.1.5.12";

  private static final String HMAC_SHA1 = "1.2.840.113549.2.7";
  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int MAX_SIZE = 1024;

  private static final Map<String, String> HMAC =
      Map.of(
          "1.2.840.113549.2.6",
          "HmacMD5",
          HMAC_SHA1,
          "HmacSHA1",
          "1.2.840.113549.2.8",
          "HmacSHA224",
          "1.2.840.113549.2.9",
          "HmacSHA256",
          "1.2.840.113549.2.10",
          "HmacSHA384",
          "1.2.840.113549.2.11",
          "HmacSHA512",
          "1.2.840.113549.2.12",
          "HmacSHA512/224",
          "1.2.840.113549.2.13",
          "HmacSHA512/256");

  private final JcaServices jca;

  Pbkdf2(JcaServices jca) {
    this.jca = jca;
  }

  /** The JCA's name of an HMAC. */
  static String hmac(String oid) throws NoSuchAlgorithmException {
    String name = HMAC.get(oid);
    if (name == null) {
      throw new NoSuchAlgorithmException("pseudo-random function " + oid + " is not supported");
    }
    return name;
  }

  /** Refuses what would take hours, or is nonsense. */
  static int sane(int iterations) throws DerException {
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new DerException("absurd number of iterations: " + iterations);
    }
    return iterations;
  }

  /**
   * Derives a key.
   *
   * @param parameters the content of PBKDF2-params
   * @param size in bytes, unless the parameters say it
   */
  byte[] derive(DerReader parameters, int size, Password password)
      throws DerException, GeneralSecurityException {
    byte[] salt = parameters.octets();
    int iterations = sane(parameters.smallInteger());
    int wanted = parameters.peek() == DerReader.INTEGER ? parameters.smallInteger() : size;
    if (wanted < 1 || wanted > MAX_SIZE) {
      throw new DerException("absurd length of a key: " + wanted);
    }
    String oid = parameters.isEmpty() ? HMAC_SHA1 : parameters.enter(DerReader.SEQUENCE).oid();
    return derive(hmac(oid), password, salt, iterations, wanted);
  }

  /** Derives {@code size} bytes. */
  byte[] derive(String hmac, Password password, byte[] salt, int iterations, int size)
      throws GeneralSecurityException {
    PBEKeySpec spec = new PBEKeySpec(password.chars(), salt, iterations, size * 8);
    try {
      return jca.secretKeyFactory("PBKDF2With" + hmac).generateSecret(spec).getEncoded();
    } finally {
      spec.clearPassword();
    }
  }
}
