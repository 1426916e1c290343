package io.tlsport.provider.bcjsse;

import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.RenegotiationRefusal;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseResults;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * An engine of BC-JSSE.
 *
 * @param ssl the engine itself
 * @param finished tells the session of a handshake that is done
 * @param staple tells what the server has stapled
 * @param forget what its context keeps of it
 */
record BcjsseEngine(
    SSLEngine ssl, Runnable finished, Supplier<Optional<byte[]>> staple, Runnable forget)
    implements TlsEngine {
  @Override
  public Negotiated negotiated() {
    finished.run();
    return JsseResults.of(ssl, ssl.getApplicationProtocol(), Optional.empty())
        .withStaple(staple.get());
  }

  @Override
  public <T extends EngineExtension> Optional<T> extension(Class<T> type) {
    return type == RenegotiationRefusal.class
        ? Optional.of(type.cast((RenegotiationRefusal) BcjsseEngine::refuses))
        : Optional.empty();
  }

  /** BC-JSSE denies each one by a warning, without being told to. */
  private static void refuses() {}

  @Override
  public void close() {
    // It holds memory of the heap only.
    forget.run();
  }
}
