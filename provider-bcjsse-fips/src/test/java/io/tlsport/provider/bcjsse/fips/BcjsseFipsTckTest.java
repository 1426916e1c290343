package io.tlsport.provider.bcjsse.fips;

import io.tlsport.Tls;
import io.tlsport.provider.bcjsse.BcjsseProviderFactory;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnlyTheModule.class)
class BcjsseFipsTckTest extends TlsProviderTck {
  @Override
  public TlsProviderFactory factory() {
    return new BcjsseProviderFactory();
  }

  @Override
  public Tls.Builder newTls() {
    return super.newTls().requireFips();
  }
}
