package io.tlsport.provider.jdk;

import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;

class JdkTckTest extends TlsProviderTck {
  @Override
  public TlsProviderFactory factory() {
    return new JdkProviderFactory();
  }
}
