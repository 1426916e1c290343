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
import io.tlsport.core.fixtures.Der;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayOutputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.util.List;
import java.util.stream.Stream;
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
        "CERTIFICATE in line " + (1 + one.pem().lines().count()) + " is damaged");
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        () -> reader.crls("crl", Pem.of(block("X509 CRL", base64))),
        "crl (text)",
        "X509 CRL in line 1 is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5.29.37.0", "1.3.6.1.5.5.7.3.1 1.3.6.1.5.5.7.3.2", ""})
  void readsCertificatesThatOpenSslTrustsForEverything(String purposes) throws Exception {
    byte[] settings = purposes.isEmpty() ? Der.sequence() : Der.sequence(oids(0x30, purposes));
    assertEquals(List.of(one.certificate()), reader.certificates("ca", trusted(settings)));
  }

  @Test
  void refusesCertificatesThatOpenSslTrustsForLess() throws Exception {
    for (byte[] fields :
        List.of(
            oids(0x30, "1.3.6.1.5.5.7.3.1"),
            oids(0x30, "1.3.6.1.5.5.7.3.4"),
            oids(0xa0, "1.3.6.1.5.5.7.3.1"))) {
      assertRefused(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          () -> reader.certificates("ca", trusted(Der.sequence(fields))),
          "ca (text)",
          "TRUSTED CERTIFICATE in line 1",
          "-clrtrust");
    }
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        () -> reader.certificates("ca", trusted(new byte[] {1})),
        "TRUSTED CERTIFICATE in line 1 is damaged");
  }

  private Pem trusted(byte[] settings) throws CertificateEncodingException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one.certificate().getEncoded());
    both.writeBytes(settings);
    return Pem.of(CertificateMaker.pem("TRUSTED CERTIFICATE", both.toByteArray()));
  }

  private static byte[] oids(int tag, String names) {
    return Der.tagged(tag, Stream.of(names.split(" ", -1)).map(Der::oid).toArray(byte[][]::new));
  }

  private static String block(String label, String base64) {
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
