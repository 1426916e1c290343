package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can still be changed of a connection whose handshake has not begun: by any thread, until the
 * loop takes it.
 */
final class Preparation {
  private @Nullable ClientConnector client;
  private @Nullable DefaultSecureContext keyCert;
  private boolean begun;

  /** It is a client's. */
  synchronized void client(ClientConnector connector) {
    client = connector;
  }

  /**
   * Changes what a client asks for.
   *
   * @param method what the application called
   * @param onServer the code for a server's socket, which has no such thing
   */
  synchronized ClientConnector change(
      String method, ErrorCode onServer, UnaryOperator<ClientConnector> step) {
    ClientConnector current = client;
    if (current == null) {
      throw new ConfigurationException(onServer, method + ": only a client can do this");
    }
    requireTime(method, "give the option to connect()");
    ClientConnector changed = step.apply(current);
    client = changed;
    return changed;
  }

  /** Replaces what a server shows. */
  synchronized void keyCert(DefaultSecureContext context) {
    if (client != null) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_INVALID_STATE,
          "setKeyCert: only a server chooses its certificate late; give key and cert to connect()");
    }
    requireTime("setKeyCert", "call it in ALPNCallback");
    keyCert = context;
  }

  private void requireTime(String method, String mend) {
    if (begun) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_INVALID_STATE, method + ": the handshake has begun; " + mend);
    }
  }

  /** A client begins: nothing changes any more. */
  synchronized ClientConnector beginClient() {
    begun = true;
    ClientConnector current = client;
    if (current == null) {
      throw new IllegalStateException("no client");
    }
    return current;
  }

  /** A server answers: nothing changes any more. */
  synchronized Optional<DefaultSecureContext> beginServer() {
    begun = true;
    return Optional.ofNullable(keyCert);
  }
}
