package io.tlsport.core.runtime;

import io.tlsport.AlpnCallback;
import io.tlsport.ClientAuth;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.HandshakeFacts;
import io.tlsport.OcspResponder;
import io.tlsport.PlainHttp;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.Session;
import io.tlsport.SessionStore;
import io.tlsport.SniCallback;
import io.tlsport.TicketKeySource;
import io.tlsport.UnknownServerName;
import io.tlsport.core.engine.EngineChooser;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.PreSharedKeys;
import io.tlsport.core.policy.baseline.SuiteSelection;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.core.policy.cipher.SuiteOrder;
import io.tlsport.core.policy.group.DheGroups;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.IdentityChoice;
import io.tlsport.core.policy.proto.ProtocolLists;
import io.tlsport.core.policy.proto.ProtocolSelection;
import io.tlsport.core.policy.signature.SharedSchemes;
import io.tlsport.spi.AlertCodes;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.ServerSessions;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers a ClientHello: context by name, version, suites, identity, application protocol. */
final class ServerChooser implements EngineChooser {
  private static final int PROTOCOL_VERSION = 70;
  private static final int HANDSHAKE_FAILURE = 40;
  private static final int UNRECOGNIZED_NAME = 112;
  private static final int NO_APPLICATION_PROTOCOL = 120;
  private static final int INTERNAL_ERROR = 80;

  private final Rules rules;
  private final EngineFactory engines;
  private final EngineFacts facts;
  private final Optional<PreSharedKeys> keys;

  /**
   * How a server answers.
   *
   * @param byName the context that was added for a name, if any
   * @param own the context for all other clients
   * @param resolve a context of the application to one of ours, or a refusal
   * @param sni asked first for the context
   * @param unknown what becomes of a client that names a host without a context
   * @param alpn asked for the protocol, in place of the list
   * @param protocols most wanted first; empty: ALPN, or NPN, is not answered
   * @param auth what clients are asked for
   * @param store keeps sessions, in place of the engine
   * @param ticketKeys for contexts that have none of their own
   * @param ocsp knows the status of our certificates
   * @param psk has the keys of clients without certificates; empty: their suites are not used
   * @param plainHttp what is answered to plain HTTP
   */
  record Rules(
      Function<String, Optional<DefaultSecureContext>> byName,
      Supplier<DefaultSecureContext> own,
      Function<SecureContext, DefaultSecureContext> resolve,
      Optional<SniCallback> sni,
      UnknownServerName unknown,
      Optional<AlpnCallback> alpn,
      ProtocolLists protocols,
      ClientAuth auth,
      Optional<SessionStore> store,
      Optional<TicketKeySource> ticketKeys,
      Optional<OcspResponder> ocsp,
      Optional<ServerPsk> psk,
      PlainHttp plainHttp) {
    /** True if a choice asks callbacks of the application. */
    boolean asks() {
      return sni.isPresent() || alpn.isPresent() || store.isPresent() || ocsp.isPresent();
    }
  }

  ServerChooser(Rules rules, EngineFactory engines, EngineFacts facts) {
    this.rules = rules;
    this.engines = engines;
    this.facts = facts;
    this.keys = rules.psk().map(psk -> psk.keys(facts));
  }

  @Override
  public PlainHttp plainHttp() {
    return rules.plainHttp();
  }

  @Override
  public CompletionStage<Choice> choose(ClientHello hello) {
    Optional<String> name = hello.serverName();
    name.ifPresent(facts::servername);
    if (name.isEmpty() || rules.sni().isEmpty()) {
      return answer(hello, added(name));
    }
    CompletionStage<Optional<SecureContext>> asked;
    try {
      asked = rules.sni().get().select(name.get());
    } catch (Throwable thrown) {
      return done(refusedBy("SNICallback", thrown));
    }
    if (asked == null) {
      return done(refusedBy("SNICallback", null));
    }
    return asked
        .handle(
            (found, failure) ->
                failure != null || found == null
                    ? done(refusedBy("SNICallback", failure))
                    : answer(hello, found.map(rules.resolve()).or(() -> added(name))))
        .thenCompose(Function.identity());
  }

  private Optional<DefaultSecureContext> added(Optional<String> name) {
    return name.flatMap(rules.byName());
  }

  private static CompletionStage<Choice> done(Choice choice) {
    return CompletableFuture.completedFuture(choice);
  }

  private CompletionStage<Choice> answer(ClientHello hello, Optional<DefaultSecureContext> byName) {
    boolean unknown = hello.serverName().isPresent() && byName.isEmpty();
    return unknown && rules.unknown() == UnknownServerName.REFUSE
        ? done(
            refuse(
                UNRECOGNIZED_NAME,
                ErrorCode.ERR_TLS_UNRECOGNIZED_NAME,
                "the client names a host that has no context: " + hello.serverName().get()))
        : answer(hello, byName.orElseGet(rules.own()));
  }

  private CompletionStage<Choice> answer(ClientHello hello, DefaultSecureContext context) {
    DefaultSecureContext.Algorithms algorithms = context.algorithms();
    ProtocolVersion version = newest(algorithms.versions(), hello);
    if (version == null) {
      return done(
          refuse(
              PROTOCOL_VERSION,
              ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL,
              "the client offers none of the enabled versions " + algorithms.versions(),
              Arrays.stream(ProtocolVersion.values())
                  .filter(hello::offers)
                  .map(ProtocolVersion::id)
                  .toList(),
              algorithms.versions().stream().map(ProtocolVersion::id).toList()));
    }
    List<String> suites =
        withoutDhe(
            algorithms,
            hello,
            SuiteOrder.shared(
                algorithms.suites(rules.psk().isPresent()),
                hello.cipherSuites(),
                version,
                algorithms.serverOrder()));
    if (suites.isEmpty()) {
      return done(
          refuse(
              HANDSHAKE_FAILURE,
              ErrorCode.ERR_SSL_NO_SHARED_CIPHER,
              "the client offers none of the enabled cipher suites",
              names(hello.cipherSuites()),
              algorithms.suites(rules.psk().isPresent())));
    }
    EngineSpec.Builder spec =
        EngineSpec.builder()
            .versions(versions(hello, algorithms.versions()))
            .suites(suites(suites, version, algorithms.suites()))
            .serverOrder(true)
            .groups(algorithms.groups())
            .dhParameters(algorithms.dhParameters())
            .schemes(algorithms.schemes())
            .clientAuth(rules.auth())
            .sni(hello.serverName())
            .offeredSessions(hello.offeredSessions(version))
            .keyLog(engines.logsKeys());
    facts.sharedSchemes(
        SharedSchemes.of(
            hello.signatureSchemes(), algorithms.ownSchemes(), version, algorithms.serverOrder()));
    return withProtocol(hello, spec)
        .map(ServerChooser::done)
        .orElseGet(() -> withIdentity(hello, version, context, suites, spec));
  }

  private static @Nullable ProtocolVersion newest(List<ProtocolVersion> ours, ClientHello hello) {
    for (int i = ours.size() - 1; i >= 0; i--) {
      if (hello.offers(ours.get(i))) {
        return ours.get(i);
      }
    }
    return null;
  }

  /**
   * Chooses who we are; after ALPNCallback, which may have a say in it. In TLS 1.3 a key that both
   * sides have is asked for first; up to TLS 1.2 clients name theirs later.
   */
  private CompletionStage<Choice> withIdentity(
      ClientHello hello,
      ProtocolVersion version,
      DefaultSecureContext context,
      List<String> suites,
      EngineSpec.Builder spec) {
    if (keys.isEmpty()
        || version != ProtocolVersion.TLS_1_3
        || !engines.takesPsk(version)
        || hello.externalKeys().isEmpty()) {
      return withCertificate(hello, version, context, suites, spec, Optional.empty());
    }
    List<String> takingKeys = SuiteSelection.takingPsk(suites);
    if (takingKeys.isEmpty()) {
      return withCertificate(hello, version, context, suites, spec, Optional.empty());
    }
    return keys.get()
        .first(hello.externalKeys())
        .thenCompose(
            answer -> {
              if (answer instanceof PreSharedKeys.Refused refused) {
                Refuse refuse = new Refuse(refused.error(), refused.alert());
                return refused.unknown()
                    ? withCertificate(hello, version, context, suites, spec, Optional.of(refuse))
                    : done(refuse);
              }
              facts.identity(context, Optional.empty());
              spec.psk(true).suites(takingKeys);
              return withSession(hello, version, context, Optional.empty(), spec);
            });
  }

  /** Chooses our certificate, where a suite needs one; without any the client is refused. */
  private CompletionStage<Choice> withCertificate(
      ClientHello hello,
      ProtocolVersion version,
      DefaultSecureContext context,
      List<String> suites,
      EngineSpec.Builder spec,
      Optional<Choice> otherwise) {
    List<Identity> ours = facts.keyCert().orElse(context).identities();
    Optional<Identity> identity =
        IdentityChoice.choose(ours, hello, suites, version, context.algorithms().schemes());
    facts.identity(context, identity);
    List<String> psk = keys.isEmpty() ? List.of() : SuiteSelection.psk(suites, true);
    if (!psk.isEmpty()) {
      spec.psk(true).pskHint(rules.psk().flatMap(ServerPsk::hint));
    }
    if (identity.isEmpty()) {
      spec.suites(suites(psk, version, context.algorithms().suites()));
    }
    return identity.isPresent() || !psk.isEmpty()
        ? withSession(hello, version, context, identity, spec.identity(identity))
        : done(
            otherwise.orElseGet(
                () ->
                    refuse(
                        HANDSHAKE_FAILURE,
                        ErrorCode.ERR_SSL_NO_SHARED_CIPHER,
                        "this server has no certificate for the client")));
  }

  /** Leaves DHE out where the engine would use parameters that nobody has allowed. */
  private List<String> withoutDhe(
      DefaultSecureContext.Algorithms algorithms, ClientHello hello, List<String> suites) {
    List<String> dhe = SuiteSelection.dhe(suites);
    boolean allowed =
        dhe.isEmpty()
            || algorithms.dhParameters().isPresent()
            || DheGroups.answers(
                algorithms.dheGroups(), hello.supportedGroups(), engines.dheGroupForOldClients());
    return allowed ? suites : suites.stream().filter(suite -> !dhe.contains(suite)).toList();
  }

  /** Chooses the application protocol, or refuses. */
  private Optional<Choice> withProtocol(ClientHello hello, EngineSpec.Builder spec) {
    List<String> offered = hello.alpnProtocols();
    Optional<String> protocol;
    try {
      protocol = protocol(hello, offered);
    } catch (Throwable thrown) {
      return Optional.of(refusedBy("ALPNCallback", thrown));
    }
    boolean wanted = rules.alpn().isPresent() || !rules.protocols().alpn().isEmpty();
    if (wanted && !offered.isEmpty() && protocol.isEmpty()) {
      return Optional.of(
          refuse(
              NO_APPLICATION_PROTOCOL,
              ErrorCode.ERR_SSL_NO_APPLICATION_PROTOCOL,
              "the client offers none of our application protocols: " + offered,
              offered,
              rules.protocols().alpn()));
    }
    spec.alpn(protocol.map(List::of).orElse(List.of()));
    if (protocol.isEmpty() && hello.offersNpn()) {
      spec.npn(rules.protocols().npn());
    }
    return Optional.empty();
  }

  /** Asks the store for the session that the client wants to resume. */
  private CompletionStage<Choice> withSession(
      ClientHello hello,
      ProtocolVersion version,
      DefaultSecureContext context,
      Optional<Identity> identity,
      EngineSpec.Builder spec) {
    EngineContext engineContext;
    try {
      engineContext =
          rules.store().isPresent()
              ? context.serverEnginesWithStore(rules.auth())
              : context.serverEngines(rules.auth(), rules.ticketKeys());
    } catch (RuntimeException thrown) {
      return done(new Refuse(Failures.ofProvider(thrown), INTERNAL_ERROR));
    }
    Function<Resumption, CompletionStage<Choice>> answer =
        resumption ->
            withStaple(hello, context, identity, spec.resumption(resumption), engineContext);
    if (rules.store().isEmpty()) {
      return answer.apply(Resumption.own());
    }
    List<byte[]> tickets =
        version == ProtocolVersion.TLS_1_3
            ? hello.preSharedKeys()
            : hello.sessionTicket().stream().toList();
    Optional<byte[]> id =
        engineContext
            .extension(ServerSessions.class)
            .flatMap(sessions -> sessions.offeredId(version, hello.sessionId(), tickets));
    if (id.isEmpty()) {
      return answer.apply(Resumption.never());
    }
    CompletionStage<Optional<byte[]>> asked;
    try {
      asked = rules.store().get().resumeSession(id.get());
    } catch (Throwable thrown) {
      return done(refusedBy("resumeSession", thrown));
    }
    if (asked == null) {
      return done(refusedBy("resumeSession", null));
    }
    return asked
        .handle(
            (found, failure) ->
                failure != null || found == null
                    ? done(refusedBy("resumeSession", failure))
                    : answer.apply(resumption(found)))
        .thenCompose(Function.identity());
  }

  private static Resumption resumption(Optional<byte[]> found) {
    return found.map(Session::of).<Resumption>map(Resumption.Use::new).orElseGet(Resumption::never);
  }

  /** Asks for the status of our certificate, if the client wants to know it. */
  private CompletionStage<Choice> withStaple(
      ClientHello hello,
      DefaultSecureContext context,
      Optional<Identity> identity,
      EngineSpec.Builder spec,
      EngineContext engineContext) {
    if (rules.ocsp().isEmpty() || !hello.requestsStatus() || identity.isEmpty()) {
      return done(start(engineContext, context, spec));
    }
    Optional<X509Certificate> issuer = Stapling.issuer(identity.get(), context);
    CompletionStage<Optional<byte[]>> asked;
    try {
      asked = new Stapling(rules.ocsp().get()).of(identity.get(), issuer);
    } catch (Throwable thrown) {
      return done(refusedBy("OCSPRequest", thrown));
    }
    return asked.handle(
        (response, failure) -> {
          if (failure != null) {
            return refusedBy("OCSPRequest", failure);
          }
          response.ifPresent(spec::staple);
          issuer.ifPresent(spec::stapleIssuer);
          return start(engineContext, context, spec);
        });
  }

  private Choice start(
      EngineContext engineContext, DefaultSecureContext context, EngineSpec.Builder spec) {
    try {
      return new Start(
          engines.server(
              engineContext,
              spec.build(),
              PeerJudge.ofClient(context, rules.auth()),
              again ->
                  PeerJudge.ofClient(
                      context, ClientAuth.of(again.requestCert(), again.rejectUnauthorized())),
              rules.store().map(StoredSessions::new),
              keys));
    } catch (RuntimeException thrown) {
      return new Refuse(Failures.ofProvider(thrown), INTERNAL_ERROR);
    }
  }

  /**
   * TLS 1.3 alone where it will be chosen. It stays beside older versions otherwise: only an engine
   * that has it marks its random, by which clients notice that somebody talked them down (RFC 8446
   * section 4.1.3).
   */
  private static List<ProtocolVersion> versions(ClientHello hello, List<ProtocolVersion> ours) {
    boolean tls13 = ours.contains(ProtocolVersion.TLS_1_3) && hello.offers(ProtocolVersion.TLS_1_3);
    return tls13 ? List.of(ProtocolVersion.TLS_1_3) : ours;
  }

  /** What is shared, and what makes some engines see that they have TLS 1.3 too. */
  private static List<String> suites(
      List<String> shared, ProtocolVersion version, List<String> ours) {
    return version == ProtocolVersion.TLS_1_3
        ? shared
        : Stream.concat(shared.stream(), SuiteOrder.usable(ours, ProtocolVersion.TLS_1_3).stream())
            .toList();
  }

  private Optional<String> protocol(ClientHello hello, List<String> offered) {
    if (offered.isEmpty()) {
      return Optional.empty();
    }
    if (rules.alpn().isEmpty()) {
      return ProtocolSelection.select(rules.protocols().alpn(), offered);
    }
    Optional<String> chosen =
        rules.alpn().get().select(facts.socket(), hello.serverName(), offered);
    if (chosen.isPresent() && !offered.contains(chosen.get())) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_ALPN_CALLBACK_INVALID_RESULT,
          "ALPNCallback chose " + chosen.get() + ", which the client did not offer: " + offered);
    }
    return chosen;
  }

  private static List<String> names(List<Integer> suites) {
    return suites.stream()
        .map(
            code ->
                CipherTable.get()
                    .byCode(code)
                    .map(CipherSuite::standardName)
                    .orElse(String.format(Locale.ROOT, "0x%04X", code)))
        .toList();
  }

  private static Choice refuse(int alert, ErrorCode code, String message) {
    return refuse(alert, code, message, List.of(), List.of());
  }

  private static Choice refuse(
      int alert, ErrorCode code, String message, List<String> offered, List<String> supported) {
    return new Refuse(
        new HandshakeException(
                code, message + "; answered with " + AlertCodes.name(alert) + " (" + alert + ")")
            .with(HandshakeFacts.NONE.sent(alert).comparing(offered, supported)),
        alert);
  }

  private static Choice refusedBy(String callback, @Nullable Throwable thrown) {
    Throwable cause = thrown == null ? new NullPointerException("no answer") : thrown;
    return new Refuse(Failures.ofCallback(callback, cause), INTERNAL_ERROR);
  }
}
