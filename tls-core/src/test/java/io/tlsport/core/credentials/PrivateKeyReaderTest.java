package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.JcaServices;
import io.tlsport.testpki.OpenSsl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyReaderTest {
  private static final JcaServices JCA = JcaServices.jdk();
  private static final String PASSPHRASE = "gr\u00fc\u00dfe, world";
  private static final String LEGACY = " -provider legacy -provider default";
  private static final KeyPair RSA = Keys.rsa(2048, "form");
  private static final KeyPair EC = Keys.ec("form");
  private static final KeyPair P384 = Keys.ec("secp384r1", "form");
  private static final KeyPair ED25519 = Keys.ed25519("form");

  @TempDir private Path directory;

  @BeforeAll
  static void saysWhoWritesTheKeys(TestReporter reporter) {
    reporter.publishEntry("keys are written by", OpenSsl.description());
  }

  /**
   * A way to write a key.
   *
   * @param command of openssl; empty: as the JDK writes it
   * @param label of the block that comes out; empty: DER
   */
  record Form(KeyPair keys, String command, String label, boolean encrypted) {
    @Override
    public String toString() {
      return keys.getPublic().getAlgorithm() + " " + (command.isEmpty() ? "as it is" : command);
    }
  }

  static Stream<Form> forms() {
    Stream<Form> plain =
        Stream.of(RSA, EC, P384, ED25519).map(keys -> new Form(keys, "", "PRIVATE KEY", false));
    return OpenSsl.present() ? Stream.concat(plain, ofOpenSsl()) : plain;
  }

  static Stream<Form> encryptedForms() {
    return forms().filter(form -> form.encrypted() || !OpenSsl.present());
  }

  private static Stream<Form> ofOpenSsl() {
    String pkcs8 = "ENCRYPTED PRIVATE KEY";
    String pkcs1 = "RSA PRIVATE KEY";
    String sec1 = "EC PRIVATE KEY";
    return Stream.of(
        new Form(RSA, "pkey", "PRIVATE KEY", false),
        new Form(RSA, "rsa -traditional", pkcs1, false),
        new Form(RSA, "rsa -traditional -aes128", pkcs1, true),
        new Form(RSA, "rsa -traditional -aes192", pkcs1, true),
        new Form(RSA, "rsa -traditional -aes256", pkcs1, true),
        new Form(RSA, "rsa -traditional -des3", pkcs1, true),
        new Form(RSA, "rsa -traditional -des" + LEGACY, pkcs1, true),
        new Form(RSA, "pkcs8 -topk8 -v2 aes-128-cbc", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -v2 aes-192-cbc", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -v2 aes-256-cbc", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -v2 des3", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -v2prf hmacWithSHA1", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -v2prf hmacWithSHA512", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -iter 1", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -scrypt", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -scrypt -scrypt_N 1024 -scrypt_r 4 -scrypt_p 3", pkcs8, true),
        new Form(RSA, "pkcs8 -topk8 -v2 des" + LEGACY, pkcs8, true),
        new Form(RSA, "pkey -outform DER", "", false),
        new Form(RSA, "rsa -traditional -outform DER", "", false),
        new Form(EC, "ec -outform DER", "", false),
        new Form(EC, "pkcs8 -topk8 -outform DER", "", true),
        new Form(ED25519, "pkcs8 -topk8 -nocrypt -outform DER", "", false),
        new Form(EC, "ec", sec1, false),
        new Form(EC, "ec -aes256", sec1, true),
        new Form(P384, "ec", sec1, false),
        new Form(EC, "pkcs8 -topk8", pkcs8, true),
        new Form(EC, "pkcs8 -topk8 -nocrypt", "PRIVATE KEY", false),
        new Form(ED25519, "pkey", "PRIVATE KEY", false),
        new Form(ED25519, "pkcs8 -topk8", pkcs8, true));
  }

  private Pem written(Form form) throws IOException {
    return written(form, PASSPHRASE);
  }

  private Pem written(Form form, String passphrase) throws IOException {
    Path in = directory.resolve("in.pem");
    String pem = CertificateMaker.pem("PRIVATE KEY", form.keys().getPrivate().getEncoded());
    Files.writeString(in, pem);
    if (form.command().isEmpty()) {
      return Pem.read(in);
    }
    // From a file, because the locale decides what arguments look like.
    Path secret = Files.writeString(directory.resolve("passphrase"), passphrase);
    Path out = directory.resolve("out.pem");
    String io = " -in in.pem -out out.pem -passout file:" + secret.getFileName();
    OpenSsl.run(directory, (form.command() + io).split(" ", -1));
    String text = Files.readString(out, StandardCharsets.ISO_8859_1);
    assertEquals(!form.label().isEmpty(), text.contains("-----BEGIN " + form.label()), text);
    return Pem.read(out);
  }

  private static List<PrivateKey> read(Pem pem, Optional<Secret> passphrase) {
    return new PrivateKeyReader(JCA, passphrase).read("key", pem);
  }

  private static void refuse(
      ErrorCode code, Pem pem, Optional<Secret> passphrase, String... words) {
    assertRefused(code, () -> read(pem, passphrase), words);
  }

  private static void refuse(ErrorCode code, String text, String... words) {
    refuse(code, Pem.of(text), Optional.of(Secret.of(PASSPHRASE)), words);
  }

  private static void assertReads(KeyPair expected, Pem pem, String passphrase) {
    List<PrivateKey> keys = read(pem, Optional.of(Secret.of(passphrase)));
    assertEquals(1, keys.size());
    assertTrue(new KeyPairCheck(JCA).belong(keys.get(0), expected.getPublic()));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsEveryFormOfAKey(Form form) throws IOException {
    assertReads(form.keys(), written(form), PASSPHRASE);
  }

  @ParameterizedTest
  @MethodSource("encryptedForms")
  void asksForAMissingPassphrase(Form form) throws IOException {
    Pem pem = written(form);
    if (form.encrypted()) {
      refuse(
          ErrorCode.ERR_MISSING_PASSPHRASE,
          pem,
          Optional.empty(),
          "key (" + pem.origin() + ")",
          form.label());
    } else {
      assertEquals(1, read(pem, Optional.empty()).size());
    }
  }

  @ParameterizedTest
  @MethodSource("encryptedForms")
  void refusesAWrongPassphrase(Form form) throws IOException {
    Pem pem = written(form);
    if (form.encrypted()) {
      refuse(
          ErrorCode.ERR_OSSL_BAD_DECRYPT,
          pem,
          Optional.of(Secret.of("another")),
          "key (" + pem.origin() + ")",
          form.label(),
          "passphrase");
    } else {
      assertReads(form.keys(), pem, "another");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PBE-SHA1-3DES",
        "PBE-SHA1-2DES",
        "PBE-SHA1-RC2-40",
        "PBE-SHA1-RC2-128",
        "PBE-SHA1-RC4-40",
        "PBE-SHA1-RC4-128",
        "PBE-MD5-DES",
        "PBE-SHA1-DES",
        "PBE-MD5-RC2-64",
        "PBE-SHA1-RC2-64"
      })
  void readsTheOldEncryptionOfPkcs8(String scheme) throws IOException {
    Form old = new Form(EC, "pkcs8 -topk8 -v1 " + scheme + LEGACY, "ENCRYPTED PRIVATE KEY", true);
    Form form = OpenSsl.present() ? old : new Form(EC, "", "PRIVATE KEY", false);
    Pem pem = written(form);
    assertReads(EC, pem, PASSPHRASE);
    if (form.encrypted()) {
      refuse(ErrorCode.ERR_OSSL_BAD_DECRYPT, pem, Optional.of(Secret.of("x")), scheme);
      refuse(ErrorCode.ERR_MISSING_PASSPHRASE, pem, Optional.empty(), scheme);
    }
  }

  /** Where the passphrase is asked for, the message says how the key is encrypted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pkcs8 -topk8 -v2 aes-192-cbc | PBES2 (PBKDF2, AES-192)",
        "pkcs8 -topk8 -v2 des3 | PBES2 (PBKDF2, DESede)",
        "pkcs8 -topk8 -scrypt | PBES2 (scrypt, AES-256)",
        "ec -aes256 | AES-256-CBC"
      })
  void saysHowAKeyIsEncrypted(String command, String how) throws IOException {
    Form form =
        OpenSsl.present()
            ? new Form(EC, command, "E", true)
            : new Form(EC, "", "PRIVATE KEY", false);
    Pem pem = written(form);
    if (form.encrypted()) {
      refuse(ErrorCode.ERR_MISSING_PASSPHRASE, pem, Optional.empty(), "in line 1", how);
      refuse(ErrorCode.ERR_OSSL_BAD_DECRYPT, pem, Optional.of(Secret.of("x")), "in line 1", how);
    } else {
      assertReads(EC, pem, PASSPHRASE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8 -topk8 -v2 camellia-256-cbc", "ec -camellia256"})
  void namesACipherThatTheProviderLacks(String command) throws IOException {
    Form form =
        OpenSsl.present()
            ? new Form(EC, command, "E", true)
            : new Form(EC, "", "PRIVATE KEY", false);
    Pem pem = written(form);
    if (form.encrypted()) {
      refuse(ErrorCode.ERR_OSSL_UNSUPPORTED, pem, Optional.of(Secret.of(PASSPHRASE)), "Camellia");
    } else {
      assertReads(EC, pem, PASSPHRASE);
    }
  }

  @Test
  void prefersTheKeysOwnPassphrase() throws IOException {
    Form form =
        OpenSsl.present()
            ? new Form(EC, "ec -aes256", "EC PRIVATE KEY", true)
            : new Form(EC, "", "PRIVATE KEY", false);
    Pem pem = written(form);
    assertReads(EC, pem.withPassphrase(PASSPHRASE), "the shared one");
    assertEquals(1, read(pem.withPassphrase(PASSPHRASE), Optional.empty()).size());
    if (form.encrypted()) {
      refuse(
          ErrorCode.ERR_OSSL_BAD_DECRYPT,
          pem.withPassphrase("its own"),
          Optional.of(Secret.of(PASSPHRASE)));
    }
  }

  @Test
  void refusesDerThatIsNoKey() {
    refuse(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        Pem.of(Der.sequence(Der.integer(0), Der.yes())),
        Optional.empty(),
        "key (bytes)",
        "PRIVATE KEY in DER is damaged");
  }

  /** One in 256 wrong passphrases gives a valid padding, which must not look like damage. */
  @Test
  void tellsEveryWrongPassphraseFromDamage() throws IOException {
    Form form =
        OpenSsl.present()
            ? new Form(ED25519, "pkcs8 -topk8 -iter 1", "ENCRYPTED PRIVATE KEY", true)
            : new Form(ED25519, "", "PRIVATE KEY", false);
    Pem pem = written(form);
    for (int i = 0; form.encrypted() && i < 1000; i++) {
      refuse(ErrorCode.ERR_OSSL_BAD_DECRYPT, pem, Optional.of(Secret.of("wrong " + i)));
    }
  }

  @Test
  void readsSeveralKeysAndPassesOverTheRest() {
    String text =
        "Bag Attributes\n    friendlyName: a\n"
            + CertificateMaker.pem("EC PARAMETERS", new byte[] {6, 0})
            + CertificateMaker.pem("PRIVATE KEY", EC.getPrivate().getEncoded())
            + CertificateMaker.leaf("CN=l").make().pem()
            + CertificateMaker.pem("PRIVATE KEY", RSA.getPrivate().getEncoded());
    List<PrivateKey> keys = read(Pem.of(text), Optional.empty());
    assertEquals(List.of("EC", "RSA"), keys.stream().map(PrivateKey::getAlgorithm).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "junk", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
  void saysWhereNoKeyIs(String text) {
    refuse(ErrorCode.ERR_OSSL_PEM_NO_START_LINE, text, "key (text)", "PRIVATE KEY");
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE KEY, AAAA",
    "PRIVATE KEY, MAA=",
    "RSA PRIVATE KEY, AAAA",
    "EC PRIVATE KEY, MAA=",
    "EC PRIVATE KEY, MAYCAQEEAQE=",
    "ENCRYPTED PRIVATE KEY, AAAA",
    "ENCRYPTED PRIVATE KEY, MAA=",
    "PRIVATE KEY, ''"
  })
  void saysWhichBlockIsDamaged(String label, String base64) {
    String text = "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    refuse(ErrorCode.ERR_OSSL_PEM_BAD_DATA, text, "key (text)", label, "damaged");
  }

  @Test
  void saysThatWhatIsInsideOfAKeyIsDamaged() {
    byte[] empty =
        Der.sequence(
            Der.integer(0),
            Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.none()),
            Der.octets(Der.sequence()));
    refuse(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        CertificateMaker.pem("PRIVATE KEY", empty),
        "key (text)",
        "PRIVATE KEY in line 1 is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "SM2 PRIVATE KEY"})
  void refusesKeysOfOtherKinds(String label) {
    refuse(
        ErrorCode.ERR_OSSL_UNSUPPORTED,
        CertificateMaker.pem(label, new byte[] {1}),
        "key (text)",
        label);
  }

  @Test
  void refusesAlgorithmsAndCurvesThatItLacks() {
    byte[] dsa = pkcs8(Der.oid("1.2.840.10040.4.1"), Der.none());
    refuse(
        ErrorCode.ERR_OSSL_UNSUPPORTED,
        CertificateMaker.pem("PRIVATE KEY", dsa),
        "DSA (1.2.840.10040.4.1)");
    byte[] curve = pkcs8(Der.oid("1.2.840.10045.2.1"), Der.oid("1.3.132.0.999"));
    refuse(
        ErrorCode.ERR_OSSL_UNSUPPORTED,
        CertificateMaker.pem("PRIVATE KEY", curve),
        "1.3.132.0.999");
    byte[] spelt = pkcs8(Der.oid("1.2.840.10045.2.1"), Der.sequence(Der.integer(1)));
    refuse(ErrorCode.ERR_OSSL_UNSUPPORTED, CertificateMaker.pem("PRIVATE KEY", spelt), "curve");
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] parameters) {
    return Der.sequence(
        Der.integer(0), Der.sequence(algorithm, parameters), Der.octets(Der.sequence()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAMELLIA-256-CBC,00112233445566778899AABBCCDDEEFF | ERR_OSSL_UNSUPPORTED",
        "AES-256-CBC,00 | ERR_OSSL_PEM_BAD_DATA",
        "AES-256-CBC,xyz | ERR_OSSL_PEM_BAD_DATA",
        "AES-256-CBC | ERR_OSSL_PEM_BAD_DATA",
        "'' | ERR_OSSL_UNSUPPORTED"
      })
  void refusesOtherTraditionalEncryption(String header, ErrorCode code) {
    String block =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
            + header
            + "\n\nAAAAAAAAAAAAAAAAAAAAAA==\n-----END RSA PRIVATE KEY-----\n";
    refuse(code, block, "key (text)", "RSA PRIVATE KEY");
  }

  @Test
  void refusesOtherEncryptionOfPkcs8ByItsNumber() {
    byte[] unknown = Der.sequence(Der.sequence(Der.oid("1.2.3.4")), Der.octets(new byte[16]));
    refuse(
        ErrorCode.ERR_OSSL_UNSUPPORTED,
        CertificateMaker.pem("ENCRYPTED PRIVATE KEY", unknown),
        "1.2.3.4",
        "openssl pkcs8 -topk8");
    refuse(
        ErrorCode.ERR_OSSL_UNSUPPORTED,
        CertificateMaker.pem("ENCRYPTED PRIVATE KEY", pbes2(Der.oid("1.2.3.5"), new byte[0])),
        "1.2.3.5");
  }

  private static byte[] pbes2(byte[] derivation, byte[] parameters) {
    byte[] cipher = Der.sequence(Der.oid("2.16.840.1.101.3.4.1.2"), Der.octets(new byte[16]));
    return Der.sequence(
        Der.sequence(
            Der.oid(Pbes2.OID), Der.sequence(Der.sequence(derivation, parameters), cipher)),
        Der.octets(new byte[16]));
  }

  /** A key of somebody else's making could keep a server busy for hours. */
  @Test
  void refusesAbsurdEffort() {
    byte[] pbkdf2 = Der.sequence(Der.octets(new byte[8]), Der.integer(Integer.MAX_VALUE));
    byte[] scrypt =
        Der.sequence(Der.octets(new byte[8]), Der.integer(1 << 30), Der.integer(8), Der.integer(1));
    for (byte[] pkcs8 :
        List.of(pbes2(Der.oid(Pbkdf2.OID), pbkdf2), pbes2(Der.oid(Scrypt.OID), scrypt))) {
      refuse(
          ErrorCode.ERR_OSSL_PEM_BAD_DATA,
          CertificateMaker.pem("ENCRYPTED PRIVATE KEY", pkcs8),
          "absurd");
    }
  }
}
