package io.tlsport.spi;

import io.tlsport.Tls;

/** How {@link Tls#builder()} finds the runtime; found by {@link java.util.ServiceLoader}. */
public interface TlsRuntimeFactory {
  /** A new builder with every default. */
  Tls.Builder newBuilder();
}
