package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Every certificate of a PKCS#12 file, as DER. Key stores of the JDK show only those that belong to
 * a key's chain, or that Java itself has marked as trusted; OpenSSL means all of them.
 */
final class PfxCertificates {
  private static final String DATA = "1.2.840.113549.1.7.1";
  private static final String ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
  private static final String CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
  private static final String X509 = "1.2.840.113549.1.9.22.1";
  private static final int EXPLICIT = 0xa0;
  private static final int ENCRYPTED_CONTENT = 0x80;

  private final PasswordEncryption encryption;
  private final char[] passphrase;
  private final List<byte[]> found = new ArrayList<>();

  private PfxCertificates(JcaServices jca, char[] passphrase) {
    this.encryption = new PasswordEncryption(jca);
    this.passphrase = passphrase;
  }

  /**
   * The certificates in the file's order.
   *
   * @throws DerException if it is written in BER, or damaged
   * @throws GeneralSecurityException if it is encrypted in a way that is not known here
   */
  static List<byte[]> read(JcaServices jca, byte[] pfx, char[] passphrase)
      throws DerException, GeneralSecurityException {
    PfxCertificates reader = new PfxCertificates(jca, passphrase);
    DerReader file = new DerReader(pfx).enter(DerReader.SEQUENCE);
    file.integer();
    DerReader content = file.enter(DerReader.SEQUENCE);
    if (!content.oid().equals(DATA)) {
      throw new DerException("its contents are signed");
    }
    DerReader safes = new DerReader(content.enter(EXPLICIT).octets()).enter(DerReader.SEQUENCE);
    while (!safes.isEmpty()) {
      reader.safe(safes.enter(DerReader.SEQUENCE));
    }
    return reader.found;
  }

  private void safe(DerReader content) throws DerException, GeneralSecurityException {
    switch (content.oid()) {
      case DATA -> bags(content.enter(EXPLICIT).octets());
      case ENCRYPTED_DATA -> {
        DerReader data = content.enter(EXPLICIT).enter(DerReader.SEQUENCE);
        data.integer();
        DerReader encrypted = data.enter(DerReader.SEQUENCE);
        encrypted.oid();
        DerReader algorithm = encrypted.enter(DerReader.SEQUENCE);
        byte[] bytes = encrypted.enter(ENCRYPTED_CONTENT).rest();
        bags(encryption.decrypt(algorithm, bytes, passphrase));
      }
      default -> throw new DerException("a part of it is encrypted for a key");
    }
  }

  private void bags(byte[] safe) throws DerException {
    DerReader bags = new DerReader(safe).enter(DerReader.SEQUENCE);
    while (!bags.isEmpty()) {
      DerReader bag = bags.enter(DerReader.SEQUENCE);
      if (bag.oid().equals(CERTIFICATE_BAG)) {
        DerReader certificate = bag.enter(EXPLICIT).enter(DerReader.SEQUENCE);
        if (certificate.oid().equals(X509)) {
          found.add(certificate.enter(EXPLICIT).octets());
        }
      }
    }
  }
}
