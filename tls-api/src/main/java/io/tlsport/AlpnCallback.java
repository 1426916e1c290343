package io.tlsport;

import java.util.List;
import java.util.Optional;

/** Chooses the application protocol of a connection: Node's {@code ALPNCallback}. */
@FunctionalInterface
public interface AlpnCallback {
  /**
   * Called once per connection whose client offers protocols.
   *
   * @param servername the host that the client named, if it did
   * @param protocols what the client offers, in its order
   * @return one of {@code protocols}; empty refuses the connection with no_application_protocol
   */
  Optional<String> select(Optional<String> servername, List<String> protocols);
}
