package io.tlsport;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A certificate in the seed's shape: what {@code getPeerCertificate(true)} returns, and Node's
 * {@code getCertificate()} for our own. Everything is read from the DER, the same on every
 * provider; what a damaged extension hides is empty, and nothing here throws. Immutable.
 */
public interface PeerCertificate {
  /** Whom the certificate is for. */
  DistinguishedName subject();

  /** Who signed it. */
  DistinguishedName issuer();

  /** Start of validity, in OpenSSL's format: {@code Nov 11 09:52:22 2009 GMT}. */
  String validFrom();

  /** End of validity, in OpenSSL's format, a day below ten after two blanks. */
  String validTo();

  /** SHA-1 of the DER, upper-case hexadecimal with colons: an identifier, not a proof. */
  String fingerprint();

  /** SHA-256 of the DER, upper-case hexadecimal with colons. */
  String fingerprint256();

  /** SHA-512 of the DER, upper-case hexadecimal with colons. */
  String fingerprint512();

  /** Upper-case hexadecimal in whole bytes, without separators; {@code 0} for zero. */
  String serialNumber();

  /**
   * The alternative names in OpenSSL's text form: {@code DNS:a.example, IP Address:127.0.0.1};
   * empty if there are none. A name with a comma, a quote or something invisible in it stands in
   * quotes, escaped as in JSON, so that no name can look like two.
   */
  Optional<String> subjectaltname();

  /**
   * Where the authority answers: {@code OCSP - URI} and {@code CA Issuers - URI} to the addresses,
   * in the certificate's order. They come from the peer: nothing here connects to them.
   */
  Map<String, List<String>> infoAccess();

  /** What the certificate may be used for, as dotted object identifiers; empty: not limited. */
  List<String> extKeyUsage();

  /** True if it says that it is an authority, and may sign certificates. */
  boolean ca();

  /**
   * The public key as Node gives it: the SubjectPublicKeyInfo of an RSA key, the point of an
   * elliptic curve. Empty for other keys; {@link #x509()} has them all. A copy.
   */
  Optional<byte[]> pubkey();

  /** Bits of an RSA modulus, or of the order of an elliptic curve; empty for other keys. */
  OptionalInt bits();

  /** The modulus of an RSA key, upper-case hexadecimal. */
  Optional<String> modulus();

  /** The exponent of an RSA key: {@code 0x10001}. */
  Optional<String> exponent();

  /** OpenSSL's name of the key's elliptic curve: {@code prime256v1}. */
  Optional<String> asn1Curve();

  /** NIST's name of the key's elliptic curve: {@code P-256}; empty for curves of others. */
  Optional<String> nistCurve();

  /** The DER. A copy. */
  byte[] raw();

  /**
   * Who issued it, among the certificates that were sent and those that are trusted, by name and
   * key identifier; {@link TLSSocket#authorized()} says whether it did so. A certificate that
   * issued itself is its own issuer, and the same object. Empty if the issuer is not known.
   */
  Optional<PeerCertificate> issuerCertificate();

  /** The chain as it was sent, this certificate first; never empty. */
  List<X509Certificate> chain();

  /** The certificate itself. */
  default X509Certificate x509() {
    return chain().get(0);
  }
}
