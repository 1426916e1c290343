package io.tlsport;

import java.util.Optional;

/** Says who a client is, and by which key: a client's {@code pskCallback} of Node. */
@FunctionalInterface
public interface PskClientCallback {
  /**
   * Called in each handshake whose suite has a pre-shared key (RFC 4279), on a thread of the
   * handshake executor. A throw ends the connection with {@code error}.
   *
   * @param hint what the server sent to help in the choice, if it did
   * @return identity and key; empty ends the connection
   */
  Optional<PskIdentity> identity(Optional<String> hint);
}
