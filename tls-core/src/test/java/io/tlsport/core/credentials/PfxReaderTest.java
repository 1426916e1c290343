package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.credentials.PfxReader.Pfx;
import io.tlsport.core.fixtures.Ber;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.testpki.OpenSsl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PfxReaderTest {
  private static final JcaServices JCA = JcaServices.jdk();
  private static final String LEGACY = "-legacy -provider legacy -provider default";

  @TempDir private Path directory;

  private final Made root = authority("CN=Root").make();
  private final Made middle = authority("CN=Middle").issuer(root).make();
  private final Made server = leaf("CN=server").issuer(middle).make();
  private final Made clients = authority("CN=Clients").make();

  @BeforeAll
  static void saysWhoWritesTheFiles(TestReporter reporter) {
    reporter.publishEntry("PFX files are written by", OpenSsl.description());
  }

  private Pem written(String passphrase, String options) throws Exception {
    return OpenSsl.present()
        ? Pem.of(byOpenSsl(server, passphrase, options))
        : Pem.of(byTheJdk(passphrase));
  }

  private byte[] byOpenSsl(Made identity, String passphrase, String options) throws IOException {
    Files.writeString(directory.resolve("cert.pem"), identity.pem());
    Files.writeString(directory.resolve("key.pem"), identity.keyPem());
    Files.writeString(directory.resolve("ca.pem"), middle.pem() + root.pem() + clients.pem());
    Files.writeString(directory.resolve("passphrase"), passphrase + "\n");
    String command =
        "pkcs12 -export -in cert.pem -inkey key.pem -certfile ca.pem -out out.pfx"
            + " -passout file:passphrase "
            + options;
    OpenSsl.run(directory, command.trim().split(" +", -1));
    return Files.readAllBytes(directory.resolve("out.pfx"));
  }

  private byte[] byTheJdk(String passphrase) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] chars = passphrase.toCharArray();
    Certificate[] chain = {server.certificate(), middle.certificate(), root.certificate()};
    store.setKeyEntry("identity", server.keys().getPrivate(), chars, chain);
    store.setCertificateEntry("clients", clients.certificate());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, chars);
    return out.toByteArray();
  }

  private static Pfx read(Pem pem, String passphrase) {
    return new PfxReader(JCA).read(pem, Optional.of(Secret.of(passphrase)));
  }

  private void assertComplete(Pfx pfx) {
    assertEquals(1, pfx.identities().size());
    Identity identity = pfx.identities().get(0);
    assertEquals(server.certificate(), identity.certificate());
    assertTrue(new KeyPairCheck(JCA).belong(identity.key(), server.keys().getPublic()));
    assertEquals(
        List.of(server.certificate(), middle.certificate(), root.certificate()), identity.chain());
    assertEquals(
        Set.of(middle.certificate(), root.certificate(), clients.certificate()),
        Set.copyOf(pfx.authorities()));
  }

  static List<String> options() {
    return OpenSsl.present()
        ? List.of(
            "",
            LEGACY,
            "-keypbe AES-128-CBC -certpbe AES-128-CBC",
            "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1",
            "-certpbe NONE",
            "-keypbe NONE",
            "-keypbe NONE -certpbe NONE",
            "-keypbe NONE -certpbe PBE-SHA1-RC2-40 -provider legacy -provider default",
            "-macalg sha384",
            "-name server -caname middle",
            "-macalg sha512",
            "-iter 1")
        : List.of("");
  }

  @ParameterizedTest
  @MethodSource("options")
  void readsKeyChainAndAuthorities(String options) throws Exception {
    assertComplete(read(written("sesame", options), "sesame"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void refusesAWrongPassphrase(String options) throws Exception {
    Pem pem = written("sesame", options);
    assertRefused(
        ErrorCode.ERR_OSSL_BAD_DECRYPT, () -> read(pem, "another"), "pfx (bytes)", "passphrase");
  }

  @ParameterizedTest
  @MethodSource("options")
  void asksForAMissingPassphrase(String options) throws Exception {
    Pem pem = written("sesame", options);
    assertRefused(
        ErrorCode.ERR_MISSING_PASSPHRASE,
        () -> new PfxReader(JCA).read(pem, Optional.empty()),
        "pfx (bytes)",
        "set passphrase");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", LEGACY})
  void readsAFileWithAnEmptyPassphraseWithoutOne(String options) throws Exception {
    Pem pem = written("", OpenSsl.present() ? options : "");
    assertComplete(new PfxReader(JCA).read(pem, Optional.empty()));
    assertComplete(read(pem, ""));
  }

  /** The JCA's own derivation for these schemes takes ASCII only. */
  @ParameterizedTest
  @ValueSource(strings = {"", LEGACY})
  void readsPassphrasesBeyondAscii(String options) throws Exception {
    String passphrase = "gr\u00fc\u00dfe";
    assertComplete(read(written(passphrase, OpenSsl.present() ? options : ""), passphrase));
  }

  @Test
  void readsAFileThatIsNotProtectedAtAll() throws Exception {
    Pem pem = written("sesame", "-keypbe NONE -certpbe NONE -nomac");
    assertComplete(
        OpenSsl.present() ? new PfxReader(JCA).read(pem, Optional.empty()) : read(pem, "sesame"));
  }

  @Test
  void prefersTheFilesOwnPassphrase() throws Exception {
    assertComplete(read(written("sesame", "").withPassphrase("sesame"), "the shared one"));
  }

  /** As Windows and Bouncy Castle may write it: lengths indefinite, OCTET STRINGs in pieces. */
  @Test
  void readsAFileInBer() throws Exception {
    byte[] der = written("sesame", "").bytes();
    byte[] ber = Ber.of(der);
    assertFalse(Arrays.equals(der, ber));
    assertComplete(read(Pem.of(ber), "sesame"));
  }

  @Test
  void readsSeveralFiles() throws Exception {
    Made rsa = CertificateMaker.of("CN=rsa", Keys.rsa(2048, "pfx")).issuer(middle).make();
    Pem second =
        OpenSsl.present() ? Pem.of(byOpenSsl(rsa, "other", "")) : Pem.of(byTheJdk("other"));
    SecureContextOptions options =
        SecureContextOptions.builder()
            .pfx(written("sesame", ""))
            .pfx(second.withPassphrase("other"))
            .passphrase("sesame")
            .build();
    KeyMaterial keys = KeyMaterial.load(options, JCA);
    assertEquals(
        List.of(server.certificate(), OpenSsl.present() ? rsa.certificate() : server.certificate()),
        keys.identities().stream().map(Identity::certificate).toList());
    assertEquals(
        Set.of(middle.certificate(), root.certificate(), clients.certificate()),
        Set.copyOf(keys.authorities()));
  }

  /** Without an integrity code, only the decryption can tell. */
  @Test
  void readsAFileWithoutIntegrityCode() throws Exception {
    Pem pem = written("sesame", "-nomac");
    assertComplete(read(pem, "sesame"));
    assertRefused(
        ErrorCode.ERR_OSSL_BAD_DECRYPT, () -> read(pem, "another"), "pfx (bytes)", "passphrase");
  }

  @Test
  void readsKeysOfEveryKind() throws Exception {
    for (Made identity :
        List.of(
            CertificateMaker.of("CN=rsa", Keys.rsa(2048, "pfx")).issuer(middle).make(),
            CertificateMaker.of("CN=ed", Keys.ed25519("pfx")).issuer(middle).make())) {
      Pem pem =
          OpenSsl.present()
              ? Pem.of(byOpenSsl(identity, "sesame", ""))
              : Pem.of(byTheJdk("sesame"));
      X509Certificate found = read(pem, "sesame").identities().get(0).certificate();
      assertEquals(OpenSsl.present() ? identity.certificate() : server.certificate(), found);
    }
  }

  @Test
  void readsWhatTheJdkWrites() throws Exception {
    assertComplete(read(Pem.of(byTheJdk("sesame")), "sesame"));
  }

  @Test
  void servesAsIdentityAndAsTrust() throws Exception {
    SecureContextOptions options =
        SecureContextOptions.builder().pfx(written("sesame", "")).passphrase("sesame").ca().build();
    KeyMaterial keys = KeyMaterial.load(options, JCA);
    assertEquals(1, keys.identities().size());
    assertEquals(
        Set.of(middle.certificate(), root.certificate(), clients.certificate()),
        Set.copyOf(
            TrustMaterial.load(
                    options,
                    keys.authorities(),
                    JCA,
                    RootStores.load(JCA, Optional.empty(), List.of(), false))
                .certificates()));
  }

  @Test
  void refusesAFileWithoutAKey() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("clients", clients.certificate());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, "sesame".toCharArray());
    assertRefused(
        ErrorCode.ERR_OSSL_UNSUPPORTED,
        () -> read(Pem.of(out.toByteArray()), "sesame"),
        "pfx (bytes)",
        "no private key",
        "ca");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "junk", "0", "0\0", "-----BEGIN CERTIFICATE-----"})
  void refusesWhatIsNoFileOfThatKind(String junk) {
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        () -> read(Pem.of(junk), "sesame"),
        "pfx (text)",
        "no PKCS#12 or BCFKS file");
  }
}
