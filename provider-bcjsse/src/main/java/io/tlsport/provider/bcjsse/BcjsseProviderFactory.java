package io.tlsport.provider.bcjsse;

import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;

/** Found by the service loader; loads nothing before it is asked to. */
public final class BcjsseProviderFactory implements TlsProviderFactory {
  /** The name that users choose it by. */
  public static final String NAME = "bcjsse";

  /** For the service loader. */
  public BcjsseProviderFactory() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new BcjsseProvider(config);
  }
}
