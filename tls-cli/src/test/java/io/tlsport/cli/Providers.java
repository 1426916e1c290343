package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Tls;
import io.tlsport.core.wiring.ProviderCatalog;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What parameterised tests run on. */
final class Providers {
  private Providers() {}

  /** Every provider on the class path. */
  static Stream<String> names() {
    return ProviderCatalog.ofServices().names().stream();
  }

  /** Every provider with every version of TLS that is on by default. */
  static Stream<Arguments> withVersions() {
    return names()
        .flatMap(
            name -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(name, version)));
  }

  /** The provider that has them with the versions that are never on by default. */
  static Stream<Arguments> withOldVersions() {
    return Stream.of("TLSv1", "TLSv1.1").map(version -> Arguments.of("bctls", version));
  }

  /** Of these, those with that capability. */
  static Stream<Arguments> covering(Capability capability) {
    return withVersions().filter(arguments -> covers(capability, arguments.get()));
  }

  private static boolean covers(Capability capability, Object[] providerAndVersion) {
    try (Tls tls = Tls.builder().provider((String) providerAndVersion[0]).build()) {
      return tls.capabilities()
          .of(capability)
          .covers(ProtocolVersion.byId((String) providerAndVersion[1]).orElseThrow());
    }
  }
}
