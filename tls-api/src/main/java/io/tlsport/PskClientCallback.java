package io.tlsport;

import java.util.Optional;

/** Says who a client is, and by which key: a client's {@code pskCallback} of Node. */
@FunctionalInterface
public interface PskClientCallback {
  /**
   * Called before the first message where TLS 1.3 is enabled (RFC 8446 section 4.2.11), without a
   * hint; up to TLS 1.2 in each handshake whose suite has a pre-shared key (RFC 4279). On a thread
   * of the handshake executor. A throw ends the connection with {@code error}.
   *
   * @param hint what the server sent to help in the choice, if it did
   * @return identity and key; empty ends the connection, or in TLS 1.3 leaves the server its
   *     certificate
   */
  Optional<PskIdentity> identity(Optional<String> hint);
}
