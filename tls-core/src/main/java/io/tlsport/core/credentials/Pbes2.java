package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Password-based encryption of RFC 8018 section 6.2, as {@code openssl pkcs8} makes it. */
final class Pbes2 {
  static final String OID = "1.2.840.113549.1.5.13";

  private static final String PBKDF2 = "1.2.840.113549.1.5.12";
  private static final String HMAC_SHA1 = "1.2.840.113549.2.7";
  private static final int MAX_ITERATIONS = 10_000_000;

  private static final Map<String, String> PRF =
      Map.of(
          HMAC_SHA1,
          "HmacSHA1",
          "1.2.840.113549.2.8",
          "HmacSHA224",
          "1.2.840.113549.2.9",
          "HmacSHA256",
          "1.2.840.113549.2.10",
          "HmacSHA384",
          "1.2.840.113549.2.11",
          "HmacSHA512");

  private static final Map<String, Scheme> SCHEMES =
      Map.of(
          "2.16.840.1.101.3.4.1.2", new Scheme("AES", 16),
          "2.16.840.1.101.3.4.1.22", new Scheme("AES", 24),
          "2.16.840.1.101.3.4.1.42", new Scheme("AES", 32),
          "1.2.840.113549.3.7", new Scheme("DESede", 24));

  private record Scheme(String algorithm, int keySize) {}

  private final JcaServices jca;

  Pbes2(JcaServices jca) {
    this.jca = jca;
  }

  /**
   * Decrypts.
   *
   * @param parameters the content of PBES2-params
   * @throws NoSuchAlgorithmException for a derivation or cipher that is not known
   */
  byte[] decrypt(DerReader parameters, byte[] encrypted, char[] passphrase)
      throws DerException, GeneralSecurityException {
    DerReader derivation = parameters.enter(DerReader.SEQUENCE);
    DerReader encryption = parameters.enter(DerReader.SEQUENCE);
    String kdf = derivation.oid();
    String cipher = encryption.oid();
    Scheme scheme = SCHEMES.get(cipher);
    if (scheme == null) {
      throw new NoSuchAlgorithmException("cipher " + cipher);
    }
    byte[] key =
        switch (kdf) {
          case PBKDF2 -> pbkdf2(derivation.enter(DerReader.SEQUENCE), scheme.keySize(), passphrase);
          case Scrypt.OID ->
              scrypt(derivation.enter(DerReader.SEQUENCE), scheme.keySize(), passphrase);
          default -> throw new NoSuchAlgorithmException("key derivation " + kdf);
        };
    Cipher decryption = jca.cipher(scheme.algorithm() + "/CBC/PKCS5Padding");
    decryption.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, scheme.algorithm()),
        new IvParameterSpec(encryption.octets()));
    Arrays.fill(key, (byte) 0);
    return decryption.doFinal(encrypted);
  }

  private byte[] scrypt(DerReader scrypt, int keySize, char[] passphrase)
      throws DerException, GeneralSecurityException {
    byte[] salt = scrypt.octets();
    int cost = scrypt.smallInteger();
    int block = scrypt.smallInteger();
    int parallel = scrypt.smallInteger();
    return new Scrypt(jca).derive(passphrase, salt, cost, block, parallel, keySize);
  }

  private byte[] pbkdf2(DerReader pbkdf2, int keySize, char[] passphrase)
      throws DerException, GeneralSecurityException {
    byte[] salt = pbkdf2.octets();
    int iterations = pbkdf2.smallInteger();
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new DerException("absurd number of iterations: " + iterations);
    }
    if (pbkdf2.peek() == DerReader.INTEGER) {
      pbkdf2.smallInteger();
    }
    String oid = pbkdf2.isEmpty() ? HMAC_SHA1 : pbkdf2.enter(DerReader.SEQUENCE).oid();
    String prf = PRF.get(oid);
    if (prf == null) {
      throw new NoSuchAlgorithmException("pseudo-random function " + oid);
    }
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, keySize * 8);
    try {
      SecretKey derived = jca.secretKeyFactory("PBKDF2With" + prf).generateSecret(spec);
      return derived.getEncoded();
    } finally {
      spec.clearPassword();
    }
  }
}
