package io.tlsport.core.runtime;

import io.tlsport.AlpnCallback;
import io.tlsport.ClientAuth;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SniCallback;
import io.tlsport.core.engine.EngineChooser;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.policy.cipher.SuiteOrder;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.IdentityChoice;
import io.tlsport.core.policy.proto.ProtocolSelection;
import io.tlsport.spi.AlertCodes;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers a ClientHello: context by name, version, suites, identity, application protocol. */
final class ServerChooser implements EngineChooser {
  private static final int PROTOCOL_VERSION = 70;
  private static final int HANDSHAKE_FAILURE = 40;
  private static final int NO_APPLICATION_PROTOCOL = 120;
  private static final int INTERNAL_ERROR = 80;

  private final Rules rules;
  private final EngineFactory engines;
  private final EngineFacts facts;

  /**
   * How a server answers.
   *
   * @param byName the context that was added for a name, if any
   * @param own the context for all other clients
   * @param resolve a context of the application to one of ours, or a refusal
   * @param sni asked first for the context
   * @param alpn asked for the protocol, in place of the list
   * @param alpnProtocols most wanted first; empty: ALPN is not answered
   * @param auth what clients are asked for
   */
  record Rules(
      Function<String, Optional<DefaultSecureContext>> byName,
      DefaultSecureContext own,
      Function<SecureContext, DefaultSecureContext> resolve,
      Optional<SniCallback> sni,
      Optional<AlpnCallback> alpn,
      List<String> alpnProtocols,
      ClientAuth auth) {}

  ServerChooser(Rules rules, EngineFactory engines, EngineFacts facts) {
    this.rules = rules;
    this.engines = engines;
    this.facts = facts;
  }

  @Override
  public CompletionStage<Choice> choose(ClientHello hello) {
    Optional<String> name = hello.serverName();
    name.ifPresent(facts::servername);
    if (name.isEmpty() || rules.sni().isEmpty()) {
      return CompletableFuture.completedFuture(answer(hello, ownContext(name)));
    }
    CompletionStage<Optional<SecureContext>> asked;
    try {
      asked = rules.sni().get().select(name.get());
    } catch (RuntimeException thrown) {
      return CompletableFuture.completedFuture(refusedBy("SNICallback", thrown));
    }
    return asked.handle(
        (found, failure) ->
            failure != null
                ? refusedBy("SNICallback", failure)
                : answer(hello, found.map(rules.resolve()).orElseGet(() -> ownContext(name))));
  }

  private DefaultSecureContext ownContext(Optional<String> name) {
    return name.flatMap(rules.byName()).orElse(rules.own());
  }

  private Choice answer(ClientHello hello, DefaultSecureContext context) {
    DefaultSecureContext.Algorithms algorithms = context.algorithms();
    List<ProtocolVersion> shared = algorithms.versions().stream().filter(hello::offers).toList();
    if (shared.isEmpty()) {
      return refuse(
          PROTOCOL_VERSION,
          ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL,
          "the client offers none of the enabled versions " + algorithms.versions());
    }
    List<String> suites =
        SuiteOrder.shared(algorithms.suites(), hello.cipherSuites(), algorithms.serverOrder());
    if (suites.isEmpty()) {
      return refuse(
          HANDSHAKE_FAILURE,
          ErrorCode.ERR_SSL_NO_SHARED_CIPHER,
          "the client offers none of the enabled cipher suites");
    }
    Optional<Identity> identity =
        IdentityChoice.choose(context.identities(), hello, suites, shared);
    if (identity.isEmpty()) {
      return refuse(
          HANDSHAKE_FAILURE,
          ErrorCode.ERR_SSL_NO_SHARED_CIPHER,
          "this server has no certificate for the client");
    }
    try {
      return start(hello, context, suites, identity);
    } catch (RuntimeException thrown) {
      return new Refuse(Failures.ofProvider(thrown), INTERNAL_ERROR);
    }
  }

  private Choice start(
      ClientHello hello,
      DefaultSecureContext context,
      List<String> suites,
      Optional<Identity> identity) {
    List<String> offered = hello.alpnProtocols();
    Optional<String> protocol;
    try {
      protocol = protocol(hello, offered);
    } catch (RuntimeException thrown) {
      return refusedBy("ALPNCallback", thrown);
    }
    boolean wanted = rules.alpn().isPresent() || !rules.alpnProtocols().isEmpty();
    if (wanted && !offered.isEmpty() && protocol.isEmpty()) {
      return refuse(
          NO_APPLICATION_PROTOCOL,
          ErrorCode.ERR_SSL_NO_APPLICATION_PROTOCOL,
          "the client offers none of our application protocols: " + offered);
    }
    EngineSpec spec =
        EngineSpec.builder()
            .versions(context.algorithms().versions())
            .suites(suites)
            .serverOrder(true)
            .groups(context.algorithms().groups())
            .identity(identity)
            .clientAuth(rules.auth())
            .alpn(protocol.map(List::of).orElse(List.of()))
            .resumption(Resumption.own())
            .build();
    facts.identity(context, identity);
    return new Start(
        engines.start(
            context,
            Role.SERVER,
            rules.auth(),
            spec,
            PeerJudge.ofClient(context.verifier(), rules.auth())));
  }

  private Optional<String> protocol(ClientHello hello, List<String> offered) {
    if (offered.isEmpty()) {
      return Optional.empty();
    }
    if (rules.alpn().isEmpty()) {
      return ProtocolSelection.select(rules.alpnProtocols(), offered);
    }
    Optional<String> chosen = rules.alpn().get().select(hello.serverName(), offered);
    if (chosen.isPresent() && !offered.contains(chosen.get())) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_ALPN_CALLBACK_INVALID_RESULT,
          "ALPNCallback chose " + chosen.get() + ", which the client did not offer: " + offered);
    }
    return chosen;
  }

  private static Choice refuse(int alert, ErrorCode code, String message) {
    return new Refuse(
        new HandshakeException(
            code, message + "; answered with " + AlertCodes.name(alert) + " (" + alert + ")"),
        alert);
  }

  private static Choice refusedBy(String callback, @Nullable Throwable thrown) {
    Throwable cause = thrown == null ? new NullPointerException("no answer") : thrown;
    return new Refuse(Failures.ofCallback(callback, cause), INTERNAL_ERROR);
  }
}
