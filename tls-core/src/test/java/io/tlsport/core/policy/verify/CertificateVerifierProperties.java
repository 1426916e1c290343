package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.NOW;
import static io.tlsport.core.fixtures.CertificateMaker.UNLIMITED;
import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Blame;
import io.tlsport.ConnectionLimits;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a peer sends, there is a verdict, and what was tampered with is never trusted. */
class CertificateVerifierProperties {
  /** RSA, because its signatures are checked ten times as fast. */
  private static final Made ROOT =
      CertificateMaker.of("CN=Root", Keys.rsa(2048, "root"))
          .basicConstraints(UNLIMITED)
          .keyIdentifiers()
          .make();

  private static final Made MIDDLE =
      CertificateMaker.of("CN=Middle", Keys.rsa(2048, "middle"))
          .basicConstraints(UNLIMITED)
          .issuer(ROOT)
          .keyIdentifiers()
          .hostConstraints(List.of("example.com"), List.of("secret.example.com"))
          .make();
  private static final Made GOOD =
      leaf("CN=leaf,O=Example,C=UK")
          .issuer(MIDDLE)
          .keyIdentifiers()
          .keyUsage(0)
          .extendedKeyUsage("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")
          .hosts("www.example.com", "example.com")
          .make();

  private static final CertificateVerifier VERIFIER = verifier(List.of());
  private static final CertificateVerifier WITH_LISTS = verifier(List.of(CrlMaker.by(ROOT).make()));

  private static CertificateVerifier verifier(List<X509CRL> crls) {
    return new CertificateVerifier(
        List.of(ROOT.certificate()),
        crls,
        true,
        Strength.ofLevel(2),
        JcaServices.jdk(),
        InstantSource.fixed(NOW),
        () -> 0,
        ConnectionLimits.DEFAULT);
  }

  /** What still reads as a certificate after some of its bytes were changed. */
  private static Optional<X509Certificate> damaged(Made made, List<Integer> damage) {
    try {
      byte[] bytes = made.certificate().getEncoded();
      for (int where : damage) {
        bytes[(where >> 8) % bytes.length] = (byte) where;
      }
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes)));
    } catch (CertificateException unreadable) {
      return Optional.empty();
    }
  }

  private static void assertJudged(List<X509Certificate> chain) {
    for (CertificateVerifier verifier : List.of(VERIFIER, WITH_LISTS)) {
      for (Purpose purpose : Purpose.values()) {
        Optional<AuthorizationError> verdict = verifier.verify(chain, purpose);
        verdict.ifPresent(
            error -> {
              assertEquals(Blame.PEER, error.code().blame());
              assertFalse(error.message().isEmpty());
              assertTrue(error.depth() >= 0);
            });
      }
    }
  }

  @Property(tries = 300)
  void damagedLeavesAreJudgedAndNeverTrusted(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 0xffffff) Integer> damage) {
    Optional<X509Certificate> changed = damaged(GOOD, damage);
    changed.ifPresent(
        bad -> {
          List<X509Certificate> chain = List.of(bad, MIDDLE.certificate());
          assertJudged(chain);
          if (!bad.equals(GOOD.certificate())) {
            assertTrue(VERIFIER.verify(chain, Purpose.SERVER).isPresent());
          }
        });
  }

  @Property(tries = 150)
  void damagedAuthoritiesAreJudged(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 0xffffff) Integer> damage) {
    damaged(MIDDLE, damage)
        .ifPresent(bad -> assertJudged(List.of(GOOD.certificate(), bad, ROOT.certificate())));
  }

  @Property(tries = 100)
  void anyMixtureIsJudged(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> mixture) {
    List<Made> all = List.of(GOOD, MIDDLE, ROOT, leaf("CN=other").make());
    List<X509Certificate> chain = new ArrayList<>();
    mixture.forEach(which -> chain.add(all.get(which).certificate()));
    assertJudged(chain);
  }

  @Property(tries = 100)
  void theOrderBehindTheLeafDoesNotMatter(@ForAll @IntRange(max = 5) int order) {
    List<Made> rest = new ArrayList<>(List.of(MIDDLE, ROOT, leaf("CN=other").make()));
    Made first = rest.remove(order % 3);
    Made second = rest.remove(order / 3);
    List<X509Certificate> chain =
        Stream.of(GOOD, first, second, rest.get(0)).map(Made::certificate).toList();
    assertEquals(Optional.empty(), VERIFIER.verify(chain, Purpose.SERVER));
  }

  /** Extensions of any content: in them lie what the core reads for itself. */
  @Property(tries = 100)
  void anyContentOfAnExtensionIsJudged(
      @ForAll @IntRange(max = 9) int which, @ForAll @Size(max = 40) byte[] content) {
    List<String> oids =
        Arrays.asList(
            "2.5.29.14",
            "2.5.29.15",
            "2.5.29.17",
            "2.5.29.19",
            "2.5.29.30",
            "2.5.29.31",
            "2.5.29.35",
            "2.5.29.37",
            "2.5.29.32",
            "1.2.3.4");
    Made odd = leaf("CN=odd").issuer(MIDDLE).extension(oids.get(which), false, content).make();
    assertJudged(List.of(odd.certificate(), MIDDLE.certificate()));
    Made oddAuthority =
        authority("CN=Odd").issuer(ROOT).extension(oids.get(which), false, content).make();
    Made below = leaf("CN=below").issuer(oddAuthority).make();
    assertJudged(List.of(below.certificate(), oddAuthority.certificate()));
  }
}
