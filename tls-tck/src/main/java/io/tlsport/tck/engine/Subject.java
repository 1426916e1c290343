package io.tlsport.tck.engine;

import io.tlsport.Capabilities;
import io.tlsport.ProviderInfo;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderUnderTest;

/**
 * The provider that is tested, asked once.
 *
 * @param info who it is
 * @param capabilities what it declares, as far as the runtime drives it
 * @param defects what is known to fail
 */
record Subject(ProviderInfo info, Capabilities capabilities, KnownDefects defects) {
  static Subject of(ProviderUnderTest kit) {
    try (Tls tls = kit.newTls().build()) {
      return new Subject(
          tls.provider(), tls.capabilities(), KnownDefects.of(kit.getClass(), kit.knownDefects()));
    }
  }
}
