package io.tlsport.provider.bcjsse;

import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;

class BctlsTckTest extends TlsProviderTck {
  @Override
  public TlsProviderFactory factory() {
    return new BctlsProviderFactory();
  }

  @Override
  public String knownDefects() {
    return "/known-defects-bctls.toml";
  }
}
