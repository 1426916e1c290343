package io.tlsport.core.credentials;

import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.spi.JcaServices;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a context trusts.
 *
 * @param certificates the trust anchors
 * @param crls revocation lists
 * @param defaultRoots the well-known roots are among the anchors
 */
public record TrustMaterial(
    List<X509Certificate> certificates, List<X509CRL> crls, boolean defaultRoots) {
  /** Keeps copies of the lists. */
  public TrustMaterial {
    certificates = List.copyOf(certificates);
    crls = List.copyOf(crls);
  }

  /**
   * Loads {@code ca}, {@code crl} and the authorities of {@code pfx}; without {@code ca} the
   * well-known roots are trusted.
   */
  public static TrustMaterial load(SecureContextOptions options, JcaServices jca) {
    CertificateReader reader = new CertificateReader(jca);
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem pem : options.ca().orElse(List.of())) {
      certificates.addAll(reader.certificates("ca", pem));
    }
    options
        .pfx()
        .ifPresent(
            pfx ->
                certificates.addAll(
                    new PfxReader(jca).read(pfx, options.passphrase()).authorities()));
    List<X509CRL> crls = new ArrayList<>();
    for (Pem pem : options.crl()) {
      crls.addAll(reader.crls("crl", pem));
    }
    boolean defaultRoots = options.ca().isEmpty();
    if (defaultRoots) {
      certificates.addAll(DefaultRoots.get());
    }
    return new TrustMaterial(certificates, crls, defaultRoots);
  }
}
