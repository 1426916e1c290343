package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.EncryptedKeyMaker;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Damaged credentials are read, or refused with one of a few codes; nothing else is thrown. */
class DamageProperties {
  private static final JcaServices JCA = JcaServices.jdk();
  private static final Optional<Secret> PASSPHRASE = Optional.of(Secret.of("sesame"));
  private static final Made CA = authority("CN=ca").make();
  private static final Made LEAF = leaf("CN=l").issuer(CA).keyUsage(0).hosts("a.example").make();

  private static final Set<ErrorCode> CODES =
      Set.of(
          ErrorCode.ERR_OSSL_PEM_BAD_DATA,
          ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          ErrorCode.ERR_OSSL_BAD_DECRYPT,
          ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH);

  /** Something that reads a credential. */
  interface Reading {
    void read(byte[] bytes);
  }

  /**
   * Bytes and who reads them.
   *
   * @param name for reports
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Subject(String name, byte[] bytes, Reading reading) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Subject> SUBJECTS = subjects();

  private static List<Subject> subjects() {
    try {
      CertificateReader certificates = new CertificateReader(JCA);
      PfxReader pfx = new PfxReader(JCA);
      return List.of(
          key("PRIVATE KEY", Keys.rsa(2048, "damage").getPrivate().getEncoded()),
          key("PRIVATE KEY", Keys.ec("damage").getPrivate().getEncoded()),
          key("PRIVATE KEY", Keys.ed25519("damage").getPrivate().getEncoded()),
          key(
              "ENCRYPTED PRIVATE KEY",
              EncryptedKeyMaker.pbes2(Keys.ec("damage").getPrivate(), "sesame")),
          key("EC PRIVATE KEY", Keys.ec("damage").getPrivate().getEncoded()),
          new Subject(
              "certificate",
              LEAF.certificate().getEncoded(),
              bytes ->
                  certificates.certificates(
                      "cert", Pem.of(CertificateMaker.pem("CERTIFICATE", bytes)))),
          new Subject(
              "revocation list",
              CrlMaker.by(CA).revoke(LEAF).make().getEncoded(),
              bytes -> certificates.crls("crl", Pem.of(CertificateMaker.pem("X509 CRL", bytes)))),
          new Subject(
              "key in DER",
              Keys.ec("damage").getPrivate().getEncoded(),
              bytes -> new PrivateKeyReader(JCA, PASSPHRASE).read("key", Pem.of(bytes))),
          new Subject(
              "trusted certificate",
              LEAF.certificate().getEncoded(),
              bytes ->
                  certificates.certificates(
                      "ca", Pem.of(CertificateMaker.pem("TRUSTED CERTIFICATE", bytes)))),
          new Subject(
              "pfx without protection", open(), bytes -> pfx.read(Pem.of(bytes), PASSPHRASE)),
          new Subject("pfx", pfx(), bytes -> pfx.read(Pem.of(bytes), PASSPHRASE)));
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Subject key(String label, byte[] der) {
    PrivateKeyReader keys = new PrivateKeyReader(JCA, PASSPHRASE);
    return new Subject(
        label, der, bytes -> keys.read("key", Pem.of(CertificateMaker.pem(label, bytes))));
  }

  /** A PFX with a key and a certificate, neither encrypted, and no integrity code. */
  private static byte[] open() throws Exception {
    byte[] key = bag("1.2.840.113549.1.12.10.1.1", LEAF.keys().getPrivate().getEncoded());
    byte[] certificate =
        bag(
            "1.2.840.113549.1.12.10.1.3",
            Der.sequence(
                Der.oid("1.2.840.113549.1.9.22.1"),
                Der.tagged(0xa0, Der.octets(LEAF.certificate().getEncoded()))));
    return Der.sequence(Der.integer(3), data(Der.sequence(data(Der.sequence(key, certificate)))));
  }

  private static byte[] bag(String kind, byte[] value) {
    return Der.sequence(Der.oid(kind), Der.tagged(0xa0, value));
  }

  private static byte[] data(byte[] content) {
    return Der.sequence(Der.oid("1.2.840.113549.1.7.1"), Der.tagged(0xa0, Der.octets(content)));
  }

  private static byte[] pfx() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {LEAF.certificate(), CA.certificate()};
    store.setKeyEntry("l", LEAF.keys().getPrivate(), "sesame".toCharArray(), chain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, "sesame".toCharArray());
    return out.toByteArray();
  }

  @Provide
  Arbitrary<Subject> subject() {
    return Arbitraries.of(SUBJECTS);
  }

  @Provide
  Arbitrary<List<Integer>> damage() {
    return Arbitraries.integers().between(0, 0xffffff).list().ofMinSize(1).ofMaxSize(4);
  }

  private static void read(Subject subject, byte[] bytes) {
    try {
      subject.reading().read(bytes);
    } catch (ConfigurationException refused) {
      String message = String.valueOf(refused.getMessage());
      assertTrue(CODES.contains(refused.code()), refused.code() + " " + message);
      assertFalse(message.contains("java."), message);
      assertFalse(message.endsWith("null"), message);
    }
  }

  @Property(tries = 1)
  void whatIsNotDamagedIsRead() {
    for (Subject subject : SUBJECTS) {
      if (!subject.name().equals("EC PRIVATE KEY")) { // this one is PKCS#8 under a wrong label
        subject.reading().read(subject.bytes());
      }
    }
  }

  @Property(tries = 1500)
  void bytesThatWereChangedAreReadOrRefused(
      @ForAll("subject") Subject subject, @ForAll("damage") List<Integer> damage) {
    byte[] bytes = subject.bytes().clone();
    for (int where : damage) {
      bytes[(where >> 8) % bytes.length] = (byte) where;
    }
    read(subject, bytes);
  }

  @Property(tries = 500)
  void bytesThatAreMissingAreReadOrRefused(
      @ForAll("subject") Subject subject, @ForAll("damage") List<Integer> damage) {
    read(subject, java.util.Arrays.copyOf(subject.bytes(), damage.get(0) % subject.bytes().length));
  }

  @Property(tries = 500)
  void anyBytesAreReadOrRefused(@ForAll("subject") Subject subject, @ForAll byte[] bytes) {
    read(subject, bytes);
  }
}
