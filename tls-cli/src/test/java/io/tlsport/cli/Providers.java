package io.tlsport.cli;

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
}
