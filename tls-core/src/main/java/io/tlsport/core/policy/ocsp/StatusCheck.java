package io.tlsport.core.policy.ocsp;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.verify.PeerCertificateReader;
import io.tlsport.spi.JcaServices;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One certificate whose status is of interest. Immutable.
 *
 * @param jca does the arithmetic
 * @param certificate whose status it is
 * @param issuer of it, who has signed the responses or the certificate of who has
 */
public record StatusCheck(JcaServices jca, X509Certificate certificate, X509Certificate issuer) {
  /** Why a response is not believed. */
  public static final class Unbelievable extends Exception {
    private static final long serialVersionUID = 1;

    Unbelievable(String message) {
      super(message);
    }
  }

  /** Where the certificate says that its status is known; empty if it does not, or not by HTTP. */
  public Optional<URI> responder() {
    return PeerCertificateReader.read(List.of(certificate), jca)
        .infoAccess()
        .getOrDefault("OCSP - URI", List.of())
        .stream()
        .filter(text -> text.startsWith("http://") || text.startsWith("https://"))
        .findFirst()
        .flatMap(StatusCheck::parsed);
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The OCSPRequest. */
  public byte[] request() {
    try {
      return StatusBytes.request(jca, certificate, issuer);
    } catch (GeneralSecurityException | DerException impossible) {
      throw new IllegalStateException("no OCSP request can be made", impossible);
    }
  }

  /**
   * What a responder said, if it can be believed: signed by the issuer or by whom it has certified
   * for that, about this certificate, and of now. That the certificate is revoked can be believed,
   * too.
   *
   * @throws Unbelievable with the reason
   */
  public KnownStatus believe(byte[] response, Instant now) throws Unbelievable {
    try {
      KnownStatus known = StatusBytes.times(response, certificate.getSerialNumber(), now);
      if (!known.holds(now)) {
        throw new Unbelievable("it was good until " + known.until());
      }
      check(response, now);
      return known;
    } catch (CertPathValidatorException refused) {
      throw new Unbelievable(String.valueOf(refused.getMessage()));
    } catch (GeneralSecurityException | DerException | RuntimeException malformed) {
      throw new Unbelievable(String.valueOf(malformed.getMessage()));
    }
  }

  private void check(byte[] response, Instant now) throws GeneralSecurityException {
    CertPathValidator validator = jca.certPathValidator("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOcspResponses(Map.of(certificate, response));
    checker.setOptions(Set.of(Option.ONLY_END_ENTITY, Option.NO_FALLBACK));
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
    parameters.addCertPathChecker(checker);
    parameters.setDate(Date.from(now));
    try {
      validator.validate(
          jca.certificateFactory("X.509").generateCertPath(List.of(certificate)), parameters);
    } catch (CertPathValidatorException refused) {
      if (refused.getReason() != BasicReason.REVOKED) {
        throw refused;
      }
    }
  }
}
