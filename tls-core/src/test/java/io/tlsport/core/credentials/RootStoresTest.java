package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.CaSource;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.spi.JcaServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootStoresTest {
  private static final JcaServices JCA = JcaServices.jdk();
  private static final Optional<List<Pem>> JVM = Optional.empty();

  private final Made one = authority("CN=one").make();
  private final Made two = authority("CN=two").make();
  private final Made three = authority("CN=three").make();

  private static List<Pem> pems(Made... made) {
    return List.of(made).stream().map(m -> Pem.of(m.certificate())).toList();
  }

  private static List<X509Certificate> certificates(Made... made) {
    return List.of(made).stream().map(Made::certificate).toList();
  }

  private static Path bundle(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("bundle.pem"), text);
  }

  @Test
  void defaultIsWhatTheJvmHas() {
    RootStores roots = RootStores.load(JCA, JVM, List.of(), false);
    assertFalse(roots.of(CaSource.BUNDLED).isEmpty());
    assertEquals(roots.of(CaSource.BUNDLED), roots.of(CaSource.DEFAULT));
    assertEquals(List.of(), roots.of(CaSource.EXTRA));
  }

  @Test
  void extraRootsComeBesidesTheDefaultOnes() {
    RootStores roots = RootStores.load(JCA, JVM, pems(one, two, one), false);
    assertEquals(certificates(one, two), roots.of(CaSource.EXTRA));
    List<X509Certificate> all = new ArrayList<>(roots.of(CaSource.BUNDLED));
    all.addAll(certificates(one, two));
    assertEquals(all, roots.of(CaSource.DEFAULT));
  }

  @Test
  void otherDefaultsReplaceTheJvmsAlone() {
    RootStores roots = RootStores.load(JCA, Optional.of(pems(one)), pems(two), false);
    assertEquals(certificates(one, two), roots.of(CaSource.DEFAULT));
    assertFalse(roots.of(CaSource.BUNDLED).contains(one.certificate()));
    assertEquals(
        List.of(),
        RootStores.load(JCA, Optional.of(List.of()), List.of(), false).of(CaSource.DEFAULT));
  }

  @Test
  void theSystemsRootsAreReadAndCountAsDefaultOnlyIfTold(@TempDir Path folder) throws IOException {
    List<Path> bundles =
        List.of(folder.resolve("missing"), bundle(folder, "# comment\n" + two.pem() + three.pem()));
    RootStores told = RootStores.load(JCA, Optional.of(pems(one)), List.of(), true, bundles);
    assertEquals(certificates(two, three), told.of(CaSource.SYSTEM));
    assertEquals(certificates(one, two, three), told.of(CaSource.DEFAULT));
    RootStores not = RootStores.load(JCA, Optional.of(pems(one)), List.of(), false, bundles);
    assertEquals(certificates(two, three), not.of(CaSource.SYSTEM));
    assertEquals(certificates(one), not.of(CaSource.DEFAULT));
  }

  @Test
  void oneRootOfTheSystemThatCannotBeReadCostsNoOther(@TempDir Path folder) throws IOException {
    String broken = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    Path bundle = bundle(folder, broken + two.pem());
    assertEquals(
        certificates(two),
        RootStores.load(JCA, JVM, List.of(), false, List.of(bundle)).of(CaSource.SYSTEM));
  }

  @Test
  void aSystemWithoutRootsIsRefusedWhereSomebodyReliesOnThem() {
    List<Path> nowhere = List.of(Path.of("nowhere.pem"));
    assertEquals(
        List.of(), RootStores.load(JCA, JVM, List.of(), false, nowhere).of(CaSource.SYSTEM));
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> RootStores.load(JCA, JVM, List.of(), true, nowhere));
    assertEquals(ErrorCode.ENOENT, refused.code());
  }

  @Test
  void junkIsRefusedAtOnce() {
    assertThrows(
        ConfigurationException.class,
        () -> RootStores.load(JCA, JVM, List.of(Pem.of("junk")), false));
    assertThrows(
        ConfigurationException.class,
        () -> RootStores.load(JCA, Optional.of(List.of(Pem.of(""))), List.of(), false));
  }
}
