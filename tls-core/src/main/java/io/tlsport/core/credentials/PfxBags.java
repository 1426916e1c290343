package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.BerReader;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.BadPaddingException;

/**
 * What is in a PKCS#12 file, opened: every key and every certificate, as DER. Key stores of the JDK
 * show no key that is not encrypted, and only certificates that belong to a key's chain or that
 * Java has marked; OpenSSL means all of them.
 */
final class PfxBags {
  private static final String DATA = "1.2.840.113549.1.7.1";
  private static final String ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
  private static final String KEY = "1.2.840.113549.1.12.10.1.1";
  private static final String ENCRYPTED_KEY = "1.2.840.113549.1.12.10.1.2";
  private static final String CERTIFICATE = "1.2.840.113549.1.12.10.1.3";
  private static final String NESTED = "1.2.840.113549.1.12.10.1.6";
  private static final String X509 = "1.2.840.113549.1.9.22.1";
  private static final int EXPLICIT = 0xa0;
  private static final int ENCRYPTED_CONTENT = 0x80;
  private static final int MOST_DEEP = 8;

  private final PasswordEncryption encryption;
  private final Password password;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> certificates = new ArrayList<>();

  private PfxBags(JcaServices jca, Password password) {
    this.encryption = new PasswordEncryption(jca);
    this.password = password;
  }

  /**
   * Opens a file with the password that fits.
   *
   * @throws BadPaddingException if none of them fits
   * @throws DerException if it is no such file, or damaged
   * @throws GeneralSecurityException if it is protected in a way that is not known
   */
  static PfxBags open(JcaServices jca, byte[] pfx, List<Password> passwords)
      throws DerException, GeneralSecurityException {
    DerReader file = new DerReader(BerReader.toDer(pfx)).enter(DerReader.SEQUENCE);
    file.integer();
    DerReader content = file.enter(DerReader.SEQUENCE);
    if (!content.oid().equals(DATA)) {
      throw new DerException("its contents are signed");
    }
    byte[] safes = content.enter(EXPLICIT).octets();
    Optional<byte[]> mac = file.isEmpty() ? Optional.empty() : Optional.of(file.raw());
    BadPaddingException wrong = new BadPaddingException("the integrity code does not fit");
    for (Password password : passwords) {
      if (mac.isPresent()
          && !new PfxMac(jca)
              .fits(new DerReader(mac.get()).enter(DerReader.SEQUENCE), safes, password)) {
        continue;
      }
      try {
        PfxBags bags = new PfxBags(jca, password);
        bags.safes(safes);
        return bags;
      } catch (BadPaddingException another) {
        wrong = another;
      }
    }
    throw wrong;
  }

  /** PKCS#8, decrypted. */
  List<byte[]> keys() {
    return keys;
  }

  /** X.509, in the file's order. */
  List<byte[]> certificates() {
    return certificates;
  }

  private void safes(byte[] contents) throws DerException, GeneralSecurityException {
    DerReader safes = new DerReader(BerReader.toDer(contents)).enter(DerReader.SEQUENCE);
    while (!safes.isEmpty()) {
      safe(safes.enter(DerReader.SEQUENCE));
    }
  }

  private void safe(DerReader content) throws DerException, GeneralSecurityException {
    switch (content.oid()) {
      case DATA -> bags(content.enter(EXPLICIT).octets(), 0);
      case ENCRYPTED_DATA -> {
        DerReader data = content.enter(EXPLICIT).enter(DerReader.SEQUENCE);
        data.integer();
        DerReader encrypted = data.enter(DerReader.SEQUENCE);
        encrypted.oid();
        DerReader algorithm = encrypted.enter(DerReader.SEQUENCE);
        bags(decrypted(algorithm, ciphertext(encrypted)), 0);
      }
      default -> throw new DerException("a part of it is encrypted for a key");
    }
  }

  /** BER may hold it in pieces. */
  private static byte[] ciphertext(DerReader encrypted) throws DerException {
    if (encrypted.peek() != EXPLICIT) {
      return encrypted.enter(ENCRYPTED_CONTENT).rest();
    }
    DerReader pieces = encrypted.next();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!pieces.isEmpty()) {
      all.writeBytes(pieces.octets());
    }
    return all.toByteArray();
  }

  private byte[] decrypted(DerReader algorithm, byte[] encrypted)
      throws DerException, GeneralSecurityException {
    byte[] plain = encryption.decrypt(algorithm, encrypted, password);
    try {
      return BerReader.toDer(plain);
    } catch (DerException random) { // a wrong password gives a valid padding now and then
      throw new BadPaddingException("what was encrypted cannot be read");
    }
  }

  private void bags(byte[] safe, int depth) throws DerException, GeneralSecurityException {
    bags(new DerReader(BerReader.toDer(safe)).enter(DerReader.SEQUENCE), depth);
  }

  private void bags(DerReader bags, int depth) throws DerException, GeneralSecurityException {
    if (depth > MOST_DEEP) {
      throw new DerException("its contents are nested too deep");
    }
    while (!bags.isEmpty()) {
      DerReader bag = bags.enter(DerReader.SEQUENCE);
      String kind = bag.oid();
      DerReader value = bag.enter(EXPLICIT);
      switch (kind) {
        case KEY -> keys.add(value.raw());
        case ENCRYPTED_KEY -> {
          DerReader info = value.enter(DerReader.SEQUENCE);
          DerReader algorithm = info.enter(DerReader.SEQUENCE);
          keys.add(decrypted(algorithm, info.octets()));
        }
        case CERTIFICATE -> {
          DerReader certificate = value.enter(DerReader.SEQUENCE);
          if (certificate.oid().equals(X509)) {
            certificates.add(certificate.enter(EXPLICIT).octets());
          }
        }
        case NESTED -> bags(value.enter(DerReader.SEQUENCE), depth + 1);
        default -> {
          // Revocation lists and secrets are nobody's identity.
        }
      }
    }
  }
}
