package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The protocol versions of a context: {@code secureProtocol}, {@code minVersion}, {@code max}. */
public final class VersionSelection {
  private VersionSelection() {}

  /**
   * Versions, oldest first; never empty. A version that the engine lacks stays in, so that its
   * refusal names it.
   *
   * @throws ConfigurationException for an unknown method, an empty range, a method beside a range,
   *     bits of {@code secureOptions} without a meaning, or if TLS 1.3 is required and not among
   *     them
   */
  public static List<ProtocolVersion> select(SecurityPolicy policy, SecureContextOptions options) {
    List<ProtocolVersion> enabled =
        SecureOptions.filter(named(policy, options), options.secureOptions());
    if (options.postQuantum() != PostQuantum.REQUIRE) {
      return enabled;
    }
    if (!enabled.contains(ProtocolVersion.TLS_1_3)) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_PROTOCOL_VERSION_CONFLICT,
          "postQuantum REQUIRE needs TLS 1.3, and only " + enabled + " is enabled");
    }
    return List.of(ProtocolVersion.TLS_1_3);
  }

  private static List<ProtocolVersion> named(SecurityPolicy policy, SecureContextOptions options) {
    if (options.secureProtocol().isPresent()) {
      if (options.minVersion().isPresent() || options.maxVersion().isPresent()) {
        throw new ConfigurationException(
            ErrorCode.ERR_TLS_PROTOCOL_VERSION_CONFLICT,
            "secureProtocol excludes minVersion and maxVersion: set one or the others");
      }
      return method(options.secureProtocol().get(), policy);
    }
    ProtocolVersion min = options.minVersion().orElse(policy.minVersion());
    ProtocolVersion max = options.maxVersion().orElse(policy.maxVersion());
    if (min.compareTo(max) > 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION,
          "minVersion " + min + " is newer than maxVersion " + max + ": nothing lies between");
    }
    return range(min, max);
  }

  /**
   * TLS 1.0 and 1.1 sign handshakes with MD5 and SHA-1, which OpenSSL accepts at security level 0
   * only.
   *
   * @param versions those that are enabled
   * @param level the security level
   * @throws ConfigurationException with {@link ErrorCode#ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM}
   *     if the level does not allow the oldest
   */
  public static void requireAllowed(List<ProtocolVersion> versions, int level) {
    ProtocolVersion oldest = versions.get(0);
    if (level > 0 && oldest.compareTo(ProtocolVersion.TLS_1_2) < 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM,
          oldest
              + " signs with MD5 and SHA-1, which security level "
              + level
              + " does not allow: add @SECLEVEL=0 to ciphers, as in DEFAULT@SECLEVEL=0");
    }
  }

  private static List<ProtocolVersion> range(ProtocolVersion min, ProtocolVersion max) {
    return Arrays.stream(ProtocolVersion.values())
        .filter(version -> version.compareTo(min) >= 0 && version.compareTo(max) <= 0)
        .toList();
  }

  private static List<ProtocolVersion> method(String name, SecurityPolicy policy) {
    String base = name.replaceFirst("_(server|client)_method$", "_method");
    return switch (base) {
      case "TLS_method", "SSLv23_method" -> range(policy.minVersion(), policy.maxVersion());
      case "TLSv1_2_method" -> List.of(ProtocolVersion.TLS_1_2);
      case "TLSv1_1_method" -> List.of(ProtocolVersion.TLS_1_1);
      case "TLSv1_method" -> List.of(ProtocolVersion.TLS_1_0);
      case "SSLv2_method", "SSLv3_method" ->
          throw new ConfigurationException(
              ErrorCode.ERR_TLS_INVALID_PROTOCOL_METHOD,
              base.substring(0, 5).toUpperCase(Locale.ROOT)
                  + " is broken and no engine here has it: use TLS_method");
      default ->
          throw new ConfigurationException(
              ErrorCode.ERR_TLS_INVALID_PROTOCOL_METHOD,
              "secureProtocol \"" + name + "\" is not known: use TLS_method or TLSv1_2_method");
    };
  }
}
