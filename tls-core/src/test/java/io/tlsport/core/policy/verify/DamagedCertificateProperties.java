package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.PeerCertificate;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a provider takes for a certificate is shown; whatever it is not gives no key. */
class DamagedCertificateProperties {
  private static final Pattern DATE =
      Pattern.compile("[A-Z][a-z]{2} [ 0-9]\\d \\d\\d:\\d\\d:\\d\\d \\d{4} GMT");

  private static final Made WHOLE =
      CertificateMaker.of("CN=a+OU=b,O=\u00e9,C=UK", Keys.rsa(2048, "damaged"))
          .hosts("a.example", "b, c")
          .basicConstraints(1)
          .keyUsage(5)
          .extendedKeyUsage("1.3.6.1.5.5.7.3.1")
          .extension(
              "1.3.6.1.5.5.7.1.1",
              false,
              Der.sequence(
                  Der.sequence(
                      Der.oid("1.3.6.1.5.5.7.48.1"),
                      Der.tagged(0x86, "http://a".getBytes(StandardCharsets.US_ASCII)))))
          .keyIdentifiers()
          .make();

  @Provide
  Arbitrary<byte[]> damaged() {
    byte[] der = PeerCertificateReader.read(List.of(WHOLE.certificate()), JcaServices.jdk()).raw();
    return Combinators.combine(
            Arbitraries.integers().between(0, der.length - 1).list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.bytes())
        .as(
            (places, value) -> {
              byte[] copy = der.clone();
              places.forEach(place -> copy[place] = value);
              return copy;
            });
  }

  @Property(tries = 2000)
  void everyMemberOfADamagedCertificateHasAnAnswer(@ForAll("damaged") byte[] der) {
    PublicKeyReader.ofCertificate(der);
    Optional<X509Certificate> certificate = parse(der);
    certificate.ifPresent(
        read -> readAll(PeerCertificateReader.read(List.of(read, read), JcaServices.jdk())));
  }

  private static Optional<X509Certificate> parse(byte[] der) {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException notOne) {
      return Optional.empty();
    }
  }

  private static void readAll(PeerCertificate shape) {
    assertTrue(shape.serialNumber().matches("-?[0-9A-F]+"), shape::serialNumber);
    assertTrue(DATE.matcher(shape.validFrom()).matches(), shape::validFrom);
    assertTrue(DATE.matcher(shape.validTo()).matches(), shape::validTo);
    assertTrue(
        shape.subjectaltname().orElse("").chars().allMatch(c -> c >= ' ' && c != 0x7f),
        () -> shape.subjectaltname().orElse(""));
    assertEquals(shape.subject(), shape.subject());
    assertEquals(shape.issuer(), shape.issuer());
    assertEquals(20 * 3 - 1, shape.fingerprint().length());
    assertTrue(shape.extKeyUsage().stream().allMatch(oid -> oid.matches("[0-9.]+")));
    assertTrue(shape.infoAccess().keySet().stream().allMatch(key -> key.contains(" - ")));
    assertEquals(shape.modulus().isPresent(), shape.exponent().isPresent());
    assertTrue(shape.nistCurve().isEmpty() || shape.asn1Curve().isPresent());
    assertTrue(shape.bits().isEmpty() || shape.pubkey().isPresent());
    assertTrue(!shape.ca() || shape.x509().getBasicConstraints() >= 0);
    // Names are compared without regard to case (RFC 5280 section 7.1).
    shape
        .issuerCertificate()
        .ifPresent(
            issuer ->
                assertEquals(
                    shape.x509().getIssuerX500Principal(),
                    issuer.x509().getSubjectX500Principal()));
  }

  @Property(tries = 500)
  void anyExtensionsAreShownOrPassedOver(
      @ForAll @Size(max = 40) byte[] value, @ForAll @IntRange(min = 0, max = 3) int which) {
    String oid = List.of("2.5.29.17", "1.3.6.1.5.5.7.1.1", "2.5.29.37", "2.5.29.35").get(which);
    readAll(
        PeerCertificateReader.read(
            List.of(leaf("CN=x").extension(oid, false, value).make().certificate()),
            JcaServices.jdk()));
  }

  @Property(tries = 1000)
  void anyBytesGiveAKeyOrNone(@ForAll @Size(max = 60) byte[] bytes) {
    PublicKeyReader.ofCertificate(bytes)
        .ifPresent(key -> assertTrue(key.shown().length <= bytes.length));
  }
}
