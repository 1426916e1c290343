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
  byte[] decrypt(DerReader algorithm, byte[] encrypted, char[] passphrase)
      throws DerException, GeneralSecurityException {
    String oid = algorithm.oid();
    if (oid.equals(Pbes2.OID)) {
      return new Pbes2(jca).decrypt(algorithm.enter(DerReader.SEQUENCE), encrypted, passphrase);
    }
    if (Pbes1.knows(oid)) {
      return new Pbes1(jca)
          .decrypt(oid, algorithm.enter(DerReader.SEQUENCE), encrypted, passphrase);
    }
    throw new NoSuchAlgorithmException(
        "its encryption " + oid + " is not supported; convert it with openssl pkcs8 -topk8");
  }
}
