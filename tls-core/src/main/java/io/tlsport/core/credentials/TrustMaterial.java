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
 * @param named those of them that the options name, for a server to tell its clients
 * @param crls revocation lists
 */
public record TrustMaterial(
    List<X509Certificate> certificates, List<X509Certificate> named, List<X509CRL> crls) {
  /** Keeps copies of the lists. */
  public TrustMaterial {
    certificates = List.copyOf(certificates);
    named = List.copyOf(named);
    crls = List.copyOf(crls);
  }

  /**
   * Loads {@code ca} and {@code crl}; without {@code ca} the well-known roots are trusted.
   *
   * @param ofPfx the authorities of {@code pfx}, which are trusted either way
   */
  public static TrustMaterial load(
      SecureContextOptions options, List<X509Certificate> ofPfx, JcaServices jca) {
    CertificateReader reader = new CertificateReader(jca);
    List<X509Certificate> named = new ArrayList<>();
    for (Pem pem : options.ca().orElse(List.of())) {
      named.addAll(reader.certificates("ca", pem));
    }
    named.addAll(ofPfx);
    List<X509CRL> crls = new ArrayList<>();
    for (Pem pem : options.crl()) {
      crls.addAll(reader.crls("crl", pem));
    }
    List<X509Certificate> certificates = new ArrayList<>(named);
    if (options.ca().isEmpty()) {
      certificates.addAll(DefaultRoots.get());
    }
    return new TrustMaterial(certificates, named, crls);
  }
}
