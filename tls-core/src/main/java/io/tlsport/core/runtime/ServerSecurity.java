package io.tlsport.core.runtime;

import io.tlsport.ClientAuth;
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
import java.util.function.Function;

/** The contexts of a server and the rules by which one of them answers a client. */
final class ServerSecurity {
  private final ContextTable<DefaultSecureContext> contexts = new ContextTable<>();
  private final Function<SecureContextOptions, DefaultSecureContext> loader;
  private final Function<SecureContext, DefaultSecureContext> resolver;
  private final EngineFactory engines;
  private volatile DefaultSecureContext current;

  /**
   * Security with one context.
   *
   * @param loader makes a context of options
   * @param resolver takes a context of the application, or refuses it
   */
  ServerSecurity(
      DefaultSecureContext own,
      Function<SecureContextOptions, DefaultSecureContext> loader,
      Function<SecureContext, DefaultSecureContext> resolver,
      EngineFactory engines) {
    this.current = own;
    this.loader = loader;
    this.resolver = resolver;
    this.engines = engines;
  }

  ContextTable<DefaultSecureContext> contexts() {
    return contexts;
  }

  DefaultSecureContext load(SecureContextOptions options) {
    return loader.apply(options);
  }

  DefaultSecureContext own(SecureContext context) {
    return resolver.apply(context);
  }

  /** The context for clients that ask for no other. */
  DefaultSecureContext current() {
    return current;
  }

  void replace(DefaultSecureContext context) {
    current = context;
  }

  /**
   * For one connection of a server.
   *
   * @param store what keeps its sessions, in place of the engine
   */
  EngineChooser chooser(ServerOptions options, Optional<SessionStore> store, EngineFacts facts) {
    return chooser(
        new ServerChooser.Rules(
            contexts::find,
            current,
            resolver,
            options.sniCallback(),
            options.unknownServerName(),
            options.alpnCallback(),
            ProtocolLists.of(options),
            options.clientAuth(),
            store,
            options.ticketKeySource(),
            options.ocspResponder(),
            ServerPsk.of(options)),
        facts);
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
            contexts::find,
            own,
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
            ServerPsk.of(options).or(() -> server.flatMap(ServerPsk::of))),
        facts);
  }

  private EngineChooser chooser(ServerChooser.Rules rules, EngineFacts facts) {
    ServerChooser made = new ServerChooser(rules, engines, facts);
    return rules.asks() ? new CallbackChooser(made, facts) : made;
  }
}
