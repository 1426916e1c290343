package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Identity;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of other providers. BC-JSSE tells Ed25519 and Ed448 by the algorithm of a key and of its
 * certificate, which it calls by their names and the JDK calls EdDSA.
 */
final class ForeignKeys {
  private static final String JDK_EDWARDS = "EdDSA";

  private final Provider crypto;

  ForeignKeys(Provider crypto) {
    this.crypto = crypto;
  }

  /** The same identity with a key and certificates that BC-JSSE knows. */
  Identity known(Identity identity) {
    PrivateKey key = identity.key();
    byte[] encoded = key.getEncoded();
    if (!key.getAlgorithm().equals(JDK_EDWARDS) || encoded == null) {
      return identity;
    }
    try {
      PrivateKey known =
          KeyFactory.getInstance(JDK_EDWARDS, crypto)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      CertificateFactory certificates = CertificateFactory.getInstance("X.509", crypto);
      List<X509Certificate> chain = new ArrayList<>();
      for (X509Certificate certificate : identity.chain()) {
        InputStream der = new ByteArrayInputStream(certificate.getEncoded());
        chain.add((X509Certificate) certificates.generateCertificate(der));
      }
      return new Identity(known, chain);
    } catch (GeneralSecurityException unknown) {
      return identity; // the engine says why it cannot use it
    }
  }
}
