package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.PskCallback;
import io.tlsport.PskClientCallback;
import io.tlsport.PskIdentity;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Pre-shared keys (RFC 4279, RFC 5489, RFC 8446 section 4.2.11). */
@Requires(Capability.PSK)
public abstract class PskContract extends ProviderContract {
  /** Engines without such suites have others of it. */
  private static final String SUITES = "PSK:ECDHE+AESGCM";

  private static final List<String> EXCHANGES =
      List.of("ECDHE-PSK-CHACHA20-POLY1305", "PSK-AES128-GCM-SHA256", "DHE-PSK-AES128-GCM-SHA256");

  private static final ProtocolVersion TLS_1_3 = ProtocolVersion.TLS_1_3;
  private static final String NAME = "Großer Client \ud83d\ude00";
  private static final byte[] KEY = "a key of both sides".getBytes(StandardCharsets.UTF_8);
  private static final PskIdentity OURS = PskIdentity.of(NAME, KEY);

  private static PskCallback knows(String identity, byte[] key) {
    return (socket, name) ->
        CompletableFuture.completedFuture(
            name.equals(identity) ? Optional.of(key) : Optional.empty());
  }

  /** A server without a certificate. */
  private static ServerOptions.Builder keyed(ProtocolVersion version) {
    return ServerOptions.builder()
        .context(c -> c.minVersion(version).maxVersion(version).ciphers(SUITES))
        .pskCallback(knows(NAME, KEY));
  }

  private static ConnectOptions.Builder keyedClient(ProtocolVersion version) {
    return client(version).context(c -> c.ciphers(SUITES)).pskCallback(hint -> Optional.of(OURS));
  }

  /** Those that the provider has; on one without any, whatever is refused. */
  private List<String> exchanges() {
    List<String> here = EXCHANGES.stream().filter(tls().getCiphers()::contains).toList();
    return here.isEmpty() ? EXCHANGES : here;
  }

  private static boolean isTls13(ProtocolVersion version) {
    return version == ProtocolVersion.TLS_1_3;
  }

  private static ErrorCode refusal(Executable call) {
    ConfigurationException refused = assertThrows(ConfigurationException.class, call);
    if (refused instanceof io.tlsport.UnsupportedFeatureException withoutKeys) {
      throw withoutKeys;
    }
    return refused.code();
  }

  @Rule("25.1")
  @EachVersion
  void keyTakesThePlaceOfCertificates(ProtocolVersion version) {
    for (String name : exchanges()) {
      Connection connection =
          bench()
              .connection(
                  keyed(version).context(c -> c.ciphers(name)).build(),
                  keyedClient(version).context(c -> c.ciphers(name)),
                  Capture::collect);
      for (TLSSocket socket : List.of(connection.client().socket(), connection.server().socket())) {
        String agreed = socket.cipher().orElseThrow().name();
        assertTrue(isTls13(version) ? agreed.endsWith("_SHA256") : agreed.equals(name), agreed);
        assertTrue(socket.peerCertificate().isEmpty());
        assertFalse(socket.sessionReused());
      }
      connection.client().socket().write("hello");
      assertEquals("hello", connection.server().awaitBytes(5).text());
    }
  }

  @Rule("25.1")
  @Test
  void keyStaysGoodWhereTheServerAsksForAnotherGroup() {
    AtomicInteger asked = new AtomicInteger();
    List<String> lines = new CopyOnWriteArrayList<>();
    PskCallback callback =
        (socket, name) -> {
          asked.incrementAndGet();
          return CompletableFuture.completedFuture(Optional.of(KEY));
        };
    Connection connection =
        bench()
            .connection(
                keyed(TLS_1_3).context(c -> c.ecdhCurve("secp384r1")).pskCallback(callback).build(),
                keyedClient(TLS_1_3)
                    .context(c -> c.ecdhCurve("prime256v1:secp384r1"))
                    .enableTrace(lines::add));
    assertTrue(connection.client().socket().peerCertificate().isEmpty());
    assertTrue(connection.client().socket().authorized());
    assertEquals(1, asked.get());
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("asks to try again")), lines::toString);
  }

  @Rule("25.2")
  @EachVersion
  void callbacksAreToldWhatThePeerSent(ProtocolVersion version) {
    CompletableFuture<TLSSocket> socket = new CompletableFuture<>();
    CompletableFuture<String> identity = new CompletableFuture<>();
    CompletableFuture<Optional<String>> hint = new CompletableFuture<>();
    PskCallback callback =
        (connection, name) -> {
          socket.complete(connection);
          identity.complete(name);
          return CompletableFuture.completedFuture(Optional.of(KEY));
        };
    Connection connection =
        bench()
            .connection(
                keyed(version).pskCallback(callback).pskIdentityHint("größte").build(),
                keyedClient(version)
                    .pskCallback(
                        sent -> {
                          hint.complete(sent);
                          return Optional.of(OURS);
                        }));
    assertSame(connection.server().socket(), socket.join());
    assertEquals(NAME, identity.join());
    assertEquals(isTls13(version) ? Optional.empty() : Optional.of("größte"), hint.join());
  }

  @Rule("25.2")
  @EachVersion
  void noHintIsNone(ProtocolVersion version) {
    CompletableFuture<Optional<String>> hint = new CompletableFuture<>();
    PskClientCallback callback =
        sent -> {
          hint.complete(sent);
          return Optional.of(OURS);
        };
    bench().connection(keyed(version).build(), keyedClient(version).pskCallback(callback));
    assertEquals(Optional.empty(), hint.join());
  }

  @Rule("25.3")
  @EachVersion
  void serverMayAnswerLateWhileOthersAreServed(ProtocolVersion version) {
    CompletableFuture<Optional<byte[]>> late = new CompletableFuture<>();
    AtomicInteger asked = new AtomicInteger();
    PskCallback callback =
        (socket, name) ->
            asked.incrementAndGet() <= 8
                ? late
                : CompletableFuture.completedFuture(Optional.of(KEY));
    ServerCapture server = bench().listen(keyed(version).pskCallback(callback).build());
    List<Capture> waiting =
        java.util.stream.Stream.generate(() -> keyedClient(version))
            .limit(8)
            .map(options -> bench().connect(server.port(), options))
            .toList();
    Patience.until(() -> asked.get() == 8, () -> "8 questions, got " + asked);
    bench().connect(server.port(), keyedClient(version)).awaitSecure();
    assertTrue(waiting.stream().allMatch(client -> client.events().isEmpty()));
    late.complete(Optional.of(KEY));
    waiting.forEach(Capture::awaitSecure);
  }

  @Rule("25.3")
  @EachVersion
  void serverThatNeverAnswersEndsAtTheHandshakeTimeout(ProtocolVersion version) {
    ServerCapture server =
        bench()
            .listen(
                keyed(version)
                    .pskCallback((socket, name) -> new CompletableFuture<>())
                    .handshakeTimeout(Duration.ofMillis(300))
                    .build());
    bench().connect(server.port(), keyedClient(version)).awaitError();
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, server.nextClientError().error().code());
  }

  @Rule("25.3")
  @EachVersion
  void serverIsAskedWhereTheApplicationSays(ProtocolVersion version) {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "the application's"));
    bench().keep(executor::shutdownNow);
    CompletableFuture<String> thread = new CompletableFuture<>();
    PskCallback callback =
        (socket, name) -> {
          thread.complete(Thread.currentThread().getName());
          return CompletableFuture.completedFuture(Optional.of(KEY));
        };
    ServerCapture server =
        bench()
            .listen(
                bench().tls(builder -> builder.callbackExecutor(executor)),
                keyed(version).pskCallback(callback).build());
    bench().connect(server.port(), keyedClient(version)).awaitSecure();
    assertEquals("the application's", thread.join());
  }

  @Rule("25.4")
  @EachVersion
  void unknownIdentitiesAreTold(ProtocolVersion version) {
    assertFails(
        keyed(version).pskCallback(knows("another", KEY)),
        keyedClient(version),
        ErrorCode.ERR_SSL_PSK_IDENTITY_NOT_FOUND,
        ErrorCode.ERR_SSL_TLSV1_ALERT_UNKNOWN_PSK_IDENTITY);
  }

  @Rule("25.5")
  @EachVersion
  void otherKeysAreRefused(ProtocolVersion version) {
    ServerCapture server =
        bench().listen(keyed(version).pskCallback(knows(NAME, new byte[] {1})).build());
    Capture client = bench().connect(server.port(), keyedClient(version));
    server.nextClientError();
    client.awaitError();
    client.awaitClose();
    assertEquals(0, client.count("secureConnect"));
    assertEquals(0, server.secureConnections());
  }

  @Rule("25.6")
  @EachVersion
  void serversCallbackThatThrowsFailsOrGivesNoKeyEndsTheConnection(ProtocolVersion version) {
    IllegalStateException made = new IllegalStateException("made by the test");
    assertFails(
        keyed(version)
            .pskCallback(
                (socket, name) -> {
                  throw made;
                }),
        keyedClient(version),
        ErrorCode.ERR_TLS_CALLBACK,
        ErrorCode.ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR);
    assertFails(
        keyed(version).pskCallback((socket, name) -> CompletableFuture.failedFuture(made)),
        keyedClient(version),
        ErrorCode.ERR_TLS_CALLBACK,
        ErrorCode.ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR);
    assertFails(
        keyed(version).pskCallback(knows(NAME, new byte[0])),
        keyedClient(version),
        ErrorCode.ERR_OUT_OF_RANGE,
        ErrorCode.ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR);
  }

  @Rule("25.6")
  @Test
  void failedCallbackIsNoMissingKey() {
    assertFails(
        server(TLS_1_3)
            .pskCallback(
                (socket, name) -> {
                  throw new IllegalStateException("made by the test");
                }),
        keyedClient(TLS_1_3),
        ErrorCode.ERR_TLS_CALLBACK,
        ErrorCode.ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR);
  }

  @Rule("25.6")
  @EachVersion
  void clientsCallbackThatThrowsOrHasNoKeyEndsTheConnection(ProtocolVersion version) {
    ServerCapture server = bench().listen(keyed(version).build());
    Capture throwing =
        bench()
            .connect(
                server.port(),
                keyedClient(version)
                    .pskCallback(
                        hint -> {
                          throw new IllegalStateException("made by the test");
                        }));
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, throwing.awaitError().code());
    Capture without =
        bench().connect(server.port(), keyedClient(version).pskCallback(hint -> Optional.empty()));
    assertEquals(
        isTls13(version)
            ? ErrorCode.ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE
            : ErrorCode.ERR_SSL_PSK_IDENTITY_NOT_FOUND,
        without.awaitError().code());
    assertEquals(0, server.secureConnections());
  }

  @Rule("25.7")
  @EachVersion
  void keyAuthorizesBothSides(ProtocolVersion version) {
    AtomicInteger names = new AtomicInteger();
    Connection asked =
        bench()
            .connection(
                keyed(version).requestCert(true).rejectUnauthorized(true).build(),
                keyedClient(version)
                    .checkServerIdentity(
                        (host, certificate) -> {
                          names.incrementAndGet();
                          return Optional.empty();
                        }));
    assertTrue(asked.client().socket().authorized());
    assertTrue(asked.server().socket().authorized());
    assertEquals(0, names.get());
    Connection plain = bench().connection(keyed(version).build(), keyedClient(version));
    assertTrue(plain.client().socket().authorized());
    assertFalse(plain.server().socket().authorized());
    assertTrue(plain.server().socket().authorizationError().isEmpty());
  }

  @Rule("25.8")
  @EachVersion
  void suitesWithKeysAreNotUsedWithoutACallback(ProtocolVersion version) {
    bench().server(keyed(version).build());
    ServerCapture certified =
        bench().listen(server(version).context(c -> c.ciphers(SUITES)).build());
    Capture client = bench().connect(certified.port(), keyedClient(version));
    client.awaitSecure();
    assertTrue(client.socket().peerCertificate().isPresent());
    ServerCapture keyed = bench().listen(keyed(version).build());
    Capture other = bench().connect(keyed.port(), client(version).context(c -> c.ciphers(SUITES)));
    assertEquals(ErrorCode.ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE, other.awaitError().code());
    assertEquals(ErrorCode.ERR_SSL_NO_SHARED_CIPHER, keyed.nextClientError().error().code());
  }

  @Rule("25.9")
  @EachVersion
  void oneServerHasBothKindsOfClients(ProtocolVersion version) {
    ServerCapture server =
        bench()
            .listen(
                server(version)
                    .context(c -> c.ciphers(SUITES))
                    .pskCallback(knows(NAME, KEY))
                    .build());
    Capture keyed = bench().connect(server.port(), keyedClient(version));
    keyed.awaitSecure();
    assertTrue(keyed.socket().peerCertificate().isEmpty());
    Capture certified =
        bench().connect(server.port(), client(version).context(c -> c.ciphers(SUITES)));
    certified.awaitSecure();
    assertTrue(certified.socket().peerCertificate().isPresent());
  }

  @Rule("25.10")
  @EachVersion
  void whatCannotWorkIsRefused(ProtocolVersion version) {
    bench().server(keyed(version).build());
    String noKeys = "TLS_AES_256_GCM_SHA384:ECDHE+AESGCM";
    assertEquals(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        refusal(() -> tls().createServer(keyed(version).context(c -> c.ciphers(noKeys)).build())));
    assertEquals(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        refusal(() -> tls().connect(keyedClient(version).context(c -> c.ciphers(noKeys)).build())));
    if (!isTls13(version)) {
      assertEquals(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          refusal(
              () ->
                  tls()
                      .connect(
                          client(version).context(c -> c.ciphers(exchanges().get(0))).build())));
    }
    assertEquals(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        refusal(() -> tls().createServer(server(version).pskIdentityHint("hint").build())));
    assertEquals(
        ErrorCode.ERR_TLS_PSK_SET_IDENTIY_HINT_FAILED,
        refusal(() -> keyed(version).pskIdentityHint("x".repeat(257))));
  }

  @Rule("25.11")
  @EachVersion
  void eachConnectionProvesTheKey(ProtocolVersion version) {
    AtomicInteger asked = new AtomicInteger();
    PskCallback callback =
        (socket, name) ->
            CompletableFuture.completedFuture(
                asked.incrementAndGet() == 1 ? Optional.of(KEY) : Optional.empty());
    ServerCapture server = bench().listen(keyed(version).pskCallback(callback).build());
    CompletableFuture<Session> made = new CompletableFuture<>();
    Capture first = bench().connect(server.port(), keyedClient(version));
    first.socket().onSession(made::complete);
    first.awaitSecure();
    ConnectOptions.Builder again = keyedClient(version);
    if (made.isDone()) {
      again.session(made.join());
    }
    assertEquals(
        ErrorCode.ERR_SSL_TLSV1_ALERT_UNKNOWN_PSK_IDENTITY,
        bench().connect(server.port(), again).awaitError().code());
    assertEquals(2, asked.get());
  }

  @Rule("25.12")
  @Test
  void certificateTakesThePlaceOfAnUnknownKey() {
    CompletableFuture<String> asked = new CompletableFuture<>();
    PskCallback callback =
        (socket, name) -> {
          asked.complete(name);
          return CompletableFuture.completedFuture(Optional.empty());
        };
    Connection unknown =
        bench().connection(server(TLS_1_3).pskCallback(callback).build(), keyedClient(TLS_1_3));
    assertEquals(NAME, asked.join());
    Connection none =
        bench()
            .connection(
                server(TLS_1_3).pskCallback(knows(NAME, KEY)).build(),
                keyedClient(TLS_1_3).pskCallback(hint -> Optional.empty()));
    for (Connection connection : List.of(unknown, none)) {
      TLSSocket client = connection.client().socket();
      assertTrue(client.peerCertificate().isPresent());
      assertTrue(client.authorized());
    }
  }

  @Rule("25.12")
  @Test
  void serverWithoutTheKeyIsJudgedByItsCertificate() {
    ServerCapture server =
        bench().listen(server(TLS_1_3).pskCallback(knows("another", KEY)).build());
    Capture client =
        bench()
            .connect(
                server.port(),
                keyedClient(TLS_1_3)
                    .checkServerIdentity(
                        (host, certificate) ->
                            Optional.of(
                                new AuthorizationError(
                                    ErrorCode.CERT_UNTRUSTED, "made by the test", 0))));
    client.awaitError();
    assertEquals(0, client.count("secureConnect"));
  }

  // --- over any transport

  private static SocketOptions.Builder keyedServerPair(ProtocolVersion version) {
    return SocketOptions.builder()
        .isServer(true)
        .context(c -> c.minVersion(version).maxVersion(version).ciphers(SUITES))
        .pskCallback(knows(NAME, KEY));
  }

  private static SocketOptions.Builder keyedClientPair(ProtocolVersion version) {
    return clientPair(version)
        .context(c -> c.ciphers(SUITES))
        .pskCallback(hint -> Optional.of(OURS));
  }

  private void assertKeyed(SocketOptions.Builder client, SocketOptions.Builder server) {
    Joined joined = bench().pairs(client.build(), server.build());
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    assertTrue(joined.client().socket().authorized());
    assertTrue(joined.client().socket().peerCertificate().isEmpty());
  }

  @Rule("25.13")
  @EachVersion
  void pairsHaveKeysInBothRoles(ProtocolVersion version) {
    CompletableFuture<Optional<String>> hint = new CompletableFuture<>();
    PskClientCallback told =
        sent -> {
          hint.complete(sent);
          return Optional.of(OURS);
        };
    assertKeyed(
        keyedClientPair(version).pskCallback(told),
        keyedServerPair(version).pskIdentityHint("a hint"));
    assertEquals(isTls13(version) ? Optional.empty() : Optional.of("a hint"), hint.join());
  }

  @Rule("25.13")
  @EachVersion
  void keysOfTheSocketComeBeforeThoseOfItsServer(ProtocolVersion version) {
    Server server = bench().server(keyed(version).pskCallback(knows("another", KEY)).build());
    assertKeyed(keyedClientPair(version), keyedServerPair(version).server(server));
  }

  @Rule("26.1")
  @EachVersion
  void keysAreTheServers(ProtocolVersion version) {
    Server server = bench().server(keyed(version).build());
    assertKeyed(keyedClientPair(version), SocketOptions.builder().isServer(true).server(server));
  }

  @Rule("25.13")
  @EachVersion
  void keysOfTheOtherSideAreRefused(ProtocolVersion version) {
    bench().server(keyed(version).build());
    PskCallback ofServers = knows(NAME, KEY);
    PskClientCallback ofClients = hint -> Optional.of(OURS);
    for (SocketOptions.Builder wrong :
        List.of(
            keyedServerPair(version).pskCallback(ofClients),
            keyedClientPair(version).pskCallback(ofServers),
            keyedClientPair(version).pskIdentityHint("a hint"),
            serverPair(version).pskIdentityHint("a hint"))) {
      assertEquals(
          ErrorCode.ERR_INVALID_ARG_VALUE, refusal(() -> tls().createSecurePair(wrong.build())));
    }
  }

  private void assertFails(
      ServerOptions.Builder options,
      ConnectOptions.Builder clientOptions,
      ErrorCode ofServer,
      ErrorCode ofClient) {
    ServerCapture server = bench().listen(options.build());
    Capture client = bench().connect(server.port(), clientOptions);
    assertEquals(ofServer, server.nextClientError().error().code());
    assertEquals(ofClient, client.awaitError().code());
    client.awaitClose();
    assertEquals(1, client.errors().size(), client::toString);
    assertEquals(1, server.clientErrors());
    assertEquals(0, server.secureConnections());
  }
}
