package io.tlsport.core.policy.verify;

import io.tlsport.PeerCertificate;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in the seed's shape: what {@code getPeerCertificate()} returns. */
public final class PeerCertificateReader {
  private PeerCertificateReader() {}

  /** The shape of the first certificate of a chain that is not empty. */
  public static PeerCertificate read(List<X509Certificate> chain) {
    return read(chain, List.of());
  }

  /**
   * The shape of the first certificate of a chain that is not empty.
   *
   * @param authorities where issuers are looked for that were not sent
   */
  public static PeerCertificate read(
      List<X509Certificate> chain, List<X509Certificate> authorities) {
    return new ShownCertificate(List.copyOf(chain), List.copyOf(authorities));
  }
}
