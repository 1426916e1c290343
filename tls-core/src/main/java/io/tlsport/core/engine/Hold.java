package io.tlsport.core.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a handshake that was accepted waits for: until it completes nothing is sent or received on
 * the connection, the last flight of the handshake included.
 */
@FunctionalInterface
public interface Hold {
  /** Waits for nothing. */
  Hold NONE = handshake -> CompletableFuture.completedStage(null);

  /** Called on the loop; completes anywhere. A failure ends the connection. */
  CompletionStage<Void> hold(Handshake handshake);
}
