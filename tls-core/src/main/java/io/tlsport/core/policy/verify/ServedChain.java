package io.tlsport.core.policy.verify;

import io.tlsport.ConnectionLimits;
import io.tlsport.spi.Identity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What is sent of an identity. A certificate that was given alone is followed by its issuers as far
 * as they are known, the root included, as OpenSSL does; a chain that was given is sent as it is.
 */
public final class ServedChain {
  private final PathBuilder paths;
  private final CertificateSignatures signatures;

  /**
   * Completes from these certificates.
   *
   * @param authorities where issuers are looked for, in any order
   */
  public ServedChain(List<X509Certificate> authorities, CertificateSignatures signatures) {
    this.paths = new PathBuilder(authorities, false, signatures);
    this.signatures = signatures;
  }

  /**
   * The identity with its whole chain.
   *
   * @param now of two issuers with the same key, one that is valid then is taken
   */
  public Identity complete(Identity identity, Instant now) {
    if (identity.chain().size() > 1) {
      return identity;
    }
    PathBuilder.Path path =
        paths.build(identity.chain(), now, new Effort(() -> 0, ConnectionLimits.DEFAULT));
    List<X509Certificate> chain = path.certificates();
    return new Identity(identity.key(), path.forged() < 0 ? chain : genuine(chain));
  }

  /** What bears an issuer's name and has not signed is of no use to a peer. */
  private List<X509Certificate> genuine(List<X509Certificate> chain) {
    int length = 1;
    while (length < chain.size()
        && signatures.signed(chain.get(length - 1), chain.get(length).getPublicKey())) {
      length++;
    }
    return chain.subList(0, length);
  }
}
