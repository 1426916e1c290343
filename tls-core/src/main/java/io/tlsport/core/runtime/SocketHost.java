package io.tlsport.core.runtime;

import io.tlsport.Address;
import io.tlsport.SecureContext;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.engine.Transport;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.time.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a socket gets from where it lives.
 *
 * @param loop its loop
 * @param transport what carries it
 * @param callbackExecutor where its listeners run; empty: on the loop
 * @param provider the name of the provider
 * @param demand what the provider has
 * @param contexts takes a context of the application, or refuses it
 * @param observers those who watch everything
 * @param ticker for idle times
 * @param local our end of the connection, once there is one
 * @param remote the peer's end, once there is one
 */
record SocketHost(
    Loop loop,
    Transport transport,
    Optional<Executor> callbackExecutor,
    String provider,
    CapabilityDemand demand,
    Function<SecureContext, DefaultSecureContext> contexts,
    List<TlsListener> observers,
    Ticker ticker,
    Supplier<Optional<Address>> local,
    Supplier<Optional<Address>> remote) {

  /**
   * What the owner of a socket does with it, before the application is told. Called on the loop.
   */
  interface Owner {
    /** It is secure. */
    default void secured(DefaultSocket socket) {}

    /**
     * It failed before it was secure.
     *
     * @return true if that was reported, so that the socket itself is silent
     */
    default boolean failedBeforeSecure(DefaultSocket socket, TlsException error) {
      return false;
    }

    /** It is gone. */
    default void closed(DefaultSocket socket) {}
  }
}
