package io.tlsport;

import java.util.List;
import java.util.Optional;

/** Chooses the application protocol of a connection: Node's {@code ALPNCallback}. */
@FunctionalInterface
public interface AlpnCallback {
  /**
   * Called once per connection whose client offers protocols, where events run: {@link
   * Tls.Builder#callbackExecutor}, or else the event loop, which must not be blocked.
   *
   * @param servername the host that the client named, if it did
   * @param protocols what the client offers, in its order
   * @return one of {@code protocols}; empty refuses the connection with no_application_protocol
   */
  Optional<String> select(Optional<String> servername, List<String> protocols);

  /**
   * The same for a server that tells which connection it is. What a server calls; by default it
   * asks {@link #select(Optional, List)}.
   *
   * @param socket the connection, whose handshake has not begun
   */
  default Optional<String> select(
      TLSSocket socket, Optional<String> servername, List<String> protocols) {
    return select(servername, protocols);
  }

  /**
   * Chooses with a view to the connection, which is {@code this} in Node: {@link
   * TLSSocket#setKeyCert} gives it another certificate, {@link TLSSocket#destroy()} ends it.
   */
  @FunctionalInterface
  interface ForSocket {
    /**
     * Called as {@link AlpnCallback#select(Optional, List)}.
     *
     * @param socket the connection, whose handshake has not begun
     */
    Optional<String> select(TLSSocket socket, Optional<String> servername, List<String> protocols);
  }

  /** A callback that is told the connection. */
  static AlpnCallback of(ForSocket callback) {
    return new AlpnCallback() {
      @Override
      public Optional<String> select(Optional<String> servername, List<String> protocols) {
        throw new IllegalStateException("this callback is asked with the connection only");
      }

      @Override
      public Optional<String> select(
          TLSSocket socket, Optional<String> servername, List<String> protocols) {
        return callback.select(socket, servername, protocols);
      }
    };
  }
}
