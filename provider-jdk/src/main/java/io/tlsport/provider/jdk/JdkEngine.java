package io.tlsport.provider.jdk;

import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.KeyingMaterial;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.Renegotiation;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseResults;
import java.util.Optional;

/**
 * An engine of SunJSSE.
 *
 * @param ssl the engine itself
 * @param forget what its context keeps of it
 */
record JdkEngine(JdkSslEngine ssl, Runnable forget) implements TlsEngine {
  @Override
  public Negotiated negotiated() {
    return JsseResults.of(ssl, ssl.getApplicationProtocol(), Optional.empty());
  }

  @Override
  public <T extends EngineExtension> Optional<T> extension(Class<T> type) {
    if (type == Renegotiation.class) {
      return JdkRenegotiation.of(ssl).map(type::cast);
    }
    return type == KeyingMaterial.class
        ? Optional.of(type.cast(new JdkKeyingMaterial(ssl)))
        : Optional.empty();
  }

  @Override
  public void close() {
    // It holds memory of the heap only.
    forget.run();
  }
}
