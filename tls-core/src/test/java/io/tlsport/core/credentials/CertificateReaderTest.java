package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.spi.JcaServices;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateReaderTest {
  private final CertificateReader reader = new CertificateReader(JcaServices.jdk());
  private final Made one = leaf("CN=one").make();
  private final Made two = authority("CN=two").make();

  @Test
  void readsAllCertificatesInOrder() {
    Pem pem = Pem.of(one.pem() + one.keyPem() + two.pem());
    assertEquals(List.of(one.certificate(), two.certificate()), reader.certificates("cert", pem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"})
  void readsCertificatesUnderAllTheirLabels(String label) throws CertificateEncodingException {
    Pem pem = Pem.of(CertificateMaker.pem(label, one.certificate().getEncoded()));
    assertEquals(List.of(one.certificate()), reader.certificates("cert", pem));
  }

  @Test
  void readsDer() throws CertificateEncodingException, CRLException {
    Pem certificate = Pem.of(one.certificate().getEncoded());
    assertEquals(List.of(one.certificate()), reader.certificates("ca", certificate));
    X509CRL crl = CrlMaker.by(two).make();
    assertEquals(List.of(crl), reader.crls("crl", Pem.of(crl.getEncoded())));
  }

  @Test
  void readsAllRevocationLists() throws CRLException {
    X509CRL crl = CrlMaker.by(two).make();
    String pem = CertificateMaker.pem("X509 CRL", crl.getEncoded());
    assertEquals(List.of(crl, crl), reader.crls("crl", Pem.of(pem + one.pem() + pem)));
  }

  @Test
  void saysWhereNoneIs() {
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
        () -> reader.certificates("cert", Pem.of(one.keyPem())),
        "cert (text)",
        "BEGIN CERTIFICATE");
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
        () -> reader.crls("crl", Pem.of(one.pem())),
        "crl (text)",
        "BEGIN X509 CRL");
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_NO_START_LINE, () -> reader.certificates("ca", Pem.of("")), "ca");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MAA=", "MAMCAQE=", "AAAA"})
  void saysWhatIsDamaged(String base64) {
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        () -> reader.certificates("ca", Pem.of(one.pem() + block("CERTIFICATE", base64))),
        "ca (text)",
        "a certificate is damaged");
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        () -> reader.crls("crl", Pem.of(block("X509 CRL", base64))),
        "crl (text)",
        "a revocation list is damaged");
  }

  private static String block(String label, String base64) {
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
