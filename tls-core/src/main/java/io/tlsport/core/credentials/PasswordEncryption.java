package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;

/** What is encrypted under a passphrase, in PKCS#8 and in PKCS#12. */
final class PasswordEncryption {
  private final JcaServices jca;

  PasswordEncryption(JcaServices jca) {
    this.jca = jca;
  }

  /**
   * Decrypts.
   *
   * @param algorithm the content of an AlgorithmIdentifier
   * @throws javax.crypto.BadPaddingException if the passphrase is wrong, most of the time
   * @throws NoSuchAlgorithmException for a scheme that is not known, or not allowed by the provider
   */
  byte[] decrypt(DerReader algorithm, byte[] encrypted, Password password)
      throws DerException, GeneralSecurityException {
    String oid = algorithm.oid();
    if (oid.equals(Pbes2.OID)) {
      return new Pbes2(jca).decrypt(algorithm.enter(DerReader.SEQUENCE), encrypted, password);
    }
    if (Pbes1.knows(oid)) {
      return new Pbes1(jca).decrypt(oid, algorithm.enter(DerReader.SEQUENCE), encrypted, password);
    }
    throw new NoSuchAlgorithmException(
        "its encryption " + oid + " is not supported; convert it with openssl pkcs8 -topk8");
  }

  /** How EncryptedPrivateKeyInfo is encrypted, for messages. */
  static String described(byte[] der) {
    try {
      DerReader algorithm = new DerReader(der).enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
      String oid = algorithm.oid();
      return oid.equals(Pbes2.OID)
          ? Pbes2.described(algorithm.enter(DerReader.SEQUENCE))
          : Pbes1.named(oid);
    } catch (DerException malformed) {
      return "what cannot be read";
    }
  }
}
