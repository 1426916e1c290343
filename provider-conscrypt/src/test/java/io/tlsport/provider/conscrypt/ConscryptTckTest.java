package io.tlsport.provider.conscrypt;

import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;

class ConscryptTckTest extends TlsProviderTck {
  @Override
  public TlsProviderFactory factory() {
    return new ConscryptProviderFactory();
  }
}
