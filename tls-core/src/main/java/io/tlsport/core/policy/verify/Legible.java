package io.tlsport.core.policy.verify;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * Some providers look into a certificate when they are asked for its members, and not when they
 * take it from the peer: one that they cannot read is found here, before anybody relies on it.
 */
public final class Legible {
  private Legible() {}

  /**
   * Reads what others will read.
   *
   * @throws HandshakeException with {@link ErrorCode#ERR_SSL_DECODE_ERROR} if one of them cannot be
   *     read
   */
  public static void require(List<X509Certificate> chain) {
    for (int depth = 0; depth < chain.size(); depth++) {
      X509Certificate certificate = chain.get(depth);
      try {
        Objects.requireNonNull(certificate.getPublicKey(), "it has no key");
        Objects.requireNonNull(certificate.getSubjectX500Principal(), "it has no subject");
        Objects.requireNonNull(certificate.getIssuerX500Principal(), "it has no issuer");
        Objects.requireNonNull(certificate.getNotBefore(), "it has no beginning");
        Objects.requireNonNull(certificate.getNotAfter(), "it has no end");
        Objects.requireNonNull(certificate.getSerialNumber(), "it has no serial number");
      } catch (RuntimeException malformed) {
        throw new HandshakeException(
            ErrorCode.ERR_SSL_DECODE_ERROR,
            "the peer's certificate at depth "
                + depth
                + " cannot be read: "
                + malformed.getMessage(),
            malformed);
      }
    }
  }
}
