package io.tlsport.core.runtime;

import io.tlsport.PskCallback;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.core.engine.PreSharedKeys;
import java.util.Optional;

/**
 * How a server finds the pre-shared keys of its clients.
 *
 * @param callback has the keys
 * @param hint what clients are told
 */
record ServerPsk(PskCallback callback, Optional<String> hint) {
  /** Of these options, if they have it. */
  static Optional<ServerPsk> of(ServerOptions options) {
    return options
        .pskCallback()
        .map(callback -> new ServerPsk(callback, options.pskIdentityHint()));
  }

  /** Of a socket over any transport, if its options have it. */
  static Optional<ServerPsk> of(SocketOptions options) {
    return options
        .pskCallback()
        .map(callback -> new ServerPsk(callback, options.pskIdentityHint()));
  }

  /** For one connection, whose callbacks run where its listeners do. */
  PreSharedKeys keys(EngineFacts facts) {
    return PreSharedKeys.ofServer(
        identity -> facts.ask(() -> callback.key(facts.socket(), identity)));
  }
}
