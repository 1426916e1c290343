package io.tlsport.testpki;

/** What kind of key a certificate certifies. */
public enum KeyKind {
  /** RSA, 2048 bits. */
  RSA_2048,
  /** RSA, 2048 bits, whose certificate allows PSS signatures only; not for authorities. */
  RSA_PSS_2048,
  /** The curve that OpenSSL calls {@code prime256v1}. */
  EC_P256,
  /** The curve {@code secp384r1}. */
  EC_P384,
  /** Edwards curve signatures (RFC 8032). */
  ED25519
}
