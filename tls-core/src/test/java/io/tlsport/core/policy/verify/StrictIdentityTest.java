package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.spi.JcaServices;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9525: what Node's rules allow and these do not. */
class StrictIdentityTest {
  private static boolean belongs(String host, CertificateMaker maker) {
    return StrictIdentity.check(
            host,
            PeerCertificateReader.read(List.of(maker.make().certificate()), JcaServices.jdk()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "EXAMPLE.com., Example.COM, true",
    "localhost, localhost, true",
    "www.example.com, *.example.com, true",
    "a.b.example.com, *.example.com, false",
    "example.com, *.example.com, false",
    "www.example.com, w*.example.com, false",
    "www.example.com, *w.example.com, false",
    "www.example.com, w*w.example.com, false",
    "www.example.com, www.*.com, false",
    "www.example.com, **.example.com, false",
    "example.com, *.com, false",
    "com, *, false",
    "example.com, example.com., false",
    "www.example.com, *.example.com., false",
    "a_b.example.com, a_b.example.com, false",
    "-a.example.com, -a.example.com, false",
    "bücher.example, xn--bcher-kva.example, true",
    "bücher.example.com, *.example.com, true"
  })
  void goesByWholeLabelsOfTheAlternativeNames(String host, String name, boolean belongs) {
    assertEquals(belongs, belongs(host, leaf("CN=unrelated").hosts("other.example", name)));
  }

  @Test
  void neverLooksAtTheCommonName() {
    assertFalse(belongs("example.com", leaf("CN=example.com")));
    assertTrue(belongs("example.com", leaf("CN=elsewhere.example").hosts("example.com")));
  }

  @Test
  void looksForAnAddressAmongTheAddresses() {
    byte[] address = Der.tagged(0x87, new byte[] {127, 0, 0, 1});
    assertTrue(belongs("127.0.0.1", leaf("CN=x").altNames(address)));
    assertFalse(belongs("127.0.0.2", leaf("CN=x").altNames(address)));
    assertFalse(belongs("127.0.0.1", leaf("CN=127.0.0.1").hosts("127.0.0.1")));
  }

  @Test
  void saysWhichRulesItWentBy() {
    AuthorizationError error =
        StrictIdentity.check(
                "a.example",
                PeerCertificateReader.read(
                    List.of(leaf("CN=a.example").make().certificate()), JcaServices.jdk()))
            .orElseThrow();
    assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, error.code());
    assertTrue(error.message().contains("strict"), error.message());
  }
}
