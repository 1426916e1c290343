package io.tlsport.provider.bcjsse;

import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.TlsEngine;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/** An engine over Bouncy Castle's low-level API. */
final class BctlsEngine implements TlsEngine {
  private final BctlsSslEngine ssl;
  private final BctlsHandshake handshake;

  BctlsEngine(BctlsSslEngine ssl, BctlsHandshake handshake) {
    this.ssl = ssl;
    this.handshake = handshake;
  }

  @Override
  public SSLEngine ssl() {
    return ssl;
  }

  @Override
  public Negotiated negotiated() {
    Negotiated done = handshake.negotiated();
    if (done == null) {
      throw new IllegalStateException("no handshake is done yet");
    }
    return done;
  }

  @Override
  public <T extends EngineExtension> Optional<T> extension(Class<T> type) {
    return Stream.of(
            handshake.keyingMaterial(), handshake.finishedMessages(), handshake.renegotiation(ssl))
        .flatMap(Optional::stream)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  @Override
  public void close() {
    handshake.keyingMaterial().ifPresent(BctlsKeyingMaterial::destroy);
  }
}
