package io.tlsport.core.policy.verify;

import io.tlsport.PeerCertificate;
import io.tlsport.spi.JcaServices;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in the seed's shape: what {@code getPeerCertificate()} returns. */
public final class PeerCertificateReader {
  private PeerCertificateReader() {}

  /** The shape of the first certificate of a chain that is not empty, on its own. */
  public static PeerCertificate read(List<X509Certificate> chain, JcaServices jca) {
    return read(chain, List.of(), jca);
  }

  /**
   * The shape of the first certificate of a chain that is not empty.
   *
   * @param authorities where issuers are looked for that were not sent
   * @param jca computes fingerprints
   */
  public static PeerCertificate read(
      List<X509Certificate> chain, List<X509Certificate> authorities, JcaServices jca) {
    return new ShownCertificate(List.copyOf(chain), List.copyOf(authorities), jca);
  }
}
