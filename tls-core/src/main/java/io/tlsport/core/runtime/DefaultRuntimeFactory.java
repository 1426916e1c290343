package io.tlsport.core.runtime;

import io.tlsport.Tls;
import io.tlsport.core.wiring.ProviderCatalog;
import io.tlsport.spi.TlsRuntimeFactory;

/** How {@link Tls#builder()} finds this core. */
public final class DefaultRuntimeFactory implements TlsRuntimeFactory {
  /** For the service loader. */
  public DefaultRuntimeFactory() {}

  @Override
  public Tls.Builder newBuilder() {
    return new DefaultTlsBuilder(ProviderCatalog.ofServices());
  }
}
