package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Password-based encryption of RFC 8018 section 6.2, as {@code openssl pkcs8} makes it. */
final class Pbes2 {
  static final String OID = "1.2.840.113549.1.5.13";

  private static final Map<String, Scheme> SCHEMES =
      Map.ofEntries(
          Map.entry("2.16.840.1.101.3.4.1.2", new Scheme("AES", 16)),
          Map.entry("2.16.840.1.101.3.4.1.22", new Scheme("AES", 24)),
          Map.entry("2.16.840.1.101.3.4.1.42", new Scheme("AES", 32)),
          Map.entry("1.2.840.113549.3.7", new Scheme("DESede", 24)),
          Map.entry("1.3.14.3.2.7", new Scheme("DES", 8)),
          Map.entry("1.2.392.200011.61.1.1.1.2", new Scheme("Camellia", 16)),
          Map.entry("1.2.392.200011.61.1.1.1.3", new Scheme("Camellia", 24)),
          Map.entry("1.2.392.200011.61.1.1.1.4", new Scheme("Camellia", 32)),
          Map.entry("1.2.410.200046.1.1.2", new Scheme("ARIA", 16)),
          Map.entry("1.2.410.200046.1.1.7", new Scheme("ARIA", 24)),
          Map.entry("1.2.410.200046.1.1.12", new Scheme("ARIA", 32)),
          Map.entry("1.2.410.200004.1.4", new Scheme("SEED", 16)));

  private record Scheme(String algorithm, int keySize) {
    @Override
    public String toString() {
      return algorithm.startsWith("DES") || algorithm.equals("SEED")
          ? algorithm
          : algorithm + "-" + 8 * keySize;
    }
  }

  private final JcaServices jca;

  Pbes2(JcaServices jca) {
    this.jca = jca;
  }

  /** Its derivation and its cipher, for messages. */
  static String described(DerReader parameters) throws DerException {
    String kdf = parameters.enter(DerReader.SEQUENCE).oid();
    String cipher = parameters.enter(DerReader.SEQUENCE).oid();
    Scheme scheme = SCHEMES.get(cipher);
    return "PBES2 ("
        + switch (kdf) {
          case Pbkdf2.OID -> "PBKDF2";
          case Scrypt.OID -> "scrypt";
          default -> kdf;
        }
        + ", "
        + (scheme == null ? cipher : scheme)
        + ")";
  }

  /**
   * Decrypts.
   *
   * @param parameters the content of PBES2-params
   * @throws NoSuchAlgorithmException for a derivation or cipher that is not known
   */
  byte[] decrypt(DerReader parameters, byte[] encrypted, Password password)
      throws DerException, GeneralSecurityException {
    DerReader derivation = parameters.enter(DerReader.SEQUENCE);
    DerReader encryption = parameters.enter(DerReader.SEQUENCE);
    String kdf = derivation.oid();
    String oid = encryption.oid();
    Scheme scheme = SCHEMES.get(oid);
    if (scheme == null) {
      throw new NoSuchAlgorithmException("its cipher " + oid + " is not supported");
    }
    Cipher cipher = jca.cipher(scheme.algorithm() + "/CBC/PKCS5Padding");
    byte[] iv = encryption.octets();
    if (iv.length != cipher.getBlockSize()) {
      throw new DerException("the cipher starts with " + iv.length + " bytes");
    }
    byte[] key =
        switch (kdf) {
          case Pbkdf2.OID ->
              new Pbkdf2(jca)
                  .derive(derivation.enter(DerReader.SEQUENCE), scheme.keySize(), password);
          case Scrypt.OID ->
              new Scrypt(jca)
                  .derive(derivation.enter(DerReader.SEQUENCE), scheme.keySize(), password);
          default ->
              throw new NoSuchAlgorithmException("its key derivation " + kdf + " is not supported");
        };
    if (key.length != scheme.keySize()) {
      throw new DerException("the key derivation says another length than the cipher needs");
    }
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, scheme.algorithm()), new IvParameterSpec(iv));
    Arrays.fill(key, (byte) 0);
    return cipher.doFinal(encrypted);
  }
}
