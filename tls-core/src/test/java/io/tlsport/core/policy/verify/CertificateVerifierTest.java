package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.LONG_AGO;
import static io.tlsport.core.fixtures.CertificateMaker.NOW;
import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CountingSignatures;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.ForeignCertificate;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.core.fixtures.ManualTicker;
import io.tlsport.core.policy.time.Ticker;
import io.tlsport.spi.JcaServices;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateVerifierTest {
  private static final String ANY_USAGE = "2.5.29.37.0";

  private final Made root = authority("CN=Root").make();
  private final Made middle = authority("CN=Middle").issuer(root).make();
  private final Made good = leaf("CN=leaf").issuer(middle).make();

  private static CertificateVerifier trusting(boolean partial, Made... trusted) {
    return new CertificateVerifier(
        Arrays.stream(trusted).map(Made::certificate).toList(),
        List.of(),
        partial,
        Strength.ofLevel(2),
        JcaServices.jdk(),
        InstantSource.fixed(NOW),
        () -> 0,
        ConnectionLimits.DEFAULT);
  }

  private static List<X509Certificate> chain(Made... sent) {
    return Arrays.stream(sent).map(Made::certificate).toList();
  }

  /** What the verifier finds first in a server's chain. */
  private static Optional<AuthorizationError> verdict(CertificateVerifier verifier, Made... sent) {
    return verifier.findings(chain(sent), Purpose.SERVER).stream().findFirst();
  }

  private void assertGood(Made... sent) {
    assertEquals(Optional.empty(), verdict(trusting(false, root), sent));
  }

  private void assertRefused(ErrorCode code, int depth, Made... sent) {
    assertRefused(code, depth, verdict(trusting(false, root), sent));
  }

  private static void assertRefused(
      ErrorCode code, int depth, Optional<AuthorizationError> verdict) {
    assertEquals(Optional.of(code), verdict.map(AuthorizationError::code));
    assertEquals(Optional.of(depth), verdict.map(AuthorizationError::depth));
  }

  @ParameterizedTest
  @EnumSource
  void acceptsAChainToATrustedRoot(Purpose purpose) {
    assertEquals(Optional.empty(), trusting(false, root).verify(chain(good, middle), purpose));
  }

  @Test
  void acceptsAChainThatBringsItsRoot() {
    assertGood(good, middle, root);
  }

  @Test
  void acceptsAChainInAnyOrderAndWithStrangersInIt() {
    assertGood(good, authority("CN=Stranger").make(), root, middle);
  }

  @Test
  void acceptsALeafWhoseIntermediateIsTrustedToo() {
    assertEquals(Optional.empty(), verdict(trusting(false, root, middle), good));
  }

  /** Engines hand over certificates of their own classes. */
  @Test
  void knowsATrustedCertificateInAnotherClass() {
    X509Certificate own = leaf("CN=own").make().certificate();
    CertificateVerifier verifier =
        new CertificateVerifier(
            List.of(own),
            List.of(),
            false,
            Strength.ofLevel(2),
            JcaServices.jdk(),
            InstantSource.fixed(NOW),
            () -> 0,
            ConnectionLimits.DEFAULT);
    assertEquals(
        Optional.empty(), verifier.verify(List.of(new ForeignCertificate(own)), Purpose.SERVER));
    List<X509Certificate> foreign =
        Stream.of(good, middle, root)
            .map(made -> (X509Certificate) new ForeignCertificate(made.certificate()))
            .toList();
    assertEquals(Optional.empty(), trusting(false, root).verify(foreign, Purpose.SERVER));
  }

  @Test
  void acceptsASelfSignedLeafThatIsTrusted() {
    Made own = leaf("CN=own").make();
    assertEquals(Optional.empty(), verdict(trusting(false, own), own));
  }

  @Test
  void refusesASelfSignedLeaf() {
    assertRefused(ErrorCode.DEPTH_ZERO_SELF_SIGNED_CERT, 0, leaf("CN=own").make());
  }

  @Test
  void refusesASelfSignedLeafThatOnlyLooksLikeATrustedOne() {
    Made trusted = leaf("CN=own").make();
    Made other = CertificateMaker.of("CN=own", Keys.ec("other")).make();
    assertRefused(
        ErrorCode.DEPTH_ZERO_SELF_SIGNED_CERT, 0, verdict(trusting(false, trusted), other));
  }

  @Test
  void refusesAChainToAStrangersRoot() {
    Made stranger = authority("CN=Stranger").make();
    Made theirs = leaf("CN=theirs").issuer(stranger).make();
    assertRefused(ErrorCode.SELF_SIGNED_CERT_IN_CHAIN, 1, theirs, stranger);
  }

  @Test
  void refusesALeafWhoseIssuerIsMissing() {
    assertRefused(ErrorCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0, good);
  }

  @Test
  void refusesAChainWhoseUpperEndIsMissing() {
    Made upper = authority("CN=Upper").issuer(root).make();
    Made lower = authority("CN=Lower").issuer(upper).make();
    Made end = leaf("CN=end").issuer(lower).make();
    assertRefused(ErrorCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 1, end, lower);
    assertGood(end, lower, upper);
  }

  @Test
  void refusesATrustedIntermediateWithoutItsRoot() {
    assertRefused(ErrorCode.UNABLE_TO_GET_ISSUER_CERT, 1, verdict(trusting(false, middle), good));
  }

  @Test
  void acceptsATrustedIntermediateWithoutItsRootIfThatIsAllowed() {
    assertEquals(Optional.empty(), verdict(trusting(true, middle), good));
  }

  @Test
  void trustsNobodyWithoutAnchors() {
    assertRefused(
        ErrorCode.SELF_SIGNED_CERT_IN_CHAIN, 2, verdict(trusting(false), good, middle, root));
  }

  @Test
  void refusesALeafThatHasExpired() {
    Made expired = leaf("CN=leaf").issuer(middle).valid(Instant.EPOCH, NOW.minusSeconds(1)).make();
    assertRefused(ErrorCode.CERT_HAS_EXPIRED, 0, expired, middle);
  }

  @Test
  void refusesALeafThatIsNotValidYet() {
    Made early =
        leaf("CN=leaf").issuer(middle).valid(NOW.plusSeconds(1), NOW.plusSeconds(9)).make();
    assertRefused(ErrorCode.CERT_NOT_YET_VALID, 0, early, middle);
  }

  @Test
  void acceptsTheFirstAndTheLastSecondOfValidity() {
    assertGood(leaf("CN=leaf").issuer(middle).valid(NOW, NOW).make(), middle);
  }

  @Test
  void tellsAnExpiredAuthorityBeforeAnExpiredLeaf() {
    Made oldMiddle =
        authority("CN=Old").issuer(root).valid(Instant.EPOCH, NOW.minusSeconds(1)).make();
    Made oldLeaf =
        leaf("CN=leaf").issuer(oldMiddle).valid(Instant.EPOCH, NOW.minusSeconds(1)).make();
    assertRefused(ErrorCode.CERT_HAS_EXPIRED, 1, oldLeaf, oldMiddle);
  }

  @Test
  void takesTheCurrentOneOfTwoRootsWithOneKey() {
    Made old =
        CertificateMaker.of("CN=Root", root.keys())
            .basicConstraints(CertificateMaker.UNLIMITED)
            .valid(Instant.EPOCH, NOW.minusSeconds(1))
            .make();
    assertEquals(Optional.empty(), verdict(trusting(false, old, root), good, middle));
  }

  @Test
  void refusesALeafForAnotherPurpose() {
    Made client = leaf("CN=c").issuer(middle).extendedKeyUsage("1.3.6.1.5.5.7.3.2").make();
    assertRefused(ErrorCode.INVALID_PURPOSE, 0, client, middle);
    assertEquals(
        Optional.empty(), trusting(false, root).verify(chain(client, middle), Purpose.CLIENT));
    Made server = leaf("CN=s").issuer(middle).extendedKeyUsage("1.3.6.1.5.5.7.3.1").make();
    assertGood(server, middle);
    assertRefused(
        ErrorCode.INVALID_PURPOSE,
        0,
        trusting(false, root).verify(chain(server, middle), Purpose.CLIENT));
  }

  @Test
  void refusesAnAuthorityForAnotherPurpose() {
    Made mail = authority("CN=Mail").issuer(root).extendedKeyUsage("1.3.6.1.5.5.7.3.4").make();
    assertRefused(ErrorCode.INVALID_PURPOSE, 1, leaf("CN=l").issuer(mail).make(), mail);
  }

  @Test
  void takesAnyPurposeForNone() {
    Made any = leaf("CN=any").issuer(middle).extendedKeyUsage(ANY_USAGE).make();
    assertRefused(ErrorCode.INVALID_PURPOSE, 0, any, middle);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void acceptsAServersKeyThatSignsEnciphersOrAgrees(int usage) {
    assertGood(leaf("CN=leaf").issuer(middle).keyUsage(usage).make(), middle);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void refusesALeafWhoseKeyIsForSomethingElse(int usage) {
    Made odd = leaf("CN=leaf").issuer(middle).keyUsage(usage).make();
    assertRefused(ErrorCode.INVALID_PURPOSE, 0, odd, middle);
  }

  @Test
  void refusesAClientsKeyThatOnlyEnciphers() {
    Made encipher = leaf("CN=leaf").issuer(middle).keyUsage(2).make();
    assertRefused(
        ErrorCode.INVALID_PURPOSE,
        0,
        trusting(false, root).verify(chain(encipher, middle), Purpose.CLIENT));
  }

  @Test
  void refusesAnIssuerThatIsNoAuthority() {
    Made end = leaf("CN=end").noAuthority().issuer(middle).make();
    assertRefused(ErrorCode.INVALID_CA, 1, leaf("CN=l").issuer(end).make(), end, middle);
  }

  @Test
  void refusesAnIntermediateThatDoesNotSayThatItIsAnAuthority() {
    Made silent = leaf("CN=Silent").keyUsage(5).issuer(root).make();
    assertRefused(ErrorCode.INVALID_CA, 1, leaf("CN=l").issuer(silent).make(), silent);
    Made old = leaf("CN=Old").version1().issuer(root).make();
    assertRefused(ErrorCode.INVALID_CA, 1, leaf("CN=l").issuer(old).make(), old);
  }

  @Test
  void refusesAnAuthorityWhoseKeyMayNotSignCertificates() {
    Made silent = authority("CN=Silent").keyUsage(0).issuer(root).make();
    assertRefused(ErrorCode.INVALID_CA, 1, leaf("CN=l").issuer(silent).make(), silent);
  }

  @Test
  void acceptsRootsFromBeforeBasicConstraints() {
    Made old = leaf("CN=Old").version1().make();
    Made end = leaf("CN=end").issuer(old).make();
    assertEquals(Optional.empty(), verdict(trusting(false, old), end));
    Made silent = leaf("CN=Silent").keyUsage(5).make();
    assertEquals(
        Optional.empty(), verdict(trusting(false, silent), leaf("CN=e").issuer(silent).make()));
  }

  @Test
  void refusesARootThatSaysNothingAtAll() {
    Made nothing = leaf("CN=Nothing").hosts("a.example").make();
    assertRefused(
        ErrorCode.INVALID_CA,
        1,
        verdict(trusting(false, nothing), leaf("CN=e").issuer(nothing).make()));
  }

  @Test
  void refusesAPathThatIsLongerThanAnAuthorityAllows() {
    Made narrow = authority("CN=Narrow").basicConstraints(0).issuer(root).make();
    Made below = authority("CN=Below").issuer(narrow).make();
    assertGood(leaf("CN=l").issuer(narrow).make(), narrow);
    assertRefused(
        ErrorCode.PATH_LENGTH_EXCEEDED, 2, leaf("CN=l").issuer(below).make(), below, narrow);
  }

  @Test
  void countsNoSelfIssuedAuthorityIntoThePath() {
    Made narrow = authority("CN=Narrow").basicConstraints(0).issuer(root).make();
    Made again =
        CertificateMaker.of("CN=Narrow", Keys.ec("again"))
            .basicConstraints(0)
            .keyUsage(5)
            .issuer(narrow)
            .make();
    assertGood(leaf("CN=l").issuer(again).make(), again, narrow);
  }

  @Test
  void refusesACriticalExtensionThatNobodyUnderstands() {
    Made odd = leaf("CN=odd").issuer(middle).extension("1.2.3.4", true, Der.none()).make();
    assertRefused(ErrorCode.UNHANDLED_CRITICAL_EXTENSION, 0, odd, middle);
    Made fine = leaf("CN=odd").issuer(middle).extension("1.2.3.4", false, Der.none()).make();
    assertGood(fine, middle);
  }

  @Test
  void refusesASignatureThatDoesNotFit() {
    Made damaged = leaf("CN=leaf").issuer(middle).damaged().make();
    assertRefused(ErrorCode.CERT_SIGNATURE_FAILURE, 0, damaged, middle);
    Made damagedMiddle = authority("CN=Middle").issuer(root).damaged().make();
    assertRefused(ErrorCode.CERT_SIGNATURE_FAILURE, 1, good, damagedMiddle);
  }

  @Test
  void refusesAnIssuerOfTheSameNameAndAnotherKey() {
    Made impostor =
        CertificateMaker.of("CN=Root", Keys.ec("impostor")).basicConstraints(-1).keyUsage(5).make();
    Made theirs = leaf("CN=theirs").issuer(impostor).make();
    assertRefused(ErrorCode.CERT_SIGNATURE_FAILURE, 0, theirs);
  }

  @Test
  void passesOverAnIssuerWhoseKeyIdentifierIsAnother() {
    Made rightful = authority("CN=Root").keyIdentifiers().make();
    Made impostor =
        CertificateMaker.of("CN=Root", Keys.ec("impostor"))
            .basicConstraints(-1)
            .keyIdentifiers()
            .make();
    Made theirs = leaf("CN=theirs").issuer(impostor).keyIdentifiers().make();
    assertRefused(
        ErrorCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0, verdict(trusting(false, rightful), theirs));
    Made ours = leaf("CN=ours").issuer(rightful).keyIdentifiers().make();
    assertEquals(Optional.empty(), verdict(trusting(false, rightful), ours));
  }

  @Test
  void refusesWeakKeysOfLeavesBeforeAnythingElse() {
    assertRefused(
        ErrorCode.EE_KEY_TOO_SMALL,
        0,
        CertificateMaker.of("CN=weak", Keys.rsa(1024, "weak")).make());
    Made strong = CertificateMaker.of("CN=strong", Keys.rsa(2048, "strong")).issuer(middle).make();
    assertGood(strong, middle);
  }

  @Test
  void refusesWeakKeysOfAuthorities() {
    Made weak =
        CertificateMaker.of("CN=Weak", Keys.rsa(1024, "weak"))
            .basicConstraints(-1)
            .keyUsage(5)
            .issuer(root)
            .make();
    assertRefused(ErrorCode.CA_KEY_TOO_SMALL, 1, leaf("CN=l").issuer(weak).make(), weak);
  }

  @Test
  void refusesWeakDigestsButNotThoseOfTheAnchor() {
    Made weak = leaf("CN=weak").issuer(middle).algorithm("SHA1withECDSA").make();
    assertRefused(ErrorCode.CA_MD_TOO_WEAK, 0, weak, middle);
    Made old = authority("CN=OldRoot").algorithm("SHA1withECDSA").make();
    assertEquals(Optional.empty(), verdict(trusting(false, old), leaf("CN=l").issuer(old).make()));
  }

  @Test
  void acceptsEdwardsKeysAndRsaKeys() {
    Made edwards =
        CertificateMaker.of("CN=Ed", Keys.ed25519("ca")).basicConstraints(-1).issuer(root).make();
    Made rsa =
        CertificateMaker.of("CN=Rsa", Keys.rsa(2048, "ca"))
            .basicConstraints(-1)
            .issuer(edwards)
            .make();
    assertGood(CertificateMaker.of("CN=l", Keys.ed25519("leaf")).issuer(rsa).make(), rsa, edwards);
  }

  @Test
  void refusesNamesThatAnAuthorityMayNotIssueFor() {
    Made limited =
        authority("CN=Limited")
            .issuer(root)
            .hostConstraints(List.of("example.com"), List.of("secret.example.com"))
            .make();
    assertGood(leaf("CN=l").issuer(limited).hosts("www.example.com").make(), limited);
    assertRefused(
        ErrorCode.PERMITTED_VIOLATION,
        0,
        leaf("CN=l").issuer(limited).hosts("www.example.org").make(),
        limited);
    assertRefused(
        ErrorCode.EXCLUDED_VIOLATION,
        0,
        leaf("CN=l").issuer(limited).hosts("www.secret.example.com").make(),
        limited);
  }

  @Test
  void holdsTheAnchorToItsNameConstraintsToo() {
    Made limited =
        authority("CN=Limited").hostConstraints(List.of("example.com"), List.of()).make();
    CertificateVerifier verifier = trusting(false, limited);
    assertEquals(
        Optional.empty(),
        verdict(verifier, leaf("CN=l").issuer(limited).hosts("www.example.com").make()));
    assertRefused(
        ErrorCode.PERMITTED_VIOLATION,
        0,
        verdict(verifier, leaf("CN=l").issuer(limited).hosts("www.example.org").make()));
  }

  /** CVE-2025-61727: the star would be good for the host that is excluded. */
  @Test
  void refusesAStarThatCoversAnExcludedHost() {
    Made limited =
        authority("CN=Limited")
            .issuer(root)
            .hostConstraints(List.of("example.com"), List.of("secret.example.com"))
            .make();
    assertRefused(
        ErrorCode.EXCLUDED_VIOLATION,
        0,
        leaf("CN=l").issuer(limited).hosts("*.example.com").make(),
        limited);
    assertGood(leaf("CN=l").issuer(limited).hosts("*.public.example.com").make(), limited);
  }

  /** An authority that somebody trusts may write what it likes; reading it stays cheap. */
  @Test
  @Timeout(2)
  void givesUpOnNamesAndConstraintsThatMultiply() {
    List<byte[]> bases = new ArrayList<>();
    List<byte[]> names = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      bases.add(Der.tagged(0xa4, new X500Principal("CN=base" + i).getEncoded()));
      names.add(Der.tagged(0xa4, new X500Principal("CN=name" + i).getEncoded()));
    }
    Made limited = authority("CN=Limited").issuer(root).nameConstraints(List.of(), bases).make();
    assertRefused(
        ErrorCode.PERMITTED_VIOLATION,
        0,
        leaf("CN=l").issuer(limited).altNames(names.toArray(byte[][]::new)).make(),
        limited);
    assertGood(
        leaf("CN=l").issuer(limited).altNames(names.subList(0, 9).toArray(byte[][]::new)).make(),
        limited);
  }

  /** The one thing that is left to the validator of the JDK: whoever asks for policies. */
  @Test
  void refusesWhatThePkixValidatorRefuses() {
    byte[] explicit = Der.sequence(Der.tagged(0x80, new byte[] {0}));
    Made asking = authority("CN=Asking").issuer(root).extension("2.5.29.36", true, explicit).make();
    assertRefused(ErrorCode.CERT_REJECTED, 0, leaf("CN=l").issuer(asking).make(), asking);
  }

  /** A path that was good once is judged by the clock, and by its lists, each time. */
  @Test
  void remembersNoVerdictThatTimeChanges() {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    CertificateVerifier verifier =
        new CertificateVerifier(
            List.of(root.certificate()),
            List.of(),
            false,
            Strength.ofLevel(2),
            JcaServices.jdk(),
            now::get,
            () -> 0,
            ConnectionLimits.DEFAULT);
    Made brief = leaf("CN=brief").issuer(middle).valid(LONG_AGO, NOW).make();
    assertEquals(Optional.empty(), verdict(verifier, brief, middle));
    now.set(NOW.plusSeconds(1));
    assertRefused(ErrorCode.CERT_HAS_EXPIRED, 0, verdict(verifier, brief, middle));
  }

  @Test
  void looksAtNothingOfAChainThatIsTooLong() {
    List<Made> sent = new ArrayList<>(List.of(good, middle));
    while (sent.size() < 10) {
      sent.add(root);
    }
    assertGood(sent.toArray(Made[]::new));
    sent.add(root);
    assertRefused(ErrorCode.CERT_CHAIN_TOO_LONG, 10, sent.toArray(Made[]::new));
  }

  @Test
  void looksAtNothingOfAChainThatIsTooBig() {
    Made big =
        leaf("CN=big").issuer(middle).extension("1.2.3.4", false, new byte[128 * 1024]).make();
    assertRefused(ErrorCode.CERT_CHAIN_TOO_LONG, 1, big, middle);
  }

  @Test
  void usesNoKeyThatIsLargerThanAnybodyNeeds() {
    Made huge =
        CertificateMaker.of("CN=Huge", Keys.hugeRsa()).basicConstraints(-1).issuer(root).make();
    assertRefused(ErrorCode.UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, 1, good, huge);
  }

  /** Authorities of one name, each of which could have signed every other. */
  @Test
  void checksAHundredSignaturesAtMost() {
    List<Made> mesh = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      mesh.add(CertificateMaker.of("CN=Mesh", Keys.ec("mesh " + i)).basicConstraints(-1).make());
    }
    CountingSignatures none = new CountingSignatures();
    CertificateVerifier verifier =
        new CertificateVerifier(
            chain(mesh.subList(10, 60).toArray(Made[]::new)),
            List.of(),
            false,
            Strength.ofLevel(2),
            JcaServices.of(List.of(none), new SecureRandom()),
            InstantSource.fixed(NOW),
            () -> 0,
            ConnectionLimits.DEFAULT);
    assertRefused(
        ErrorCode.CERT_CHAIN_TOO_LONG,
        2,
        verdict(verifier, mesh.subList(0, 10).toArray(Made[]::new)));
    assertTrue(none.count() <= 100, () -> none.count() + " signatures");
  }

  /** Whatever step it is that takes the time. */
  @ParameterizedTest
  @ValueSource(ints = {200, 250, 300, 400, 700, 2001})
  void givesUpWhatTakesTooLong(int stepMillis) {
    ManualTicker time = new ManualTicker();
    Ticker slow =
        () -> {
          time.advance(Duration.ofMillis(stepMillis));
          return time.nanos();
        };
    assertEquals(
        Optional.of(ErrorCode.ERR_TLS_VERIFY_TIMEOUT),
        timed(slow, JcaServices.jdk())
            .verify(chain(good, middle), Purpose.SERVER)
            .map(AuthorizationError::code));
    CountingSignatures none = new CountingSignatures();
    timed(slow, JcaServices.of(List.of(none), new SecureRandom()))
        .verify(chain(good, middle, root), Purpose.SERVER);
    assertTrue(none.count() * stepMillis <= 2000, () -> none.count() + " signatures");
  }

  @Test
  void givesAVerdictInTime() {
    ManualTicker time = new ManualTicker();
    Ticker brisk =
        () -> {
          time.advance(Duration.ofMillis(50));
          return time.nanos();
        };
    assertEquals(
        Optional.empty(),
        timed(brisk, JcaServices.jdk()).verify(chain(good, middle), Purpose.SERVER));
  }

  private CertificateVerifier timed(Ticker ticker, JcaServices jca) {
    return new CertificateVerifier(
        chain(root),
        List.of(),
        false,
        Strength.ofLevel(2),
        jca,
        InstantSource.fixed(NOW),
        ticker,
        ConnectionLimits.DEFAULT);
  }

  /** Node lets OpenSSL go on after an error, and tells the last. */
  @Test
  void tellsWhatIsFoundLast() {
    CertificateVerifier verifier = trusting(false, root);
    Made end = leaf("CN=End").noAuthority().issuer(middle).make();
    Made old = leaf("CN=old").issuer(middle).valid(LONG_AGO, LONG_AGO.plusSeconds(1)).make();
    assertRefused(
        ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE, 0, verifier.verify(chain(good), Purpose.SERVER));
    assertRefused(ErrorCode.CERT_HAS_EXPIRED, 0, verifier.verify(chain(old), Purpose.SERVER));
    assertRefused(
        ErrorCode.INVALID_PURPOSE,
        1,
        verifier.verify(chain(leaf("CN=l").issuer(end).make(), end, middle), Purpose.SERVER));
  }

  @Test
  void saysOpenSslsSentence() {
    assertEquals(
        Optional.of("self-signed certificate"),
        verdict(trusting(false, root), leaf("CN=own").make()).map(AuthorizationError::message));
  }
}
