package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.FAR_AHEAD;
import static io.tlsport.core.fixtures.CertificateMaker.LONG_AGO;
import static io.tlsport.core.fixtures.CertificateMaker.NOW;
import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.spi.JcaServices;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is judged once, and for how long: whoever judges looks at the ticker. */
class GoodChainsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Made root =
      authority("CN=Root").valid(LONG_AGO, NOW.plus(DAY.multipliedBy(3))).make();
  private final Made middle =
      authority("CN=Middle").valid(NOW.minus(DAY), FAR_AHEAD).issuer(root).make();
  private final Made good = leaf("CN=leaf").valid(LONG_AGO, NOW.plus(DAY)).issuer(middle).make();
  private final Made lasting = leaf("CN=lasting").valid(LONG_AGO, FAR_AHEAD).issuer(middle).make();

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final AtomicInteger looks = new AtomicInteger();
  private CertificateVerifier verifier = revokedBy();

  private CertificateVerifier revokedBy(X509CRL... lists) {
    return new CertificateVerifier(
        chain(root),
        List.of(lists),
        false,
        Strength.ofLevel(2),
        JcaServices.jdk(),
        clock::get,
        looks::incrementAndGet,
        ConnectionLimits.DEFAULT);
  }

  private static List<X509Certificate> chain(Made... sent) {
    return Arrays.stream(sent).map(Made::certificate).toList();
  }

  private Optional<ErrorCode> verdict(Instant now, Purpose purpose, Made... sent) {
    clock.set(now);
    looks.set(0);
    return verifier.verify(chain(sent), purpose).map(AuthorizationError::code);
  }

  private void assertKnown(Instant now, Made... sent) {
    assertEquals(Optional.empty(), verdict(now, Purpose.SERVER, sent));
    assertEquals(0, looks.get(), "judged again");
  }

  private void assertJudged(
      Optional<ErrorCode> expected, Instant now, Purpose purpose, Made... sent) {
    assertEquals(expected, verdict(now, purpose, sent));
    assertTrue(looks.get() > 0, "not judged");
  }

  @Test
  void whatWasGoodIsJudgedOnce() {
    assertJudged(Optional.empty(), NOW, Purpose.SERVER, good, middle);
    assertKnown(NOW, good, middle);
    assertKnown(NOW.plus(DAY), good, middle);
    assertKnown(NOW.minus(DAY), good, middle);
  }

  @Test
  void itEndsWithEachCertificateOfItsPathTheAnchorAmongThem() {
    assertJudged(Optional.empty(), NOW, Purpose.SERVER, good, middle);
    assertJudged(
        Optional.of(ErrorCode.CERT_HAS_EXPIRED),
        NOW.plus(DAY).plus(SECOND),
        Purpose.SERVER,
        good,
        middle);
    assertJudged(
        Optional.of(ErrorCode.CERT_NOT_YET_VALID),
        NOW.minus(DAY).minus(SECOND),
        Purpose.SERVER,
        good,
        middle);
    assertJudged(Optional.empty(), NOW, Purpose.SERVER, lasting, middle);
    assertKnown(NOW.plus(DAY.multipliedBy(3)), lasting, middle);
    assertJudged(
        Optional.of(ErrorCode.CERT_HAS_EXPIRED),
        NOW.plus(DAY.multipliedBy(3)).plus(SECOND),
        Purpose.SERVER,
        lasting,
        middle);
    assertKnown(NOW, good, middle);
  }

  @Test
  void itIsGoodForThatChainAndThatPurposeOnly() {
    Made server =
        leaf("CN=server").extendedKeyUsage(Purpose.SERVER.extendedKeyUsage()).issuer(middle).make();
    assertJudged(Optional.empty(), NOW, Purpose.SERVER, server, middle);
    assertJudged(Optional.of(ErrorCode.INVALID_PURPOSE), NOW, Purpose.CLIENT, server, middle);
    assertJudged(Optional.of(ErrorCode.INVALID_PURPOSE), NOW, Purpose.CLIENT, server, middle);
    assertJudged(Optional.empty(), NOW, Purpose.SERVER, server, middle, root);
    Made forged = leaf("CN=server").issuer(middle).damaged().make();
    assertJudged(
        Optional.of(ErrorCode.CERT_SIGNATURE_FAILURE), NOW, Purpose.SERVER, forged, middle);
    assertJudged(
        Optional.of(ErrorCode.CERT_SIGNATURE_FAILURE), NOW, Purpose.SERVER, forged, middle);
  }

  @Test
  void revocationListsEndBeforeTheirCertificates() {
    Instant until = NOW.plus(Duration.ofHours(1));
    verifier =
        revokedBy(CrlMaker.by(root).make(), CrlMaker.by(middle).valid(LONG_AGO, until).make());
    assertJudged(Optional.empty(), NOW, Purpose.SERVER, good, middle);
    assertJudged(
        Optional.of(ErrorCode.CRL_HAS_EXPIRED), until.plus(SECOND), Purpose.SERVER, good, middle);
  }
}
