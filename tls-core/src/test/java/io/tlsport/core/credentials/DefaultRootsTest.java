package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.spi.JcaServices;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM's roots as a FIPS module gets them; here SUN stands in for one. */
class DefaultRootsTest {
  private static final JcaServices MODULE =
      JcaServices.ofModule(Security.getProvider("SUN"), new SecureRandom());

  private final List<Made> made = List.of(authority("CN=one").make(), authority("CN=two").make());

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("cacerts");
  }

  private void write() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    for (Made each : made) {
      store.setCertificateEntry(
          each.certificate().getSubjectX500Principal().getName(), each.certificate());
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
  }

  /** PKCS#12 without encryption and integrity code, by a JVM of its own that is told so. */
  private void writeAsNewerJavaHasIt() throws IOException, GeneralSecurityException {
    for (Made each : made) {
      Path certificate = folder.resolve("one.crt");
      Files.write(certificate, each.certificate().getEncoded());
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-J-Dkeystore.pkcs12.macAlgorithm=NONE",
                  "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE",
                  "-importcert",
                  "-noprompt",
                  "-alias",
                  each.certificate().getSubjectX500Principal().getName(),
                  "-file",
                  certificate.toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  "changeit",
                  "-keystore",
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, keytool.onExit().join().exitValue(), said);
    }
  }

  private Set<X509Certificate> read() {
    return Set.copyOf(DefaultRoots.read(MODULE, file));
  }

  @Test
  void areThoseThatTheJdkReads() {
    List<X509Certificate> ofJdk = DefaultRoots.read(JcaServices.jdk());
    assertTrue(ofJdk.size() > 1, "this JVM has roots");
    assertEquals(Set.copyOf(ofJdk), Set.copyOf(DefaultRoots.read(MODULE)));
  }

  @Test
  void areReadFromBothFormsOfTheFile() throws IOException, GeneralSecurityException {
    Set<X509Certificate> both = Set.of(made.get(0).certificate(), made.get(1).certificate());
    write();
    assertEquals(both, read());
    Files.delete(file);
    writeAsNewerJavaHasIt();
    assertEquals(both, read());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 11, 12, 30, 200, 400})
  void areNoneInAFileThatIsCutOff(int length) throws IOException, GeneralSecurityException {
    write();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    assertEquals(Set.of(), read());
  }

  @Test
  void areNoneWithoutAFile() {
    assertEquals(Set.of(), read());
  }
}
