package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.LONG_AGO;
import static io.tlsport.core.fixtures.CertificateMaker.NOW;
import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is sent of a certificate that was given with or without its issuers. */
class ServedChainProperties {
  private static final Made ROOT = authority("CN=Root").make();
  private static final Made UPPER = authority("CN=Upper").issuer(ROOT).make();
  private static final Made LOWER = authority("CN=Lower").issuer(UPPER).make();
  private static final Made LEAF = leaf("CN=leaf").issuer(LOWER).make();

  /** Bears the name of {@link #LOWER}, and has another key. */
  private static final Made NAMESAKE =
      CertificateMaker.of("CN=Lower", Keys.ec("another")).basicConstraints(-1).issuer(ROOT).make();

  private static List<X509Certificate> certificates(Made... made) {
    return Arrays.stream(made).map(Made::certificate).toList();
  }

  private static List<X509Certificate> served(List<X509Certificate> authorities, Made... given) {
    Identity identity = new Identity(given[0].keys().getPrivate(), certificates(given));
    return new ServedChain(authorities, new CertificateSignatures(JcaServices.jdk()))
        .complete(identity, NOW)
        .chain();
  }

  @Property(tries = 100)
  void aLoneLeafIsFollowedByItsIssuersWhateverTheirOrder(@ForAll long seed) {
    List<X509Certificate> authorities =
        new ArrayList<>(
            certificates(NAMESAKE, ROOT, authority("CN=Stranger").make(), LOWER, UPPER, LEAF));
    java.util.Collections.shuffle(authorities, new Random(seed));
    assertEquals(certificates(LEAF, LOWER, UPPER, ROOT), served(authorities, LEAF));
  }

  @Property(tries = 100)
  void theChainEndsWhereTheFirstIssuerIsUnknown(
      @ForAll boolean root, @ForAll boolean upper, @ForAll boolean lower) {
    List<X509Certificate> authorities = new ArrayList<>();
    if (root) {
      authorities.addAll(certificates(ROOT));
    }
    if (upper) {
      authorities.addAll(certificates(UPPER));
    }
    if (lower) {
      authorities.addAll(certificates(LOWER));
    }
    int known = !lower ? 1 : !upper ? 2 : !root ? 3 : 4;
    assertEquals(
        certificates(LEAF, LOWER, UPPER, ROOT).subList(0, known), served(authorities, LEAF));
  }

  @Example
  void aChainThatWasGivenIsSentAsItIs() {
    assertEquals(certificates(LEAF, LOWER), served(certificates(ROOT, UPPER, LOWER), LEAF, LOWER));
  }

  @Example
  void aNamesakeOfTheIssuerIsNotSent() {
    assertEquals(certificates(LEAF), served(certificates(NAMESAKE, ROOT), LEAF));
    assertEquals(certificates(LEAF), served(List.of(), LEAF));
    assertEquals(certificates(ROOT), served(certificates(ROOT), ROOT));
  }

  /** One that was renewed with the same key. */
  @Example
  void ofTwoCertificatesOfTheIssuerTheValidOneIsSent() {
    Made old = authority("CN=Lower").issuer(UPPER).valid(LONG_AGO, LONG_AGO.plusSeconds(1)).make();
    assertEquals(
        certificates(LEAF, LOWER, UPPER, ROOT),
        served(certificates(old, LOWER, UPPER, ROOT), LEAF));
  }
}
