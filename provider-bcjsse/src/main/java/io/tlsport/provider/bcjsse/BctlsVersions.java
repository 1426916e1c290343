package io.tlsport.provider.bcjsse;

import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import java.util.Collection;
import java.util.Comparator;
import org.bouncycastle.tls.ProtocolVersion;

/** Protocol versions, ours and Bouncy Castle's. */
final class BctlsVersions {
  private BctlsVersions() {}

  /** Bouncy Castle's, latest first: the order in which it wants them. */
  static ProtocolVersion[] vendor(Collection<io.tlsport.ProtocolVersion> versions) {
    return versions.stream()
        .sorted(Comparator.reverseOrder())
        .map(BctlsVersions::vendor)
        .toArray(ProtocolVersion[]::new);
  }

  private static ProtocolVersion vendor(io.tlsport.ProtocolVersion version) {
    return switch (version) {
      case TLS_1_0 -> ProtocolVersion.TLSv10;
      case TLS_1_1 -> ProtocolVersion.TLSv11;
      case TLS_1_2 -> ProtocolVersion.TLSv12;
      case TLS_1_3 -> ProtocolVersion.TLSv13;
    };
  }

  static io.tlsport.ProtocolVersion ours(ProtocolVersion version) {
    return io.tlsport.ProtocolVersion.byCode(version.getFullVersion())
        .orElseThrow(
            () ->
                new ProviderException(
                    ErrorCode.ERR_PROVIDER_FAILURE,
                    "the engine negotiated an unknown version: " + version));
  }

  static boolean isTls13(ProtocolVersion version) {
    return ProtocolVersion.TLSv13.equals(version);
  }
}
