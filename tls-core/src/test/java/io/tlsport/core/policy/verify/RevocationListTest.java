package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.NOW;
import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.AuthorizationError;
import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.spi.JcaServices;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Revocation lists where we are more careful than OpenSSL; the rest is compared with it. */
class RevocationListTest {
  private final Made root = authority("CN=Root").make();
  private final Made middle = authority("CN=Middle").issuer(root).make();
  private final Made good = leaf("CN=leaf").issuer(middle).make();

  private static void assertRefused(
      ErrorCode code, int depth, Optional<AuthorizationError> verdict) {
    assertEquals(Optional.of(code), verdict.map(AuthorizationError::code));
    assertEquals(Optional.of(depth), verdict.map(AuthorizationError::depth));
  }

  @Test
  void takesNoPartOfARevocationListForTheWhole() {
    X509CRL ofRoot = CrlMaker.by(root).make();
    X509CRL changes = CrlMaker.by(middle).extension("2.5.29.27", true, Der.integer(1)).make();
    assertRefused(ErrorCode.UNABLE_TO_GET_CRL, 0, revokedBy(ofRoot, changes));
    X509CRL quiet = CrlMaker.by(middle).extension("2.5.29.27", false, Der.integer(1)).make();
    assertRefused(ErrorCode.UNABLE_TO_GET_CRL, 0, revokedBy(ofRoot, quiet));
    X509CRL unknown = CrlMaker.by(middle).extension("1.2.3.4", true, Der.none()).make();
    assertRefused(ErrorCode.UNABLE_TO_GET_CRL, 0, revokedBy(ofRoot, unknown));
    assertEquals(Optional.empty(), revokedBy(ofRoot, changes, CrlMaker.by(middle).make()));
  }

  private Optional<AuthorizationError> revokedBy(X509CRL... crls) {
    return revokedBy(good, crls);
  }

  private Optional<AuthorizationError> revokedBy(Made end, X509CRL... crls) {
    return new CertificateVerifier(
            List.of(root.certificate()),
            List.of(crls),
            false,
            Strength.ofLevel(2),
            JcaServices.jdk(),
            InstantSource.fixed(NOW),
            () -> 0,
            ConnectionLimits.DEFAULT)
        .verify(List.of(end.certificate(), middle.certificate()), Purpose.SERVER);
  }

  @Test
  void takesAListForThoseOnlyWhoPointToIt() {
    byte[] here = Der.tagged(0x86, "http://here/".getBytes(StandardCharsets.US_ASCII));
    byte[] there = Der.tagged(0x86, "http://there/".getBytes(StandardCharsets.US_ASCII));
    X509CRL ofRoot = CrlMaker.by(root).make();
    X509CRL ofHere =
        CrlMaker.by(middle)
            .extension("2.5.29.28", true, Der.sequence(Der.tagged(0xa0, Der.tagged(0xa0, here))))
            .make();
    assertEquals(Optional.empty(), revokedBy(pointingTo(here), ofRoot, ofHere));
    assertRefused(ErrorCode.UNABLE_TO_GET_CRL, 0, revokedBy(pointingTo(there), ofRoot, ofHere));
    assertRefused(ErrorCode.UNABLE_TO_GET_CRL, 0, revokedBy(good, ofRoot, ofHere));
  }

  private Made pointingTo(byte[] location) {
    byte[] point = Der.sequence(Der.tagged(0xa0, Der.tagged(0xa0, location)));
    return leaf("CN=leaf").issuer(middle).extension("2.5.29.31", true, Der.sequence(point)).make();
  }
}
