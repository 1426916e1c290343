package io.tlsport.provider.bcjsse;

import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;

class BctlsTckTest extends TlsProviderTck {
  @Override
  public TlsProviderFactory factory() {
    return new BctlsProviderFactory();
  }
}
