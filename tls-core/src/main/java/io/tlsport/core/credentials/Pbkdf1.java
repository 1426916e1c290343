package io.tlsport.core.credentials;

import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The key derivation PBKDF1 (RFC 8018 section 5.1). */
final class Pbkdf1 {
  private final JcaServices jca;

  Pbkdf1(JcaServices jca) {
    this.jca = jca;
  }

  /** As many bytes as the digest has. */
  byte[] derive(String digest, Password password, byte[] salt, int iterations)
      throws GeneralSecurityException {
    Approval.requireOwnCode(jca, "PBKDF1 is");
    MessageDigest hash = jca.messageDigest(digest);
    byte[] secret = password.utf8();
    hash.update(secret);
    Arrays.fill(secret, (byte) 0);
    byte[] derived = hash.digest(salt);
    for (int i = 1; i < iterations; i++) {
      derived = hash.digest(derived);
    }
    return derived;
  }
}
