package io.tlsport.provider.conscrypt;

import io.tlsport.spi.KeyingMaterial;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.conscrypt.Conscrypt;

/**
 * Exports by Conscrypt's public API, which locks its engine, and answers null for one that is
 * closed.
 *
 * @param ssl the engine, which has finished its handshake
 */
record ConscryptKeyingMaterial(SSLEngine ssl) implements KeyingMaterial {
  @Override
  public Optional<byte[]> export(String label, Optional<byte[]> context, int length)
      throws SSLException {
    return Optional.ofNullable(
        Conscrypt.exportKeyingMaterial(ssl, label, context.orElse(null), length));
  }
}
