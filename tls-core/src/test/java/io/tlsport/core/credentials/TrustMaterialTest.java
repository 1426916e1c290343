package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.spi.JcaServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustMaterialTest {
  private static final JcaServices JCA = JcaServices.jdk();

  private final Made one = authority("CN=one").make();
  private final Made two = authority("CN=two").make();

  private static TrustMaterial load(SecureContextOptions.Builder options) {
    return load(options, RootStores.load(JCA, Optional.empty(), List.of(), false));
  }

  private static TrustMaterial load(SecureContextOptions.Builder options, RootStores roots) {
    return TrustMaterial.load(options.build(), List.of(), JCA, roots);
  }

  @Test
  void trustsExactlyTheAuthoritiesThatAreGiven() {
    TrustMaterial trust =
        load(SecureContextOptions.builder().ca(Pem.of(one.pem()), Pem.of(two.pem())));
    assertEquals(List.of(one.certificate(), two.certificate()), trust.certificates());
    assertEquals(trust.certificates(), trust.given());
  }

  @Test
  void trustsNobodyWhereNoneAreGiven() {
    TrustMaterial trust = load(SecureContextOptions.builder().ca());
    assertEquals(List.of(), trust.certificates());
    assertEquals(List.of(), trust.given());
  }

  @Test
  void trustsTheRootsOfTheJvmWhereNothingIsSaid() throws Exception {
    TrustMaterial trust = load(SecureContextOptions.builder());
    assertEquals(rootsOfTheJvm(), new HashSet<>(trust.certificates()));
    assertEquals(List.of(), trust.given());
  }

  /** As JSSE finds them. */
  private static Set<X509Certificate> rootsOfTheJvm() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    @Nullable KeyStore byDefault = null;
    factory.init(byDefault);
    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
    return Set.of(manager.getAcceptedIssuers());
  }

  @Test
  void addsTheDefaultRootsWhereItIsTold() {
    RootStores roots =
        RootStores.load(JCA, Optional.of(List.of(Pem.of(two.pem()))), List.of(), false);
    TrustMaterial trust =
        load(SecureContextOptions.builder().ca(Pem.of(one.pem())).addDefaultRoots(true), roots);
    assertEquals(List.of(one.certificate(), two.certificate()), trust.certificates());
    assertEquals(List.of(one.certificate()), trust.given());
  }

  @Test
  void addsTheSystemsRootsWhereItIsTold(@TempDir Path folder) throws IOException {
    Path bundle = Files.writeString(folder.resolve("bundle.pem"), two.pem());
    RootStores roots =
        RootStores.load(
            JCA, Optional.of(List.of(Pem.of(one.pem()))), List.of(), false, List.of(bundle));
    assertEquals(
        List.of(two.certificate()),
        load(SecureContextOptions.builder().ca().systemRoots(true), roots).certificates());
    assertEquals(
        List.of(one.certificate(), two.certificate()),
        load(SecureContextOptions.builder().systemRoots(true), roots).certificates());
    assertEquals(
        List.of(one.certificate()), load(SecureContextOptions.builder(), roots).certificates());
  }

  @Test
  void refusesTheRootsOfASystemThatHasNone() {
    RootStores roots =
        RootStores.load(JCA, Optional.empty(), List.of(), false, List.of(Path.of("nowhere")));
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> load(SecureContextOptions.builder().systemRoots(true), roots));
    assertEquals(ErrorCode.ENOENT, refused.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "junk", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
  void refusesWhatIsNoCertificate(String junk) {
    assertThrows(
        ConfigurationException.class,
        () -> load(SecureContextOptions.builder().ca(Pem.of(one.pem()), Pem.of(junk))));
  }

  @Test
  void refusesAListThatIsTooLongToBeRead() {
    byte[] list = new byte[16 * 1024 * 1024 + 1];
    list[0] = 0x30;
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> load(SecureContextOptions.builder().crl(Pem.of(list))));
    assertEquals(ErrorCode.ERR_OUT_OF_RANGE, refused.code());
  }

  @Test
  void takesRevocationLists() throws CRLException {
    X509CRL crl = CrlMaker.by(one).make();
    TrustMaterial trust =
        load(
            SecureContextOptions.builder()
                .ca(Pem.of(one.pem()))
                .crl(Pem.of(CertificateMaker.pem("X509 CRL", crl.getEncoded()))));
    assertEquals(List.of(crl), trust.crls());
  }
}
