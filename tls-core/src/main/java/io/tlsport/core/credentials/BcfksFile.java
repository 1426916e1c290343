package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.BadPaddingException;

/**
 * Bouncy Castle's own key store, BCFKS, whose every part a FIPS module approves. It is read by the
 * provider's own cryptography, where that has it.
 *
 * @param keys those that the passphrase opens
 * @param certificates of their chains, and of authorities
 */
record BcfksFile(List<PrivateKey> keys, List<X509Certificate> certificates) {
  static final String TYPE = "BCFKS";

  /** It begins with another sequence where PKCS#12 has its version. */
  static boolean isOne(byte[] file) {
    try {
      return new DerReader(file).enter(DerReader.SEQUENCE).peek() == DerReader.SEQUENCE;
    } catch (DerException malformed) {
      return false;
    }
  }

  /**
   * Opens a file.
   *
   * @throws BadPaddingException if the passphrase is wrong, or the file damaged, which looks alike
   * @throws GeneralSecurityException if the provider has no such key store
   */
  static BcfksFile open(JcaServices jca, byte[] file, Password password)
      throws GeneralSecurityException {
    KeyStore store = store(jca);
    try {
      store.load(new ByteArrayInputStream(file), password.chars());
    } catch (IOException doesNotFit) {
      throw (BadPaddingException)
          new BadPaddingException(Source.reason(doesNotFit)).initCause(doesNotFit);
    }
    List<PrivateKey> keys = new ArrayList<>();
    Set<X509Certificate> certificates = new LinkedHashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password.chars()) instanceof PrivateKey key) {
        keys.add(key);
        add(certificates, store.getCertificateChain(alias));
      } else {
        add(certificates, store.getCertificate(alias));
      }
    }
    return new BcfksFile(List.copyOf(keys), List.copyOf(certificates));
  }

  private static KeyStore store(JcaServices jca) throws GeneralSecurityException {
    try {
      return jca.keyStore(TYPE);
    } catch (GeneralSecurityException absent) {
      throw new KeyStoreException(
          "only Bouncy Castle reads "
              + TYPE
              + ": use bcjsse or bctls, or write it as PKCS12-PBMAC1, which every provider reads",
          absent);
    }
  }

  private static void add(Set<X509Certificate> all, Certificate... some) {
    for (Certificate each : some) {
      if (each instanceof X509Certificate certificate) {
        all.add(certificate);
      }
    }
  }
}
