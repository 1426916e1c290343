package io.tlsport.tck;

import io.tlsport.Tls;
import io.tlsport.spi.TlsRuntimeFactory;
import java.util.ServiceLoader;

/**
 * A kit whose transports deliver single bytes, and whose runtimes, servers and sockets have a
 * listener on every event, which counts and looks at the order. Bulk is smaller in it, unless the
 * system property {@code tlsport.tck.nightly} is true.
 *
 * <pre>{@code
 * class AcmeChoppedTckTest extends AcmeTckTest implements ChoppedTransport {}
 * }</pre>
 */
public interface ChoppedTransport extends ProviderUnderTest {
  /** True if there is time for everything. */
  static boolean nightly() {
    return Boolean.getBoolean("tlsport.tck.nightly");
  }

  @Override
  default Tls.Builder newTls() {
    return ServiceLoader.load(TlsRuntimeFactory.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("tlsport-core is not on the class path"))
        .newBuilder(1)
        .provider(factory());
  }
}
