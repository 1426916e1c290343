package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tlsport.PeerCertificate;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.ForeignCertificate;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.JcaServices;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCertificateReaderTest {
  private static final Made ROOT = authority("CN=root").keyIdentifiers().make();
  private static final Made MIDDLE = authority("CN=middle").issuer(ROOT).keyIdentifiers().make();
  private static final Made LEAF = leaf("CN=leaf").issuer(MIDDLE).keyIdentifiers().make();

  private static List<X509Certificate> list(Made... made) {
    return Arrays.stream(made).map(Made::certificate).toList();
  }

  /** The common names from a certificate up to the one that is its own issuer. */
  private static List<String> upwards(PeerCertificate certificate) {
    List<String> names = new ArrayList<>();
    PeerCertificate at = certificate;
    while (true) {
      names.add(at.subject().first("CN").orElseThrow());
      Optional<PeerCertificate> issuer = at.issuerCertificate();
      if (issuer.isEmpty()) {
        names.add("unknown");
        return names;
      }
      if (issuer.get() == at) {
        return names;
      }
      at = issuer.get();
    }
  }

  @Test
  void leadsFromIssuerToIssuerAmongTheSentAndThenTheTrusted() {
    assertEquals(
        List.of("leaf", "middle", "root"),
        upwards(PeerCertificateReader.read(list(LEAF, MIDDLE), list(ROOT), JcaServices.jdk())));
    assertEquals(
        List.of("leaf", "middle", "root"),
        upwards(PeerCertificateReader.read(list(LEAF, ROOT, MIDDLE), JcaServices.jdk())));
    assertEquals(
        List.of("leaf", "middle", "root"),
        upwards(PeerCertificateReader.read(list(LEAF), list(ROOT, MIDDLE), JcaServices.jdk())));
  }

  @Test
  void knowsNoIssuerThatIsNotThere() {
    assertEquals(
        List.of("leaf", "unknown"),
        upwards(PeerCertificateReader.read(list(LEAF), JcaServices.jdk())));
    assertEquals(
        List.of("leaf", "middle", "unknown"),
        upwards(PeerCertificateReader.read(list(LEAF, MIDDLE), JcaServices.jdk())));
  }

  @Test
  void isItsOwnIssuerIfItSignedItself() {
    PeerCertificate root = PeerCertificateReader.read(list(ROOT), JcaServices.jdk());
    assertSame(root, root.issuerCertificate().orElseThrow());
  }

  @Test
  void tellsNamesakesByTheirKeyIdentifiersAndUsage() {
    Made namesake =
        CertificateMaker.of("CN=middle", Keys.ec("another key"))
            .basicConstraints(CertificateMaker.UNLIMITED)
            .keyIdentifiers()
            .make();
    assertArrayEquals(
        PeerCertificateReader.read(list(MIDDLE), JcaServices.jdk()).raw(),
        PeerCertificateReader.read(list(LEAF, namesake, MIDDLE), JcaServices.jdk())
            .issuerCertificate()
            .orElseThrow()
            .raw());
    Made signsNothing = leaf("CN=signs").keyUsage(0).make();
    Made signed = leaf("CN=signed").issuer(signsNothing).make();
    assertEquals(
        Optional.empty(),
        PeerCertificateReader.read(list(signed, signsNothing), JcaServices.jdk())
            .issuerCertificate());
  }

  /** Two authorities that certify each other: Node's objects would go round for ever. */
  @Test
  void comesToAnEndWhereAuthoritiesCertifyEachOther() {
    Made a = authority("CN=a").make();
    Made b = authority("CN=b").make();
    Made aByB = CertificateMaker.of("CN=a", a.keys()).issuer(b).make();
    Made bByA = CertificateMaker.of("CN=b", b.keys()).issuer(a).make();
    Made leaf = leaf("CN=leaf").issuer(aByB).make();
    assertEquals(
        List.of("leaf", "a", "b", "unknown"),
        upwards(PeerCertificateReader.read(list(leaf), list(aByB, bByA), JcaServices.jdk())));
    assertEquals(
        List.of("leaf", "a", "b", "unknown"),
        upwards(PeerCertificateReader.read(list(leaf, aByB, bByA), JcaServices.jdk())));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 01", "16, 10", "291, 0123", "-128, -80", "-1, -01"})
  void printsSerialNumbersInWholeBytes(BigInteger number, String printed) {
    assertEquals(printed, shown(leaf("CN=x").serial(number)).serialNumber());
  }

  private static PeerCertificate shown(CertificateMaker maker) {
    return PeerCertificateReader.read(list(maker.make()), JcaServices.jdk());
  }

  @Test
  void readsCertificatesOfAnyProvidersClass() {
    PeerCertificate foreign =
        PeerCertificateReader.read(
            List.of(new ForeignCertificate(LEAF.certificate())), JcaServices.jdk());
    PeerCertificate ours = PeerCertificateReader.read(list(LEAF), JcaServices.jdk());
    assertEquals(ours.subject(), foreign.subject());
    assertEquals(ours.asn1Curve(), foreign.asn1Curve());
    assertEquals(ours.fingerprint512(), foreign.fingerprint512());
  }

  @Test
  void handsOutCopiesAndNoChainInItsText() {
    PeerCertificate shape = PeerCertificateReader.read(list(LEAF), JcaServices.jdk());
    Arrays.fill(shape.raw(), (byte) 0);
    Arrays.fill(shape.pubkey().orElseThrow(), (byte) 0);
    assertFalse(Arrays.equals(shape.raw(), new byte[shape.raw().length]));
    assertFalse(Arrays.equals(shape.pubkey().get(), new byte[shape.pubkey().get().length]));
    assertEquals("PeerCertificate[CN=leaf]", shape.toString());
  }

  private static byte[] withKey(byte[]... algorithm) {
    byte[] none = Der.sequence();
    byte[] key = Der.sequence(Der.sequence(algorithm), Der.bits(new byte[] {4, 1, 2}));
    return Der.sequence(Der.sequence(Der.integer(1), none, none, none, none, key), none);
  }

  /** The JDK cannot even read such a certificate; other engines connect with it. */
  @ParameterizedTest
  @CsvSource({
    "1.3.132.0.10, secp256k1, 256, ",
    "1.3.36.3.3.2.8.1.1.13, brainpoolP512r1, 512, ",
    "1.3.132.0.26, sect233k1, 232, K-233",
    "1.3.132.0.35, secp521r1, 521, P-521"
  })
  void readsKeysOfCurvesThatTheJdkDoesNotHave(String oid, String name, int bits, String nist) {
    byte[] certificate = withKey(Der.oid("1.2.840.10045.2.1"), Der.oid(oid));
    PublicKeyReader.Ec key =
        (PublicKeyReader.Ec) PublicKeyReader.ofCertificate(certificate).orElseThrow();
    assertEquals(name, key.curve().orElseThrow().name());
    assertEquals(Optional.ofNullable(nist), key.curve().get().nistName());
    assertEquals(bits, key.bits());
    assertArrayEquals(new byte[] {4, 1, 2}, key.shown());
  }

  @Test
  void readsTheSizeOfACurveWithoutAName() {
    byte[] part = Der.sequence();
    byte[] parameters =
        Der.sequence(
            Der.integer(1), part, part, Der.octets(new byte[] {4}), Der.integer(0x1234567));
    PublicKeyReader.Ec key =
        (PublicKeyReader.Ec)
            PublicKeyReader.ofCertificate(withKey(Der.oid("1.2.840.10045.2.1"), parameters))
                .orElseThrow();
    assertEquals(25, key.bits());
    assertEquals(Optional.empty(), key.curve());
  }

  @Test
  void showsNothingOfKeysThatNodeDoesNotTakeApart() {
    assertEquals(
        Optional.empty(), PublicKeyReader.ofCertificate(withKey(Der.oid("1.2.840.113549.1.1.10"))));
    assertEquals(
        Optional.empty(),
        PublicKeyReader.ofCertificate(withKey(Der.oid("1.2.840.10045.2.1"), Der.oid("1.2.3"))));
  }
}
