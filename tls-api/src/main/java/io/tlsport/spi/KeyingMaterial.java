package io.tlsport.spi;

import java.util.Optional;
import javax.net.ssl.SSLException;

/** Keying material of a live connection: {@link io.tlsport.Capability#KEYING_MATERIAL}. */
public non-sealed interface KeyingMaterial extends EngineExtension {
  /** Exports {@code length} bytes (RFC 5705; RFC 8446 section 7.5). */
  byte[] export(String label, Optional<byte[]> context, int length) throws SSLException;
}
