package io.tlsport.provider.bcjsse.fips;

import io.tlsport.Tls;
import io.tlsport.provider.bcjsse.BctlsProviderFactory;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnlyTheModule.class)
class BctlsFipsTckTest extends TlsProviderTck {
  @Override
  public TlsProviderFactory factory() {
    return new BctlsProviderFactory();
  }

  @Override
  public Tls.Builder newTls() {
    return super.newTls().requireFips();
  }
}
