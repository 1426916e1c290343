package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.spi.JcaServices;
import java.security.KeyStore;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrustMaterialTest {
  private final Made one = authority("CN=one").make();
  private final Made two = authority("CN=two").make();

  private static TrustMaterial load(SecureContextOptions.Builder options) {
    return TrustMaterial.load(options.build(), List.of(), JcaServices.jdk());
  }

  @Test
  void trustsExactlyTheAuthoritiesThatAreGiven() {
    TrustMaterial trust =
        load(SecureContextOptions.builder().ca(Pem.of(one.pem()), Pem.of(two.pem())));
    assertEquals(List.of(one.certificate(), two.certificate()), trust.certificates());
    assertEquals(trust.named(), trust.certificates());
  }

  @Test
  void trustsNobodyWhereNoneAreGiven() {
    TrustMaterial trust = load(SecureContextOptions.builder().ca());
    assertEquals(List.of(), trust.certificates());
    assertEquals(trust.named(), trust.certificates());
  }

  @Test
  void trustsTheRootsOfTheJvmWhereNothingIsSaid() throws Exception {
    TrustMaterial trust = load(SecureContextOptions.builder());
    assertEquals(List.of(), trust.named());
    assertEquals(rootsOfTheJvm(), new HashSet<>(trust.certificates()));
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
