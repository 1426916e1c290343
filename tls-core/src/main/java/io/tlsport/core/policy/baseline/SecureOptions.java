package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import java.util.List;

/** OpenSSL's bits {@code SSL_OP_} (its manual page {@code SSL_CTX_set_options(3)}). */
public final class SecureOptions {
  private static final long CIPHER_SERVER_PREFERENCE = 1L << 22;

  /** NO_SSLv3, NO_COMPRESSION, NO_SESSION_RESUMPTION_ON_RENEGOTIATION. */
  private static final long SO_ANYWAY = 1L << 25 | 1L << 17 | 1L << 16;

  private SecureOptions() {}

  private static long without(ProtocolVersion version) {
    return switch (version) {
      case TLS_1_0 -> 1L << 26;
      case TLS_1_1 -> 1L << 28;
      case TLS_1_2 -> 1L << 27;
      case TLS_1_3 -> 1L << 29;
    };
  }

  /**
   * The versions that the bits leave; never empty.
   *
   * @throws ConfigurationException if they leave none, or have another meaning than is known here
   */
  static List<ProtocolVersion> filter(List<ProtocolVersion> versions, long bits) {
    requireKnown(bits);
    List<ProtocolVersion> left =
        versions.stream().filter(version -> (bits & without(version)) == 0).toList();
    if (left.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION,
          "secureOptions takes all of " + versions + " away: leave a version");
    }
    return left;
  }

  /** True if a server's order of ciphers is asked for. */
  public static boolean prefersServer(long bits) {
    return (bits & CIPHER_SERVER_PREFERENCE) != 0;
  }

  private static void requireKnown(long bits) {
    long known = CIPHER_SERVER_PREFERENCE | SO_ANYWAY;
    for (ProtocolVersion version : ProtocolVersion.values()) {
      known |= without(version);
    }
    long unknown = bits & ~known;
    if (unknown != 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "secureOptions: the bits 0x"
              + Long.toHexString(unknown)
              + " have no meaning here; those of NO_TLSv1 to NO_TLSv1_3 and"
              + " CIPHER_SERVER_PREFERENCE have one");
    }
  }
}
