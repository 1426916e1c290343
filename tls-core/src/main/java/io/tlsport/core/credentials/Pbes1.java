package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The older password-based encryption (RFC 8018 section 6.1, RFC 7292 appendix C), as {@code
 * openssl pkcs8 -v1} and {@code openssl pkcs12 -legacy} make it. The JCA has names for some of
 * these schemes only, and takes ASCII only.
 */
final class Pbes1 {
  private static final int BLOCK = 8;

  private static final Map<String, Scheme> SCHEMES =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.5.3", new Scheme(false, "MD5", "DES", 8)),
          Map.entry("1.2.840.113549.1.5.6", new Scheme(false, "MD5", "RC2", 8)),
          Map.entry("1.2.840.113549.1.5.10", new Scheme(false, "SHA-1", "DES", 8)),
          Map.entry("1.2.840.113549.1.5.11", new Scheme(false, "SHA-1", "RC2", 8)),
          Map.entry("1.2.840.113549.1.12.1.1", new Scheme(true, "SHA-1", "ARCFOUR", 16)),
          Map.entry("1.2.840.113549.1.12.1.2", new Scheme(true, "SHA-1", "ARCFOUR", 5)),
          Map.entry("1.2.840.113549.1.12.1.3", new Scheme(true, "SHA-1", "DESede", 24)),
          Map.entry("1.2.840.113549.1.12.1.4", new Scheme(true, "SHA-1", "DESede", 16)),
          Map.entry("1.2.840.113549.1.12.1.5", new Scheme(true, "SHA-1", "RC2", 16)),
          Map.entry("1.2.840.113549.1.12.1.6", new Scheme(true, "SHA-1", "RC2", 5)));

  /**
   * A scheme.
   *
   * @param pkcs12 derives as PKCS#12 does, else by PBKDF1
   * @param keySize in bytes
   */
  private record Scheme(boolean pkcs12, String digest, String cipher, int keySize) {
    @Override
    public String toString() {
      String bits =
          switch (cipher) {
            case "DESede" -> keySize == 24 ? "3DES" : "2DES";
            case "ARCFOUR" -> "RC4-" + 8 * keySize;
            case "RC2" -> "RC2-" + 8 * keySize;
            default -> cipher;
          };
      return "PBE-" + digest.replace("-", "") + "-" + bits;
    }

    boolean isStream() {
      return cipher.equals("ARCFOUR");
    }
  }

  private final JcaServices jca;

  Pbes1(JcaServices jca) {
    this.jca = jca;
  }

  static boolean knows(String oid) {
    return SCHEMES.containsKey(oid);
  }

  /** OpenSSL's name of it, for messages. */
  static String named(String oid) {
    Scheme scheme = SCHEMES.get(oid);
    return scheme == null ? oid : scheme.toString();
  }

  /**
   * Decrypts.
   *
   * @param parameters the content of PBEParameter
   */
  byte[] decrypt(String oid, DerReader parameters, byte[] encrypted, Password password)
      throws DerException, GeneralSecurityException {
    Scheme scheme = SCHEMES.get(oid);
    if (scheme == null) {
      throw new NoSuchAlgorithmException("its cipher " + oid + " is not supported");
    }
    byte[] salt = parameters.octets();
    int iterations = Pbkdf2.sane(parameters.smallInteger());
    byte[] key;
    byte[] iv;
    if (scheme.pkcs12()) {
      Pkcs12Derivation derivation = new Pkcs12Derivation(jca);
      key =
          derivation.derive(
              scheme.digest(), Pkcs12Derivation.KEY, password, salt, iterations, scheme.keySize());
      iv =
          derivation.derive(
              scheme.digest(), Pkcs12Derivation.IV, password, salt, iterations, BLOCK);
    } else {
      byte[] both = new Pbkdf1(jca).derive(scheme.digest(), password, salt, iterations);
      key = Arrays.copyOf(both, scheme.keySize());
      iv = Arrays.copyOfRange(both, BLOCK, 2 * BLOCK);
      Arrays.fill(both, (byte) 0);
    }
    return decrypt(scheme, key, iv, encrypted);
  }

  private byte[] decrypt(Scheme scheme, byte[] key, byte[] iv, byte[] encrypted)
      throws GeneralSecurityException {
    SecretKeySpec secret = new SecretKeySpec(ofThreeKeys(scheme, key), scheme.cipher());
    Arrays.fill(key, (byte) 0);
    if (scheme.isStream()) {
      Cipher cipher = jca.cipher(scheme.cipher());
      cipher.init(Cipher.DECRYPT_MODE, secret);
      return cipher.doFinal(encrypted);
    }
    Cipher cipher = jca.cipher(scheme.cipher() + "/CBC/PKCS5Padding");
    AlgorithmParameterSpec start =
        scheme.cipher().equals("RC2")
            ? new RC2ParameterSpec(8 * scheme.keySize(), iv)
            : new IvParameterSpec(iv);
    cipher.init(Cipher.DECRYPT_MODE, secret, start);
    return cipher.doFinal(encrypted);
  }

  /** Triple DES with two keys uses the first of them again. */
  private static byte[] ofThreeKeys(Scheme scheme, byte[] key) {
    if (!scheme.cipher().equals("DESede") || scheme.keySize() == 24) {
      return key;
    }
    byte[] three = Arrays.copyOf(key, 24);
    System.arraycopy(key, 0, three, 16, 8);
    return three;
  }
}
