package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import io.tlsport.core.wiring.ProviderCatalog;
import io.tlsport.spi.TlsRuntimeFactory;

/** How {@link Tls#builder()} finds this core. */
public final class DefaultRuntimeFactory implements TlsRuntimeFactory {
  /** For the service loader. */
  public DefaultRuntimeFactory() {}

  @Override
  public Tls.Builder newBuilder() {
    return new DefaultTlsBuilder(ProviderCatalog.ofServices());
  }

  @Override
  public Tls.Builder newBuilder(int largestPiece) {
    if (largestPiece < 1) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, "largestPiece must be 1 or more, got " + largestPiece);
    }
    return new DefaultTlsBuilder(ProviderCatalog.ofServices(), largestPiece);
  }
}
