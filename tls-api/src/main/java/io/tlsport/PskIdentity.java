package io.tlsport;

import java.nio.charset.StandardCharsets;

/**
 * What a client calls itself, and the key that it shares with its server. Does not print the key.
 */
public final class PskIdentity {
  /** The longest identity, and the longest hint, in bytes of UTF-8: 256, as in OpenSSL. */
  public static final int MAX_IDENTITY = 256;

  /** The longest key, in bytes: 512, as in OpenSSL. */
  public static final int MAX_KEY = 512;

  private final String identity;
  private final byte[] key;

  private PskIdentity(String identity, byte[] key) {
    this.identity = identity;
    this.key = key;
  }

  /**
   * An identity with its key, which is copied.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} for an identity that is
   *     empty or longer than {@link #MAX_IDENTITY} bytes, and for a key that is empty or longer
   *     than {@link #MAX_KEY} bytes
   */
  public static PskIdentity of(String identity, byte[] key) {
    int length = Arguments.given("identity", identity).getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_IDENTITY) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "identity of a pre-shared key must have 1 to " + MAX_IDENTITY + " bytes, got " + length);
    }
    return new PskIdentity(identity, checkedKey(Arguments.given("key", key)).clone());
  }

  /**
   * The key itself, if a key can be as long.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} otherwise
   */
  public static byte[] checkedKey(byte[] key) {
    if (key.length == 0 || key.length > MAX_KEY) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "a pre-shared key must have 1 to " + MAX_KEY + " bytes, got " + key.length);
    }
    return key;
  }

  /** The hint itself, if one can be as long. */
  static String checkedHint(String hint) {
    int length = Arguments.given("pskIdentityHint", hint).getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_IDENTITY) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_PSK_SET_IDENTIY_HINT_FAILED,
          "pskIdentityHint must have 1 to "
              + MAX_IDENTITY
              + " bytes, got "
              + length
              + ": leave it out where there is none");
    }
    return hint;
  }

  /** What the client calls itself. */
  public String identity() {
    return identity;
  }

  /** A copy of the key. */
  public byte[] key() {
    return key.clone();
  }

  @Override
  public String toString() {
    return "PskIdentity[" + identity + ", ***]";
  }
}
