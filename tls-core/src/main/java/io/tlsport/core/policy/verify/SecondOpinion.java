package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a PKIX validator (RFC 5280 section 6) thinks of a path that we found good: the JDK's, or
 * under FIPS the module's. Only its yes or no counts, never the reason that it gives. It is asked
 * once for a path; what changes with time is looked at each time elsewhere.
 */
final class SecondOpinion {
  private final JcaServices jca;
  private final KnownFacts<Boolean> accepted;

  SecondOpinion(JcaServices jca) {
    this.jca = jca;
    this.accepted = new KnownFacts<>(jca);
  }

  /** Extensions that are judged already may be critical. */
  private static final class JudgedByUs extends PKIXCertPathChecker {
    @Override
    public void init(boolean forward) {
      // It keeps nothing from one certificate to the next.
    }

    @Override
    public boolean isForwardCheckingSupported() {
      return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
      return ChainRules.UNDERSTOOD;
    }

    @Override
    public void check(Certificate certificate, @Nullable Collection<String> unresolved) {
      if (unresolved != null) {
        unresolved.removeAll(ChainRules.UNDERSTOOD);
      }
    }
  }

  /** Empty if it agrees. */
  Optional<AuthorizationError> check(List<X509Certificate> path, Instant now) {
    boolean isAnchorAlone = path.size() == 1;
    if (isAnchorAlone || path.stream().anyMatch(SecondOpinion::constrainsNames)) {
      return Optional.empty();
    }
    try {
      List<byte[]> encodings = new ArrayList<>();
      for (X509Certificate certificate : path) {
        encodings.add(certificate.getEncoded());
      }
      ByteBuffer name = accepted.name(encodings);
      if (accepted.find(name).isEmpty()) {
        validate(path, now);
        accepted.put(name, true);
      }
      return Optional.empty();
    } catch (CertPathValidatorException refused) {
      return rejected(refused, Math.max(0, refused.getIndex()));
    } catch (GeneralSecurityException | RuntimeException refused) {
      return rejected(refused, 0);
    }
  }

  /**
   * The validators read these each in their own way: the JDK's takes the common name of a client
   * for a host. We do as OpenSSL does.
   */
  private static boolean constrainsNames(X509Certificate certificate) {
    return certificate.getExtensionValue(NameConstraints.OID) != null;
  }

  private static Optional<AuthorizationError> rejected(Exception refused, int depth) {
    return Optional.of(
        new AuthorizationError(
            ErrorCode.CERT_REJECTED,
            "certificate rejected: the PKIX validator says: " + refused.getMessage(),
            depth));
  }

  private void validate(List<X509Certificate> path, Instant now) throws GeneralSecurityException {
    CertificateFactory factory = jca.certificateFactory("X.509");
    List<X509Certificate> own = new ArrayList<>();
    for (X509Certificate certificate : path) {
      // Engines hand over certificates of their own classes.
      own.add(
          (X509Certificate)
              factory.generateCertificate(new ByteArrayInputStream(certificate.getEncoded())));
    }
    int last = own.size() - 1;
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(own.get(last), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    parameters.addCertPathChecker(new JudgedByUs());
    jca.certPathValidator("PKIX")
        .validate(factory.generateCertPath(own.subList(0, last)), parameters);
  }
}
