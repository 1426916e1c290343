package io.tlsport.tck;

import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;

/**
 * The provider that a contract is held against. {@link TlsProviderTck} is one; a class that extends
 * a single contract implements this beside it.
 */
public interface ProviderUnderTest {
  /** The provider. */
  TlsProviderFactory factory();

  /**
   * The file, as a resource, that lists known defects. By default it lies in the provider's own
   * artifact, so that it is there wherever the kit is run.
   */
  default String knownDefects() {
    return "/META-INF/tlsport/known-defects-" + factory().name() + ".toml";
  }

  /** A builder of runtimes with that provider; override it to switch on internals or FIPS. */
  default Tls.Builder newTls() {
    return Tls.builder().provider(factory());
  }
}
