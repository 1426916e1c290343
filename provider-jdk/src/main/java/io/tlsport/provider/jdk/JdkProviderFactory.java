package io.tlsport.provider.jdk;

import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;

/** Found by the service loader; loads nothing before it is asked to. */
public final class JdkProviderFactory implements TlsProviderFactory {
  /** The name that users choose it by. */
  public static final String NAME = "jdk";

  /** For the service loader. */
  public JdkProviderFactory() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new JdkProvider(config);
  }
}
