package io.tlsport.core.credentials;

import io.tlsport.CaSource;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.spi.JcaServices;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a context trusts.
 *
 * @param certificates the trust anchors, each once
 * @param given those of them that the options contain: a server names them to its clients, and not
 *     the hundreds of roots of a JVM or a system
 * @param crls revocation lists
 */
public record TrustMaterial(
    List<X509Certificate> certificates, List<X509Certificate> given, List<X509CRL> crls) {
  /** Keeps copies of the lists. */
  public TrustMaterial {
    certificates = List.copyOf(certificates);
    given = List.copyOf(given);
    crls = List.copyOf(crls);
  }

  /**
   * Loads {@code ca} and {@code crl}; without {@code ca} the well-known roots are trusted, and with
   * it where the options say so.
   *
   * @param ofPfx the authorities of {@code pfx}, which are trusted either way
   */
  public static TrustMaterial load(
      SecureContextOptions options,
      List<X509Certificate> ofPfx,
      JcaServices jca,
      RootStores roots) {
    CertificateReader reader = new CertificateReader(jca);
    List<X509Certificate> given = new ArrayList<>();
    for (Pem pem : options.ca().orElse(List.of())) {
      given.addAll(reader.certificates("ca", pem));
    }
    given.addAll(ofPfx);
    List<X509CRL> crls = new ArrayList<>();
    for (Pem pem : options.crl()) {
      crls.addAll(reader.crls("crl", pem));
    }
    boolean defaults = options.ca().isEmpty() || options.addDefaultRoots();
    if (defaults && given.isEmpty() && !options.systemRoots()) {
      // Hundreds of roots, which all contexts like this one share.
      return new TrustMaterial(roots.of(CaSource.DEFAULT), given, crls);
    }
    Set<X509Certificate> anchors = new LinkedHashSet<>(given);
    if (defaults) {
      anchors.addAll(roots.of(CaSource.DEFAULT));
    }
    if (options.systemRoots()) {
      anchors.addAll(roots.requireSystem());
    }
    return new TrustMaterial(List.copyOf(anchors), given, crls);
  }
}
