package io.tlsport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds the key of a client by its identity: a server's {@code pskCallback} of Node. */
@FunctionalInterface
public interface PskCallback {
  /**
   * Called once per connection whose suite has a pre-shared key (RFC 4279), before the handshake
   * goes on. May answer on any thread, later; the handshake timeout bounds the wait. A failed
   * stage, or a throw, ends the connection with {@code clientError}.
   *
   * @param socket the connection, whose handshake is not done
   * @param identity what the client says it is, at most {@link PskIdentity#MAX_IDENTITY} bytes of
   *     UTF-8; nothing is proved yet
   * @return the key, 1 to {@link PskIdentity#MAX_KEY} bytes, which is copied; empty ends the
   *     connection with unknown_psk_identity
   */
  CompletionStage<Optional<byte[]>> key(TLSSocket socket, String identity);
}
