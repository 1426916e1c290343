package io.tlsport.core.runtime;

import io.tlsport.ClientAuth;
import io.tlsport.ContextReload;
import io.tlsport.PlainHttp;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.SessionStore;
import io.tlsport.SocketOptions;
import io.tlsport.UnknownServerName;
import io.tlsport.core.engine.EngineChooser;
import io.tlsport.core.policy.proto.ProtocolLists;
import io.tlsport.core.policy.sni.ContextTable;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The contexts of a server and the rules by which one of them answers a client. */
final class ServerSecurity {
  private final ContextTable<ContextSource> contexts = new ContextTable<>();
  private final Function<SecureContextOptions, DefaultSecureContext> loader;
  private final Function<SecureContext, DefaultSecureContext> resolver;
  private final EngineFactory engines;
  private volatile Own own;

  /** The source of the server's own context; generations are counted from the base on. */
  private record Own(ContextSource source, long base) {
    long generation() {
      return base + source.generation();
    }
  }

  /**
   * Security with one context.
   *
   * @param loader makes a context of options
   * @param resolver takes a context of the application, or refuses it
   */
  ServerSecurity(
      ContextSource own,
      Function<SecureContextOptions, DefaultSecureContext> loader,
      Function<SecureContext, DefaultSecureContext> resolver,
      EngineFactory engines) {
    this.own = new Own(own, 1 - own.generation());
    this.loader = loader;
    this.resolver = resolver;
    this.engines = engines;
  }

  ContextTable<ContextSource> contexts() {
    return contexts;
  }

  DefaultSecureContext load(SecureContextOptions options) {
    return loader.apply(options);
  }

  /** Where a context of the application is taken from. */
  ContextSource source(SecureContext context) {
    DefaultSecureContext now = resolver.apply(context);
    return context instanceof DefaultReloadableContext reloadable
        ? new ContextSource.Following(reloadable)
        : new ContextSource.Fixed(now);
  }

  /** The context for clients that ask for no other. */
  DefaultSecureContext current() {
    return own.source().current();
  }

  /** How many contexts there were for them. */
  long generation() {
    return own.generation();
  }

  /**
   * Puts another context in force, if it passes.
   *
   * @param check what it and its successors have to pass
   */
  synchronized ContextReload replace(ContextSource next, Consumer<DefaultSecureContext> check) {
    next.require(check);
    try {
      check.accept(next.current());
    } catch (RuntimeException refused) {
      next.release(check);
      throw refused;
    }
    Own before = own;
    long generation = before.generation() + 1;
    own = new Own(next, generation - next.generation());
    if (!before.source().equals(next)) {
      before.source().release(check);
    }
    return OwnCertificates.replaced(generation, before.source().current(), next.current());
  }

  /** Ends what is asked of the context and its successors. */
  void release(Consumer<DefaultSecureContext> check) {
    own.source().release(check);
  }

  private Optional<DefaultSecureContext> byName(String host) {
    return contexts.find(host).map(ContextSource::current);
  }

  /**
   * For the connections of a server.
   *
   * @param store what keeps its sessions, in place of the engine
   */
  ServerChooser.Rules rules(ServerOptions options, Optional<SessionStore> store) {
    return new ServerChooser.Rules(
        this::byName,
        this::current,
        resolver,
        options.sniCallback(),
        options.unknownServerName(),
        options.alpnCallback(),
        ProtocolLists.of(options),
        options.clientAuth(),
        store,
        options.ticketKeySource(),
        options.ocspResponder(),
        ServerPsk.of(options),
        options.plainHttp());
  }

  /**
   * For one connection over a transport that the application has.
   *
   * @param own the context for clients that ask for no other
   * @param server whose hooks are used beside those of the socket
   */
  EngineChooser chooser(
      SocketOptions options,
      DefaultSecureContext own,
      Optional<ServerOptions> server,
      EngineFacts facts) {
    boolean protocols = !options.alpnProtocols().isEmpty();
    return chooser(
        new ServerChooser.Rules(
            this::byName,
            () -> own,
            resolver,
            options.sniCallback().or(() -> server.flatMap(ServerOptions::sniCallback)),
            server.map(ServerOptions::unknownServerName).orElse(UnknownServerName.ACCEPT),
            protocols ? Optional.empty() : server.flatMap(ServerOptions::alpnCallback),
            server
                .map(given -> ProtocolLists.of(options).or(ProtocolLists.of(given)))
                .orElse(ProtocolLists.of(options)),
            ClientAuth.of(options.requestCert(), options.rejectUnauthorized()),
            server.flatMap(ServerOptions::sessionStore),
            server.flatMap(ServerOptions::ticketKeySource),
            server.flatMap(ServerOptions::ocspResponder),
            ServerPsk.of(options).or(() -> server.flatMap(ServerPsk::of)),
            server.map(ServerOptions::plainHttp).orElse(PlainHttp.CLOSE)),
        facts);
  }

  /** For one connection by those rules. */
  EngineChooser chooser(ServerChooser.Rules rules, EngineFacts facts) {
    ServerChooser made = new ServerChooser(rules, engines, facts);
    return rules.asks() ? new CallbackChooser(made, facts) : made;
  }
}
