package io.tlsport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Chooses the context for a server name: the seed's {@code SNICallback(servername, cb)}. */
@FunctionalInterface
public interface SniCallback {
  /**
   * Called once per connection whose client names a host, before the handshake goes on; where
   * events run, {@link Tls.Builder#callbackExecutor} or else the event loop, which must not be
   * blocked. May answer on any thread, later; the handshake timeout bounds the wait. A failed
   * stage, or a throw, ends the connection with {@code clientError}.
   *
   * @param servername the name as the client sent it, lower-cased, without a trailing dot
   * @return the context, or empty for {@link Server#addContext} and then the server's own
   */
  CompletionStage<Optional<SecureContext>> select(String servername);
}
