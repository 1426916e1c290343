package io.tlsport.core.runtime;

import io.tlsport.Duplex;
import io.tlsport.SecurePair;
import io.tlsport.TLSSocket;
import java.util.concurrent.CompletionStage;

/** A socket whose transport is the application. */
record DefaultSecurePair(DefaultSocket socket, PairDuplex encryptedSide) implements SecurePair {
  @Override
  public TLSSocket cleartext() {
    return socket;
  }

  @Override
  public Duplex encrypted() {
    return encryptedSide;
  }

  @Override
  public SecurePair onSecure(Runnable listener) {
    socket.onSecureConnect(listener);
    return this;
  }

  @Override
  public CompletionStage<SecurePair> secured() {
    return socket.secured().thenApply(secure -> this);
  }

  @Override
  public void destroy() {
    socket.destroy();
    encryptedSide.destroy();
  }
}
