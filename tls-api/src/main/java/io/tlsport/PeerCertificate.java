package io.tlsport;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A peer's certificate in the seed's shape: what {@code getPeerCertificate()} returns. */
public interface PeerCertificate {
  /** Whom the certificate is for. */
  DistinguishedName subject();

  /** Who signed it. */
  DistinguishedName issuer();

  /** Start of validity, in OpenSSL's format: {@code Nov 11 09:52:22 2009 GMT}. */
  String validFrom();

  /** End of validity, in OpenSSL's format: {@code Nov 6 09:52:22 2029 GMT}. */
  String validTo();

  /** SHA-1 of the DER, upper-case hexadecimal with colons: an identifier, not a proof. */
  String fingerprint();

  /** SHA-256 of the DER, upper-case hexadecimal with colons. */
  String fingerprint256();

  /** Upper-case hexadecimal, without separators. */
  String serialNumber();

  /** The alternative names in OpenSSL's text form, quoted where needed; empty if there are none. */
  Optional<String> subjectaltname();

  /** The chain as the peer sent it, this certificate first; never empty. */
  List<X509Certificate> chain();

  /** The certificate itself. */
  default X509Certificate x509() {
    return chain().get(0);
  }
}
