package io.tlsport.core.runtime;

import io.tlsport.PskCallback;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.core.engine.PreSharedKeys;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
        identity -> {
          CompletableFuture<Optional<byte[]>> answer = new CompletableFuture<>();
          facts.callback(() -> ask(facts.socket(), identity, answer));
          return answer;
        });
  }

  private void ask(TLSSocket socket, String identity, CompletableFuture<Optional<byte[]>> answer) {
    try {
      callback
          .key(socket, identity)
          .whenComplete(
              (key, failure) -> {
                if (failure == null) {
                  answer.complete(key);
                } else {
                  answer.completeExceptionally(failure);
                }
              });
    } catch (Throwable thrown) {
      answer.completeExceptionally(thrown);
    }
  }
}
