package io.tlsport.spi;

import io.tlsport.ClientAuth;
import javax.net.ssl.SSLException;

/** A new handshake on a live connection: {@link io.tlsport.Capability#RENEGOTIATION}. */
public non-sealed interface Renegotiation extends EngineExtension {
  /** Starts it; the core then wraps as the engine asks. */
  void start(ClientAuth auth) throws SSLException;
}
