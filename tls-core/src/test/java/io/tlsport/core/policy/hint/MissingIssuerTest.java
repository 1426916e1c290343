package io.tlsport.core.policy.hint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a chain breaks off. */
class MissingIssuerTest {
  private static final Made ROOT = CertificateMaker.authority("CN=root").make();
  private static final Made MIDDLE = CertificateMaker.authority("CN=middle").issuer(ROOT).make();

  /** AuthorityInfoAccess with one address: caIssuers, http://a/b. */
  private static final byte[] ACCESS =
      HexFormat.of()
          .parseHex("301830160608" + "2b06010505073002" + "860a" + "687474703a2f2f612f62");

  private static final Made LEAF =
      CertificateMaker.leaf("CN=leaf")
          .issuer(MIDDLE)
          .extension("1.3.6.1.5.5.7.1.1", false, ACCESS)
          .make();

  private static Optional<MissingIssuer> of(Made... chain) {
    List<X509Certificate> certificates =
        java.util.Arrays.stream(chain).map(Made::certificate).toList();
    return MissingIssuer.of(certificates);
  }

  @Test
  void aLeafAloneTellsWhoAndWhere() {
    MissingIssuer missing = of(LEAF).orElseThrow();
    assertEquals(new MissingIssuer("CN=leaf", "CN=middle", List.of("http://a/b")), missing);
    assertTrue(missing.sentence().endsWith("it should be at http://a/b"), missing::sentence);
  }

  @Test
  void whatWasSentInAnyOrderIsNotMissing() {
    assertEquals(
        new MissingIssuer("CN=middle", "CN=root", List.of()), of(LEAF, MIDDLE).orElseThrow());
    assertEquals(Optional.empty(), of(LEAF, ROOT, MIDDLE));
  }

  @Test
  void aCircleEnds() {
    Made one = CertificateMaker.authority("CN=one").issuerName("CN=two").make();
    Made two = CertificateMaker.authority("CN=two").issuerName("CN=one").make();
    assertEquals("CN=two", of(one, two, one).orElseThrow().issuer());
  }
}
