package io.tlsport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds the key of a client by its identity: a server's {@code pskCallback} of Node. */
@FunctionalInterface
public interface PskCallback {
  /**
   * Called once per connection whose suite has a pre-shared key (RFC 4279), before the handshake
   * goes on. In TLS 1.3 (RFC 8446 section 4.2.11) clients may offer several keys: it is called for
   * one after the other, four at most, until it has one. Runs where listeners run ({@link
   * Tls.Builder#callbackExecutor}). May answer on any thread, later; the handshake timeout bounds
   * the wait. A failed stage, or a throw, ends the connection with {@code clientError}.
   *
   * @param socket the connection, whose handshake is not done
   * @param identity what the client says it is, at most {@link PskIdentity#MAX_IDENTITY} bytes of
   *     UTF-8; nothing is proved yet
   * @return the key, 1 to {@link PskIdentity#MAX_KEY} bytes, which is copied; empty ends the
   *     connection with unknown_psk_identity, unless the client speaks TLS 1.3 and this server has
   *     a certificate for it
   */
  CompletionStage<Optional<byte[]>> key(TLSSocket socket, String identity);
}
