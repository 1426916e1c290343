package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;

/** The key derivation scrypt (RFC 7914), as {@code openssl pkcs8 -scrypt} uses it. */
final class Scrypt {
  static final String OID = "1.3.6.1.4.1.11591.4.11";

  /** OpenSSL's own limit is 32 MiB. */
  private static final long MAX_MEMORY = 256L * 1024 * 1024;

  private static final int MAX_PARALLEL = 64;

  private final JcaServices jca;

  Scrypt(JcaServices jca) {
    this.jca = jca;
  }

  /**
   * Derives a key of {@code size} bytes.
   *
   * @param parameters the content of scrypt-params
   */
  byte[] derive(DerReader parameters, int size, Password password)
      throws DerException, GeneralSecurityException {
    byte[] salt = parameters.octets();
    int cost = parameters.smallInteger();
    int block = parameters.smallInteger();
    int parallel = parameters.smallInteger();
    return derive(password, salt, cost, block, parallel, size);
  }

  /**
   * Derives a key.
   *
   * @param cost a power of two, greater than one
   * @param block the block size r
   * @param parallel the parallelisation p
   * @param size of the key in bytes
   * @throws DerException for parameters that no tool would choose
   */
  byte[] derive(Password password, byte[] salt, int cost, int block, int parallel, int size)
      throws DerException, GeneralSecurityException {
    Approval.requireOwnCode(jca, "scrypt is");
    boolean sane =
        cost > 1
            && Integer.bitCount(cost) == 1
            && block > 0
            && parallel > 0
            && parallel <= MAX_PARALLEL
            && 128L * block * (cost + (long) parallel) <= MAX_MEMORY;
    if (!sane) {
      throw new DerException(
          "absurd parameters of scrypt: N " + cost + ", r " + block + ", p " + parallel);
    }
    byte[] blocks = pbkdf2(password, salt, 128 * block * parallel);
    int words = 32 * block;
    IntBuffer all = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int[] history = new int[words * cost];
    for (int i = 0; i < parallel; i++) {
      int[] one = new int[words];
      all.get(i * words, one);
      mix(one, history, cost);
      all.put(i * words, one);
    }
    return pbkdf2(password, blocks, size);
  }

  private byte[] pbkdf2(Password password, byte[] salt, int size) throws GeneralSecurityException {
    return new Pbkdf2(jca).derive("HmacSHA256", password, salt, 1, size);
  }

  /** scryptROMix. */
  private static void mix(int[] block, int[] history, int cost) {
    int words = block.length;
    int[] other = new int[words];
    for (int i = 0; i < cost; i++) {
      System.arraycopy(block, 0, history, i * words, words);
      blockMix(block, other);
    }
    for (int i = 0; i < cost; i++) {
      int from = (block[words - 16] & (cost - 1)) * words;
      for (int j = 0; j < words; j++) {
        block[j] ^= history[from + j];
      }
      blockMix(block, other);
    }
  }

  /** scryptBlockMix: salsa20/8 in a chain, even results first. */
  private static void blockMix(int[] block, int[] out) {
    int words = block.length;
    int[] chain = new int[16];
    System.arraycopy(block, words - 16, chain, 0, 16);
    for (int i = 0; i < words / 16; i++) {
      for (int j = 0; j < 16; j++) {
        chain[j] ^= block[i * 16 + j];
      }
      salsa(chain);
      System.arraycopy(chain, 0, out, (i / 2 + (i % 2) * (words / 32)) * 16, 16);
    }
    System.arraycopy(out, 0, block, 0, words);
  }

  /** Eight rounds of Salsa20 over sixteen words. */
  private static void salsa(int[] words) {
    int[] x = words.clone();
    for (int round = 0; round < 4; round++) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 5, 9, 13, 1);
      quarter(x, 10, 14, 2, 6);
      quarter(x, 15, 3, 7, 11);
      quarter(x, 0, 1, 2, 3);
      quarter(x, 5, 6, 7, 4);
      quarter(x, 10, 11, 8, 9);
      quarter(x, 15, 12, 13, 14);
    }
    for (int i = 0; i < 16; i++) {
      words[i] += x[i];
    }
  }

  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
    x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
    x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
    x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
  }
}
