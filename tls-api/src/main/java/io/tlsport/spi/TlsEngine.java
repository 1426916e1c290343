package io.tlsport.spi;

import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** One engine with what {@link SSLEngine} has no method for. Used by one thread at a time. */
public interface TlsEngine extends AutoCloseable {
  /** The engine; the same object on every call. */
  SSLEngine ssl();

  /** What was negotiated; call it after a handshake, resumed ones included. */
  Negotiated negotiated();

  /** What this engine can do beyond the spec. */
  <T extends EngineExtension> Optional<T> extension(Class<T> type);

  /** Frees natives, descriptors and map entries, also if it never started. Idempotent. */
  @Override
  void close();
}
