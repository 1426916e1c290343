package io.tlsport.spi;

import io.tlsport.ClientAuth;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * A new handshake on a connection of TLS 1.2 or older: {@link io.tlsport.Capability#RENEGOTIATION}.
 * It is a full one, never resumes a session, and needs RFC 5746 on both sides. Called where the
 * engine is used, between two of its handshakes; the core then feeds it and wraps as it asks. The
 * end of it is a result {@code FINISHED}. An engine whose status says that it does not shake hands,
 * and which has wrapped something, has refused.
 */
public interface Renegotiation extends RenegotiationRefusal {
  /**
   * Starts it.
   *
   * @param auth what a server asks its client for from now on; empty: the same as before. Nothing
   *     on clients
   */
  void start(Optional<ClientAuth> auth) throws SSLException;

  /** The peer has started one, and the core takes it up: the engine gets its first record next. */
  void accept() throws SSLException;
}
