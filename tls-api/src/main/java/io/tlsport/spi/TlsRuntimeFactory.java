package io.tlsport.spi;

import io.tlsport.Tls;

/** How {@link Tls#builder()} finds the runtime; found by {@link java.util.ServiceLoader}. */
public interface TlsRuntimeFactory {
  /** A new builder with every default. */
  Tls.Builder newBuilder();

  /**
   * The same for tests of providers: whatever transport a connection has, what comes from it
   * reaches the engine in pieces, as from the slowest of networks.
   *
   * @param largestPiece the most bytes that come at once, 1 or more
   * @throws io.tlsport.ConfigurationException with {@link io.tlsport.ErrorCode#ERR_OUT_OF_RANGE} if
   *     it is less
   */
  Tls.Builder newBuilder(int largestPiece);
}
