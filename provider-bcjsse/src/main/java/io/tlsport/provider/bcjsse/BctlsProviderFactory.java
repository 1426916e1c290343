package io.tlsport.provider.bcjsse;

import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;

/** Found by the service loader; loads nothing before it is asked to. */
public final class BctlsProviderFactory implements TlsProviderFactory {
  /** The name that users choose it by. */
  public static final String NAME = "bctls";

  /** For the service loader. */
  public BctlsProviderFactory() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new BctlsProvider(config);
  }
}
