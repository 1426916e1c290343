package io.tlsport.core.runtime;

import io.tlsport.AlpnCallback;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SocketOptions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Engines and contexts of JSSE, over the connections of one runtime. */
final class JsseExport implements EngineExport {
  private final Host owner;

  /** What it asks of the runtime. */
  interface Host {
    /** The provider's name. */
    String provider();

    /** Refuses what cannot be done with that context. */
    void demand(SocketOptions options, DefaultSecureContext context);

    /** Whether one direction may end before the other, with that context. */
    boolean allowsHalfOpen(DefaultSecureContext context);

    /** Makes connections. */
    ConnectionFactory connections();

    /** What a client asks of its engine. */
    ClientConnector connector(SocketOptions options, DefaultSecureContext context);

    /** Begins the handshake of a client, on its loop. */
    void startClient(DefaultSocket socket);

    /** Begins the handshake of a server, on its loop. */
    void startServer(
        DefaultSocket socket,
        SocketOptions options,
        DefaultSecureContext context,
        Optional<AlpnCallback> alpn);

    /** The time. */
    InstantSource clock();
  }

  JsseExport(Host owner) {
    this.owner = owner;
  }

  @Override
  public SSLEngine engine(Supplier<DefaultSecureContext> context, SocketOptions options) {
    if (options.hasContext()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "newEngine: the engine is of this context; leave context and secureContext out");
    }
    owner.demand(options, context.get());
    return engine(context, wish(context, options));
  }

  private static EngineWish wish(Supplier<DefaultSecureContext> context, SocketOptions options) {
    return new EngineWish(options, context.get().algorithms());
  }

  private ExportedEngine engine(Supplier<DefaultSecureContext> context, EngineWish wish) {
    return new ExportedEngine(this, context, wish);
  }

  @Override
  public SSLContext context(Supplier<DefaultSecureContext> context) {
    SocketOptions options = SocketOptions.builder().isServer(true).rejectUnauthorized(true).build();
    return ExportedContext.of(
        owner.provider(),
        (host, port) -> engine(context, wish(context, options).peer(host, port)),
        () -> engine(context, wish(context, options).halfOpen(owner::allowsHalfOpen)));
  }

  @Override
  public DefaultSocket open(Place place, SocketOptions options) {
    return owner
        .connections()
        .elsewhere(place.memory(), place.tasks())
        .socket(
            place.loop(),
            place.transport(),
            options,
            new SocketHost.Owner() {},
            Optional::empty,
            Optional::empty);
  }

  @Override
  public void begin(
      DefaultSocket socket,
      EngineWish wish,
      SocketOptions options,
      DefaultSecureContext context,
      SSLEngine engine) {
    owner.demand(options, context);
    if (wish.server()) {
      owner.startServer(socket, options, context, alpn(wish, engine));
    } else {
      if (wish.name().isEmpty()) {
        throw new ConfigurationException(
            ErrorCode.ERR_TLS_REQUIRED_SERVER_NAME,
            "a client's engine has to know whom it talks to: give the host to createSSLEngine, or"
                + " servername");
      }
      socket.prepare(owner.connector(options, context));
      owner.startClient(socket);
    }
  }

  private static Optional<AlpnCallback> alpn(EngineWish wish, SSLEngine engine) {
    return Optional.ofNullable(wish.selector())
        .map(selector -> (servername, offered) -> EngineExport.select(selector, engine, offered));
  }

  @Override
  public InstantSource clock() {
    return owner.clock();
  }
}
