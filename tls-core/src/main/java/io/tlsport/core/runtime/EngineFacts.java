package io.tlsport.core.runtime;

import io.tlsport.TLSSocket;
import io.tlsport.core.policy.signature.SignatureScheme;
import io.tlsport.spi.Identity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who learns what an engine is asked for, before its handshake. */
interface EngineFacts {
  /** The connection, for callbacks of the application. */
  TLSSocket socket();

  /** Runs a callback of the application where its listeners run, in order with them. */
  void callback(Runnable callback);

  /** Asks one there; what it throws is a failed answer. */
  default <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> callback) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    callback(
        () -> {
          try {
            callback
                .get()
                .whenComplete(
                    (found, failure) -> {
                      if (failure == null) {
                        answer.complete(found);
                      } else {
                        answer.completeExceptionally(failure);
                      }
                    });
          } catch (Throwable thrown) {
            answer.completeExceptionally(thrown);
          }
        });
    return answer;
  }

  /** What the application wants to show in place of the context's identities. Asked once. */
  Optional<DefaultSecureContext> keyCert();

  /** The host that a client names; null for none. */
  void servername(@Nullable String name);

  /** The signature schemes that the client and we have, most wanted first. */
  void sharedSchemes(List<SignatureScheme> schemes);

  /**
   * Who we are on this connection.
   *
   * @param context what the engine is made from
   * @param identity what it shows, if it has something to show
   */
  void identity(DefaultSecureContext context, Optional<Identity> identity);
}
