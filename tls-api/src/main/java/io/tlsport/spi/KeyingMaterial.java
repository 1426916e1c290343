package io.tlsport.spi;

import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Keying material of a live connection: {@link io.tlsport.Capability#KEYING_MATERIAL}. Unlike the
 * engine itself it is asked from any thread, once the handshake is done.
 */
public non-sealed interface KeyingMaterial extends EngineExtension {
  /**
   * Exports {@code length} bytes (RFC 5705; RFC 8446 section 7.5).
   *
   * @param context empty: without one, which TLS 1.2 tells apart from one of no bytes
   * @return empty once the engine is closed
   * @throws SSLException if this connection has none to give: one of TLS 1.2 without an extended
   *     master secret (RFC 7627)
   */
  Optional<byte[]> export(String label, Optional<byte[]> context, int length) throws SSLException;
}
