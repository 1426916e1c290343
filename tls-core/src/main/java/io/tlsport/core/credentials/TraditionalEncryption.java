package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The seed era's own encryption of keys: headers {@code Proc-Type} and {@code DEK-Info} (RFC 1421),
 * with the key derivation of OpenSSL's {@code EVP_BytesToKey} over MD5.
 */
final class TraditionalEncryption {
  static final String HEADER = "DEK-Info";

  private static final int SALT_SIZE = 8;

  private static final Map<String, Scheme> SCHEMES =
      Map.ofEntries(
          Map.entry("AES-128-CBC", new Scheme("AES", 16, 16)),
          Map.entry("AES-192-CBC", new Scheme("AES", 24, 16)),
          Map.entry("AES-256-CBC", new Scheme("AES", 32, 16)),
          Map.entry("DES-EDE3-CBC", new Scheme("DESede", 24, 8)),
          Map.entry("DES-CBC", new Scheme("DES", 8, 8)),
          Map.entry("CAMELLIA-128-CBC", new Scheme("Camellia", 16, 16)),
          Map.entry("CAMELLIA-192-CBC", new Scheme("Camellia", 24, 16)),
          Map.entry("CAMELLIA-256-CBC", new Scheme("Camellia", 32, 16)),
          Map.entry("ARIA-128-CBC", new Scheme("ARIA", 16, 16)),
          Map.entry("ARIA-192-CBC", new Scheme("ARIA", 24, 16)),
          Map.entry("ARIA-256-CBC", new Scheme("ARIA", 32, 16)),
          Map.entry("SEED-CBC", new Scheme("SEED", 16, 16)),
          Map.entry("IDEA-CBC", new Scheme("IDEA", 16, 8)));

  private record Scheme(String algorithm, int keySize, int ivSize) {}

  private final JcaServices jca;

  TraditionalEncryption(JcaServices jca) {
    this.jca = jca;
  }

  /**
   * Decrypts.
   *
   * @param header the value of {@code DEK-Info}: a cipher, a comma, its start in hexadecimal
   * @throws javax.crypto.BadPaddingException if the passphrase is wrong, most of the time
   */
  byte[] decrypt(String header, byte[] encrypted, Password password)
      throws DerException, GeneralSecurityException {
    Approval.requireOwnCode(jca, "the MD5 of traditional encryption (" + HEADER + ") is");
    String[] parts = header.split(",", 2);
    String name = parts[0].trim().toUpperCase(Locale.ROOT);
    Scheme scheme = SCHEMES.get(name);
    if (scheme == null) {
      throw new NoSuchAlgorithmException(
          "its encryption " + name + " is not supported; convert it with openssl pkcs8 -topk8");
    }
    byte[] iv = iv(parts.length < 2 ? "" : parts[1].trim());
    if (iv.length != scheme.ivSize()) {
      throw new DerException(HEADER + " has an odd length");
    }
    byte[] key = derive(password, Arrays.copyOf(iv, SALT_SIZE), scheme.keySize());
    Cipher cipher = jca.cipher(scheme.algorithm() + "/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, scheme.algorithm()), new IvParameterSpec(iv));
    Arrays.fill(key, (byte) 0);
    return cipher.doFinal(encrypted);
  }

  private static byte[] iv(String hex) throws DerException {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException malformed) {
      throw new DerException(HEADER + " is no hexadecimal");
    }
  }

  private byte[] derive(Password password, byte[] salt, int size) throws GeneralSecurityException {
    byte[] secret = password.utf8();
    byte[] key = new byte[0];
    byte[] last = new byte[0];
    while (key.length < size) {
      MessageDigest digest = jca.messageDigest("MD5");
      digest.update(last);
      digest.update(secret);
      last = digest.digest(salt);
      key = Arrays.copyOf(key, key.length + last.length);
      System.arraycopy(last, 0, key, key.length - last.length, last.length);
    }
    Arrays.fill(secret, (byte) 0);
    return Arrays.copyOf(key, size);
  }
}
