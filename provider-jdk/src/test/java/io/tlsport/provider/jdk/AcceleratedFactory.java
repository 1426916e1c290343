package io.tlsport.provider.jdk;

import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.security.Provider;
import java.security.SecureRandom;

/** The JDK's engine with that library for its accelerator. */
record AcceleratedFactory(Provider library, boolean signsRsa) implements TlsProviderFactory {
  @Override
  public String name() {
    return JdkProviderFactory.NAME;
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new JdkProvider(
        config,
        JdkAccelerator.install(
            () -> new Accelerator("a test's", library, signsRsa, new SecureRandom())));
  }
}
