package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.SessionStore;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.MemoryStore;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.SealedStore;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.TicketsOnTheWire;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A client resumes the session that it was given, and nobody is trusted for having resumed. */
public abstract class SessionContract extends SessionSteps {
  /** The extension of RFC 5077. */
  private static final int SESSION_TICKET = 35;

  private static final byte[] SEAL = new byte[32];
  private static final byte[] OTHER_SEAL = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

  // --- clients

  @Rule("18.1")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void clientResumesTheSessionThatItIsGiven(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session = made(server, client(version));
    assertTrue(resumes(server, client(version).session(session)));
  }

  @Rule("18.1")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void resumedSocketHasASessionToo(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session = made(server, client(version));
    Capture second = bench().connect(server.port(), client(version).session(session));
    second.awaitSecure();
    assertTrue(second.socket().sessionReused());
    serverSpeaksFirst(server, second);
    assertTrue(second.socket().session().isPresent());
  }

  @Rule("18.2")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void clientWithoutASessionDoesNotResume(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    made(server, client(version));
    assertFalse(resumes(server, client(version)));
  }

  @Rule("18.3")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsNotOfferedToAnotherHost(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session = made(server, client(version));
    ConnectOptions.Builder elsewhere =
        client(version)
            .session(session)
            .servername("elsewhere.example")
            .checkServerIdentity((host, certificate) -> Optional.empty());
    assertFalse(resumes(server, elsewhere));
  }

  @Rule("18.3")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsNotOfferedWithAnotherIdentity(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session = made(server, client(version));
    ConnectOptions.Builder somebody =
        client(version)
            .session(session)
            .context(c -> c.key(Identities.client().key()).cert(Identities.client().chain()));
    assertFalse(resumes(server, somebody));
  }

  @Rule("18.4")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void bytesThatAreNoSessionAreRefused(ProtocolVersion version) {
    for (byte[] bytes : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[300])) {
      ConfigurationException refused =
          assertThrows(
              ConfigurationException.class,
              () -> tls().createSecurePair(clientPair(version).session(Session.of(bytes)).build()));
      if (refused instanceof UnsupportedFeatureException) {
        throw refused;
      }
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
    }
  }

  @Rule("18.5")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void verdictIsGivenAgain(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session = made(server, client(version));
    Capture second =
        bench()
            .connect(
                server.port(),
                client(version)
                    .session(session)
                    .checkServerIdentity(
                        (host, certificate) ->
                            Optional.of(
                                new AuthorizationError(
                                    ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID,
                                    "changed my mind",
                                    0))));
    assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, second.awaitError().code());
  }

  @Rule("18.6")
  @Requires(Capability.SESSION_TICKET)
  @EachVersion
  void ticketOfTheServerIsShown(ProtocolVersion version) {
    demand(Capability.SESSION_TICKET, version);
    Workbench.Joined pairs =
        bench()
            .pairs(
                clientPair(version).build(), serverPair(version).context(shared(version)).build());
    CompletableFuture<Session> made = new CompletableFuture<>();
    pairs.client().socket().onSession(made::complete);
    Wire wire = pairs.join();
    pairs.client().awaitSecure();
    pairs.server().awaitSecure();
    pairs.server().socket().write("!");
    Patience.await(made, "a session");
    Optional<byte[]> ticket = pairs.client().socket().tlsTicket();
    if (version == ProtocolVersion.TLS_1_2) {
      assertTrue(HelloBytes.has(wire.sentByFirst().bytes(), SESSION_TICKET), "it takes tickets");
      byte[] flight = wire.sentBySecond().bytes();
      assertEquals(TicketsOnTheWire.any(flight), ticket.isPresent());
      ticket.ifPresent(shown -> assertTrue(TicketsOnTheWire.has(flight, shown)));
    } else {
      assertTrue(ticket.isPresent());
    }
  }

  @Rule("18.18")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void everySessionIsToldOnce(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    List<Session> made = told(server, client(version));
    assertTrue(version == ProtocolVersion.TLS_1_2 ? made.size() == 1 : !made.isEmpty());
    assertEquals(made.size(), made.stream().distinct().count(), "each once");
    List<Session> later = told(server, client(version).session(made.get(made.size() - 1)));
    if (version == ProtocolVersion.TLS_1_2) {
      assertEquals(List.of(), later);
    } else {
      assertFalse(later.isEmpty());
    }
  }

  @Rule("18.18")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionsAreToldAfterSecureConnect(ProtocolVersion version) {
    ask(version);
    Joined joined = pairs(version);
    List<String> order = new CopyOnWriteArrayList<>();
    Capture client = joined.client().collect();
    client.socket().onSecureConnect(() -> order.add("secureConnect"));
    client.socket().onSession(session -> order.add("session"));
    joined.join();
    joined.server().awaitSecure();
    joined.server().socket().write("a ticket goes with it");
    client.awaitBytes(1);
    Patience.until(() -> order.contains("session"), () -> "a session; so far " + order);
    assertEquals("secureConnect", order.get(0));
  }

  /** The sessions that one connection tells; the newest is its own. */
  private List<Session> told(ServerCapture server, ConnectOptions.Builder client) {
    Capture socket = bench().connect(server.port(), client);
    List<Session> told = new CopyOnWriteArrayList<>();
    socket.socket().onSession(told::add);
    socket.awaitSecure();
    serverSpeaksFirst(server, socket);
    if (!told.isEmpty()) {
      assertEquals(told.get(told.size() - 1), socket.socket().session().orElseThrow());
    }
    return List.copyOf(told);
  }

  @Rule("18.18")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void listenerThatComesLateIsToldTheNewest(ProtocolVersion version) {
    ask(version);
    TLSSocket client = met(tls(), listen(version), client(version)).client();
    CompletableFuture<Session> told = new CompletableFuture<>();
    client.onSession(told::complete);
    assertEquals(client.session(), Optional.of(Patience.await(told, "the newest session")));
  }

  @Rule("18.19")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void handleOfAnotherRuntimeIsRefused(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session = made(server, client(version));
    Tls other = bench().tls(builder -> {});
    ConnectOptions.Builder client = client(version).session(session);
    if (!tls().capabilities().of(Capability.SESSION_EXPORT).covers(version)) {
      ConfigurationException refused =
          assertThrows(
              ConfigurationException.class, () -> bench().connect(other, server.port(), client));
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
    }
  }

  @Rule("18.19")
  @Requires(Capability.SESSION_EXPORT)
  @EachVersion
  void bytesOfASessionAreGoodElsewhere(ProtocolVersion version) {
    demand(Capability.SESSION_EXPORT, version);
    ServerCapture server = listen(version);
    Session copy = Session.of(made(server, client(version)).export());
    Tls other = bench().tls(builder -> {});
    bench().connect(other, server.port(), client(version).session(copy)).awaitSecure();
    assertTrue(server.next().awaitSecure().sessionReused());
  }

  // --- servers

  @Rule("18.7")
  @Requires(Capability.SESSION_TIMEOUT)
  @EachVersion
  void sessionEndsWithItsTime(ProtocolVersion version) {
    AtomicReference<Instant> now = new AtomicReference<>(InstantSource.system().instant());
    ServerCapture server = aging(version, now);
    if (!resumable(version)) {
      assertFalse(resumes(server, client(version)));
      return;
    }
    List<Session> sessions = made(2, server, version);
    now.updateAndGet(then -> then.plusSeconds(59));
    assertTrue(resumes(server, client(version).session(sessions.get(0))));
    now.updateAndGet(then -> then.plusSeconds(2));
    assertFalse(resumes(server, client(version).session(sessions.get(1))));
  }

  @Rule("18.7")
  @Requires(Capability.SESSION_TIMEOUT)
  @EachVersion
  void resumingMakesNoSessionYounger(ProtocolVersion version) {
    AtomicReference<Instant> now = new AtomicReference<>(InstantSource.system().instant());
    ServerCapture server = aging(version, now);
    if (!resumable(version)) {
      assertFalse(resumes(server, client(version)));
      return;
    }
    Session session = made(server, client(version));
    now.updateAndGet(then -> then.plusSeconds(40));
    List<Session> later = told(server, client(version).session(session));
    now.updateAndGet(then -> then.plusSeconds(30));
    Session newest = later.isEmpty() ? session : later.get(later.size() - 1);
    assertFalse(resumes(server, client(version).session(newest)));
  }

  /** A server whose sessions are good for a minute of that clock. */
  private ServerCapture aging(ProtocolVersion version, AtomicReference<Instant> now) {
    Tls aging = bench().tls(builder -> builder.clock(now::get));
    return bench()
        .listen(
            aging, server(version).context(c -> c.sessionTimeout(Duration.ofSeconds(60))).build());
  }

  @Rule("18.8")
  @Requires(Capability.SESSION_ID_CONTEXT)
  @EachVersion
  void sessionStaysInItsContext(ProtocolVersion version) {
    ServerCapture one = listen(version, c -> c.sessionIdContext("one"));
    if (!resumable(version)) {
      assertFalse(resumes(one, client(version)));
      return;
    }
    ServerCapture two = listen(version, shared(version).andThen(c -> c.sessionIdContext("two")));
    ServerCapture three =
        listen(version, shared(version).andThen(c -> c.sessionIdContext("three")));
    List<Session> sessions = made(2, two, version);
    assertFalse(resumes(three, client(version).session(sessions.get(0))));
    assertTrue(resumes(two, client(version).session(sessions.get(1))));
  }

  @Rule("18.9")
  @Requires(Capability.TICKET_KEYS)
  @EachVersion
  void serversWithTheSameKeysResumeEachOthersSessions(ProtocolVersion version) {
    ServerCapture one = listen(version, c -> c.ticketKey(OLD_KEY));
    ServerCapture two = listen(version, c -> c.ticketKey(OLD_KEY));
    ServerCapture other = listen(version, c -> c.ticketKey(NEW_KEY));
    List<Session> sessions = made(2, one, version);
    assertTrue(resumes(two, client(version).session(sessions.get(0))));
    assertFalse(resumes(other, client(version).session(sessions.get(1))));
  }

  @Rule("18.10")
  @Requires(Capability.TICKET_KEYS)
  @EachVersion
  void keysRotateWithoutLosingASession(ProtocolVersion version) {
    ServerCapture server = listen(version, c -> c.ticketKey(OLD_KEY));
    List<Session> sessions = made(2, server, version);
    server.server().setTicketKeys(List.of(NEW_KEY, OLD_KEY));
    assertTrue(resumes(server, client(version).session(sessions.get(0))));
    Session underTheFirst = made(server, client(version));
    server.server().setTicketKeys(List.of(NEW_KEY));
    assertFalse(resumes(server, client(version).session(sessions.get(1))));
    assertTrue(resumes(server, client(version).session(underTheFirst)));
    assertEquals(1, server.server().ticketKeys().size());
    ConfigurationException none =
        assertThrows(ConfigurationException.class, () -> server.server().setTicketKeys(List.of()));
    assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, none.code());
  }

  @Rule("18.11")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionWithoutACertificateSatisfiesNobodyWhoRequiresOne(ProtocolVersion version) {
    ask(version);
    ServerCapture tolerant = listen(version, shared(version).andThen(c -> c.ca(Identities.ca())));
    ServerCapture strict = strict(version);
    Session session = made(tolerant, client(version));
    bench().connect(strict.port(), client(version).session(session));
    assertEquals(
        ErrorCode.ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE,
        strict.nextClientError().error().code());
  }

  @Rule("18.12")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void resumedClientIsJudgedByItsCertificate(ProtocolVersion version) {
    ask(version);
    ServerCapture server = strict(version);
    Session session = made(server, authenticated(version));
    Capture second = bench().connect(server.port(), authenticated(version).session(session));
    second.awaitSecure();
    Capture other = serverSpeaksFirst(server, second);
    assertTrue(other.socket().sessionReused());
    assertTrue(other.socket().authorized());
    assertEquals(
        Optional.of("a client"),
        other.socket().peerCertificate().orElseThrow().subject().first("CN"));
  }

  private ServerCapture strict(ProtocolVersion version) {
    return bench()
        .listen(
            server(version)
                .requestCert(true)
                .rejectUnauthorized(true)
                .context(shared(version).andThen(c -> c.ca(Identities.ca())))
                .build());
  }

  private static ConnectOptions.Builder authenticated(ProtocolVersion version) {
    return client(version)
        .context(c -> c.key(Identities.client().key()).cert(Identities.client().chain()));
  }

  // --- stores

  private ServerOptions stored(ProtocolVersion version, MemoryStore store) {
    return server(version).sessionStore(store).build();
  }

  @Rule("18.13")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void serversShareAStore(ProtocolVersion version) {
    MemoryStore store = new MemoryStore();
    ServerCapture one = bench().listen(stored(version, store));
    ServerCapture two = bench().listen(stored(version, store));
    List<Session> sessions = made(2, one, version);
    int kept = store.size();
    assertTrue(kept >= 2);
    assertTrue(resumes(two, client(version).session(sessions.get(0))));
    assertTrue(store.size() > kept || version == ProtocolVersion.TLS_1_2);
    store.clear();
    assertFalse(resumes(two, client(version).session(sessions.get(1))));
    assertTrue(store.size() >= 1);
  }

  @Rule("18.13")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void storeMayEncryptWhatItKeepsAndAddToIt(ProtocolVersion version) {
    SessionStore plain = new MemoryStore();
    List<String> added = new CopyOnWriteArrayList<>();
    SessionStore ours = new SealedStore(plain, SEAL, () -> "made here", added::add);
    SessionStore choosy = new SealedStore(plain, SEAL, () -> "", extra -> false);
    SessionStore strange = new SealedStore(plain, OTHER_SEAL, () -> "", extra -> true);
    ServerCapture one = bench().listen(server(version).sessionStore(ours).build());
    ServerCapture two = bench().listen(server(version).sessionStore(ours).build());
    List<Session> sessions = made(3, one, version);
    assertTrue(resumes(two, client(version).session(sessions.get(0))));
    assertEquals(List.of("made here"), added);
    ServerCapture refusing = bench().listen(server(version).sessionStore(choosy).build());
    assertFalse(resumes(refusing, client(version).session(sessions.get(1))));
    ServerCapture stranger = bench().listen(server(version).sessionStore(strange).build());
    assertFalse(resumes(stranger, client(version).session(sessions.get(2))));
  }

  @Rule("18.14")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void nothingPassesBeforeTheStoreHasTheSession(ProtocolVersion version) {
    MemoryStore store = new MemoryStore();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.newSessionWaitsFor(gate);
    ServerCapture server = bench().listen(stored(version, store));
    Capture client = bench().connect(server.port(), client(version));
    List<Session> told = new CopyOnWriteArrayList<>();
    client.socket().onSession(told::add);
    Patience.await(store.asked(), "newSession");
    // In TLS 1.3 it is the client that is secure first, and then it gets its session.
    assertTrue(!client.socket().secure() || version == ProtocolVersion.TLS_1_3);
    assertEquals(List.of(), told);
    assertEquals(0, server.secureConnections());
    gate.complete(null);
    client.awaitSecure();
    server.next().awaitSecure();
  }

  @Rule("18.15")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void storeThatFailsEndsTheConnection(ProtocolVersion version) {
    MemoryStore store = new MemoryStore();
    store.newSessionWaitsFor(CompletableFuture.failedFuture(new IllegalStateException("full")));
    ServerCapture server = bench().listen(stored(version, store));
    Capture client = bench().connect(server.port(), client(version));
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, server.nextClientError().error().code());
    client.awaitClose();
    assertEquals(0, server.secureConnections());
    assertTrue(!client.socket().secure() || version == ProtocolVersion.TLS_1_3);
  }

  @Rule("18.16")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void lookUpThatFailsEndsTheConnection(ProtocolVersion version) {
    MemoryStore store = new MemoryStore();
    ServerCapture server = bench().listen(stored(version, store));
    Session session = made(server, client(version));
    store.resumeSessionFails(new IllegalStateException("away"));
    Capture client = bench().connect(server.port(), client(version).session(session));
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, server.nextClientError().error().code());
    client.awaitClose();
  }

  @Rule("18.17")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void garbageInTheStoreCostsAFullHandshake(ProtocolVersion version) {
    MemoryStore store = new MemoryStore();
    ServerCapture server = bench().listen(stored(version, store));
    Session session = made(server, client(version));
    store.garble();
    assertFalse(resumes(server, client(version).session(session)));
  }
}
