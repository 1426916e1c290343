package io.tlsport.tck.engine;

import io.tlsport.Capabilities;
import io.tlsport.ProviderInfo;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.TlsProviderTck;
import io.tlsport.tck.fixture.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

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
      useTheNetwork(tls);
      KnownDefects defects = KnownDefects.of(kit.getClass(), kit.knownDefects());
      return new Subject(
          tls.provider(),
          tls.capabilities(),
          kit instanceof TlsProviderTck ? defects.requireTests() : defects);
    }
  }

  /** The first use opens descriptors that stay; they are not to be blamed on the first test. */
  private static void useTheNetwork(Tls tls) {
    int nobody;
    try (ServerSocket closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closedAgain.getLocalPort();
    } catch (IOException noNetwork) {
      throw new UncheckedIOException("the kit needs the loopback interface", noNetwork);
    }
    Patience.await(tls.connect(nobody, "127.0.0.1").closed(), "the end of a refused connection");
  }
}
