package io.tlsport.core.policy.cipher;

import io.tlsport.ProtocolVersion;

/**
 * One suite as OpenSSL sees it.
 *
 * @param code the two bytes that stand for it on the wire
 * @param name OpenSSL's name
 * @param standardName IANA's name
 * @param since the oldest protocol that has it, as OpenSSL prints it
 * @param keyExchange for example {@code ECDH}
 * @param authentication for example {@code RSA}
 * @param encryption for example {@code AESGCM}
 * @param bits key length of the encryption; 0 for none
 * @param mac for example {@code SHA256}, or {@code AEAD}
 * @param isDefault OpenSSL's DEFAULT has it
 */
public record CipherSuite(
    int code,
    String name,
    String standardName,
    String since,
    String keyExchange,
    String authentication,
    String encryption,
    int bits,
    String mac,
    boolean isDefault) {

  /** One of TLS 1.3, which cipher lists do not select. */
  public boolean isTls13() {
    return since.equals("TLSv1.3");
  }

  /** Whether that version can use it: what is older than TLS 1.2 works up to there. */
  public boolean worksWith(ProtocolVersion version) {
    return switch (version) {
      case TLS_1_3 -> isTls13();
      case TLS_1_2 -> !isTls13();
      case TLS_1_0, TLS_1_1 -> !isTls13() && !since.equals("TLSv1.2");
    };
  }

  /** Both sides prove that they have a key, and show no certificate. */
  public boolean isPsk() {
    return authentication.equals("PSK");
  }

  /**
   * A pre-shared key can be used with it: in TLS 1.3 with every suite of SHA-256, which is the hash
   * of keys that tell none (RFC 8446 section 4.2.11).
   */
  public boolean takesPsk() {
    return isTls13() ? standardName.endsWith("_SHA256") : isPsk();
  }

  /** A stolen private key does not open what was recorded before. */
  boolean isForwardSecret() {
    return keyExchange.startsWith("DH") || keyExchange.startsWith("ECDH");
  }

  /** What an attacker has to search, in bits. */
  int strength() {
    if (encryption.equals("3DES")) {
      return 112;
    }
    // Its tag is short; OpenSSL counts it so from 3.2 on.
    return encryption.equals("AESCCM8") ? 64 : bits;
  }
}
