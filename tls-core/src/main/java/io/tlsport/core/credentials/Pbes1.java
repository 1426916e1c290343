package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * The older password-based encryption (RFC 8018 section 6.1, RFC 7292 appendix C), as {@code
 * openssl pkcs8 -v1} and {@code openssl pkcs12 -legacy} make it.
 */
final class Pbes1 {
  private static final int MAX_ITERATIONS = 10_000_000;

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "1.2.840.113549.1.5.3", "PBEWithMD5AndDES",
          "1.2.840.113549.1.12.1.1", "PBEWithSHA1AndRC4_128",
          "1.2.840.113549.1.12.1.2", "PBEWithSHA1AndRC4_40",
          "1.2.840.113549.1.12.1.3", "PBEWithSHA1AndDESede",
          "1.2.840.113549.1.12.1.5", "PBEWithSHA1AndRC2_128",
          "1.2.840.113549.1.12.1.6", "PBEWithSHA1AndRC2_40");

  private final JcaServices jca;

  Pbes1(JcaServices jca) {
    this.jca = jca;
  }

  static boolean knows(String oid) {
    return ALGORITHMS.containsKey(oid);
  }

  /**
   * Decrypts.
   *
   * @param parameters the content of PBEParameter
   */
  byte[] decrypt(String oid, DerReader parameters, byte[] encrypted, char[] passphrase)
      throws DerException, GeneralSecurityException {
    String algorithm = ALGORITHMS.get(oid);
    if (algorithm == null) {
      throw new NoSuchAlgorithmException("cipher " + oid);
    }
    byte[] salt = parameters.octets();
    int iterations = parameters.smallInteger();
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new DerException("absurd number of iterations: " + iterations);
    }
    PBEKeySpec spec = new PBEKeySpec(passphrase);
    try {
      SecretKey key = jca.secretKeyFactory(algorithm).generateSecret(spec);
      Cipher cipher = jca.cipher(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, new PBEParameterSpec(salt, iterations));
      return cipher.doFinal(encrypted);
    } finally {
      spec.clearPassword();
    }
  }
}
