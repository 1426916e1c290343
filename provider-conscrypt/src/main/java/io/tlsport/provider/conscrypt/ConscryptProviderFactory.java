package io.tlsport.provider.conscrypt;

import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;

/** Found by the service loader; loads nothing before it is asked to. */
public final class ConscryptProviderFactory implements TlsProviderFactory {
  /** The name that users choose it by. */
  public static final String NAME = "conscrypt";

  /** For the service loader. */
  public ConscryptProviderFactory() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new ConscryptProvider(config);
  }
}
