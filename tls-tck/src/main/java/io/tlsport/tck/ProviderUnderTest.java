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

  /** The file, as a resource beside the test class, that lists known defects. */
  default String knownDefects() {
    return "/known-defects.toml";
  }

  /** A builder of runtimes with that provider; override it to switch on internals or FIPS. */
  default Tls.Builder newTls() {
    return Tls.builder().provider(factory());
  }
}
