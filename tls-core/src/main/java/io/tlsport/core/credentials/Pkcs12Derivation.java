package io.tlsport.core.credentials;

import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The key derivation of PKCS#12 (RFC 7292 appendix B.2). */
final class Pkcs12Derivation {
  /** For the key of a cipher. */
  static final int KEY = 1;

  /** For the start of a cipher. */
  static final int IV = 2;

  /** For the key of an integrity code. */
  static final int MAC = 3;

  private static final int LARGE_DIGEST = 48;

  private final JcaServices jca;

  Pkcs12Derivation(JcaServices jca) {
    this.jca = jca;
  }

  /**
   * Derives bytes.
   *
   * @param digest its JCA name, with a block of 64 bytes, or of 128 from SHA-384 on
   * @param purpose {@link #KEY}, {@link #IV} or {@link #MAC}
   */
  byte[] derive(
      String digest, int purpose, Password password, byte[] salt, int iterations, int size)
      throws GeneralSecurityException {
    Approval.requireOwnCode(jca, "the derivation of PKCS#12 is");
    MessageDigest hash = jca.messageDigest(digest);
    int block = hash.getDigestLength() >= LARGE_DIGEST || digest.contains("/") ? 128 : 64;
    byte[] diversifier = new byte[block];
    Arrays.fill(diversifier, (byte) purpose);
    byte[] secret = password.bmp();
    byte[] input = concatenated(repeated(salt, block), repeated(secret, block));
    Arrays.fill(secret, (byte) 0);
    byte[] out = new byte[size];
    for (int at = 0; at < size; ) {
      hash.update(diversifier);
      byte[] one = hash.digest(input);
      for (int i = 1; i < iterations; i++) {
        one = hash.digest(one);
      }
      int taken = Math.min(one.length, size - at);
      System.arraycopy(one, 0, out, at, taken);
      at += taken;
      step(input, one, block);
    }
    Arrays.fill(input, (byte) 0);
    return out;
  }

  private static byte[] repeated(byte[] bytes, int block) {
    byte[] out = new byte[(bytes.length + block - 1) / block * block];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[i % bytes.length];
    }
    return out;
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] out = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, out, first.length, second.length);
    return out;
  }

  /** Adds the digest, repeated to a block, and one to every block of the input. */
  private static void step(byte[] input, byte[] digest, int block) {
    for (int start = 0; start < input.length; start += block) {
      int carry = 1;
      for (int i = block - 1; i >= 0; i--) {
        carry += (input[start + i] & 0xff) + (digest[i % digest.length] & 0xff);
        input[start + i] = (byte) carry;
        carry >>= 8;
      }
    }
  }
}
