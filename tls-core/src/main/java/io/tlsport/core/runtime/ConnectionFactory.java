package io.tlsport.core.runtime;

import io.tlsport.Address;
import io.tlsport.ConnectionLimits;
import io.tlsport.ConnectionOptions;
import io.tlsport.RenegotiationLimits;
import io.tlsport.SecureContext;
import io.tlsport.ServerOptions;
import io.tlsport.TlsListener;
import io.tlsport.core.engine.Buffers;
import io.tlsport.core.engine.DriverSettings;
import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.engine.Transport;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.fragment.SendFragment;
import io.tlsport.core.policy.limit.ConnectionCeiling;
import io.tlsport.core.policy.renego.RenegotiationLimiter;
import io.tlsport.core.policy.time.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Joins a transport, a driver and a socket.
 *
 * @param provider the provider's name
 * @param demand what the provider has
 * @param contexts takes a context of the application, or refuses it
 * @param buffers memory for drivers
 * @param handshakes where handshakes are computed
 * @param callbackExecutor where listeners run; empty: on the loop
 * @param renegotiations how many a peer may ask for, unless a server says otherwise
 * @param limits what a peer may cost
 * @param ceiling how many connections the descriptors of the process allow
 * @param observers those who watch everything
 * @param ticker for idle times and dynamic records
 * @param largestPiece what comes from below is taken in pieces of at most that many bytes
 */
record ConnectionFactory(
    String provider,
    CapabilityDemand demand,
    Function<SecureContext, DefaultSecureContext> contexts,
    Buffers buffers,
    Executor handshakes,
    Optional<Executor> callbackExecutor,
    RenegotiationLimits renegotiations,
    ConnectionLimits limits,
    ConnectionCeiling ceiling,
    List<TlsListener> observers,
    Ticker ticker,
    int largestPiece) {

  /** Keeps a copy of the observers. */
  ConnectionFactory {
    observers = List.copyOf(observers);
  }

  /** The same with other memory and another executor; listeners run on the loop. */
  ConnectionFactory elsewhere(Buffers otherBuffers, Executor otherHandshakes) {
    return onLoops(otherBuffers, otherHandshakes, observers);
  }

  /** The same, for connections of which nobody is told. */
  ConnectionFactory unobserved() {
    return onLoops(buffers, handshakes, List.of());
  }

  private ConnectionFactory onLoops(
      Buffers otherBuffers, Executor otherHandshakes, List<TlsListener> otherObservers) {
    return new ConnectionFactory(
        provider,
        demand,
        contexts,
        otherBuffers,
        otherHandshakes,
        Optional.empty(),
        renegotiations,
        limits,
        ceiling,
        otherObservers,
        ticker,
        largestPiece);
  }

  /** A socket whose driver is not started. */
  DefaultSocket socket(
      Loop loop,
      Transport transport,
      ConnectionOptions options,
      SocketHost.Owner owner,
      Supplier<Optional<Address>> local,
      Supplier<Optional<Address>> remote) {
    SocketHost host =
        new SocketHost(
            loop,
            transport,
            callbackExecutor,
            provider,
            demand,
            contexts,
            observers,
            ticker,
            local,
            remote);
    WireTrace trace = new WireTrace(transport);
    options.enableTrace().ifPresent(trace::enable);
    DefaultSocket socket = new DefaultSocket(host, owner, options, trace);
    DriverSettings settings =
        new DriverSettings(
            options.handshakeTimeout(),
            options.closeTimeout(),
            options.allowHalfOpen(),
            options.allowTruncation(),
            new RenegotiationLimiter(renegotiations(options), ticker),
            options.dynamicRecords() ? SendFragment.dynamic(ticker) : SendFragment.full(),
            handshakes,
            limits,
            trace::received,
            largestPiece,
            ticker);
    socket.attach(new EngineDriver(loop, trace, buffers, settings, socket.driverEvents()));
    return socket;
  }

  private RenegotiationLimits renegotiations(ConnectionOptions options) {
    return options instanceof ServerOptions server
        ? server.renegotiationLimits().orElse(renegotiations)
        : renegotiations;
  }

  /** The callbacks of a pair's encrypted side, which always run on the loop. */
  Callbacks pairCallbacks(Loop loop) {
    return new Callbacks(
        loop,
        Optional.empty(),
        ticker,
        thrown ->
            System.getLogger("io.tlsport")
                .log(System.Logger.Level.WARNING, "a listener of a pair failed", thrown));
  }

  /** The callbacks of something that is no connection, such as a server. */
  Callbacks callbacks(Loop loop, java.util.function.Consumer<Throwable> onThrown) {
    return new Callbacks(loop, callbackExecutor, ticker, onThrown);
  }
}
