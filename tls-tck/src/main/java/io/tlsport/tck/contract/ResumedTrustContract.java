package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ClientAuth;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.MemoryStore;
import io.tlsport.tck.fixture.ReboundSession;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Resuming is no way around a check: what has become false since is not believed any more. */
public abstract class ResumedTrustContract extends SessionSteps {
  private static final String ONE = "one.example";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(InstantSource.system().instant());

  // --- steps

  /** Both sides go by the time of the test. */
  private Tls timed() {
    return bench().tls(builder -> builder.clock(now::get));
  }

  /** Ends before the root does. */
  private static CertificateSpec brief(CertificateSpec spec) {
    return spec.valid(Duration.ofHours(-1), Duration.ofHours(12));
  }

  private void comesCloseToTheEndOf(TestIdentity identity) {
    now.set(identity.x509().getNotAfter().toInstant().minusSeconds(30));
  }

  private void passesTheEnd() {
    now.updateAndGet(then -> then.plusSeconds(60));
  }

  private static void assertUnauthorized(TLSSocket socket, ErrorCode why) {
    assertFalse(socket.authorized());
    assertEquals(
        Optional.of(why), socket.authorizationError().map(AuthorizationError::code), "the verdict");
  }

  private static void assertAuthorized(TLSSocket socket) {
    assertEquals(Optional.empty(), socket.authorizationError());
    assertTrue(socket.authorized());
  }

  private static ConnectOptions.Builder showing(ProtocolVersion version, TestIdentity identity) {
    return client(version).context(c -> c.key(identity.key()).cert(identity.chain()));
  }

  private static ServerOptions.Builder asking(ProtocolVersion version, ClientAuth auth) {
    return asking(version, auth, Identities.root());
  }

  private static ServerOptions.Builder asking(
      ProtocolVersion version, ClientAuth auth, TestAuthority trusted) {
    return server(version)
        .requestCert(auth != ClientAuth.NONE)
        .rejectUnauthorized(auth == ClientAuth.REQUIRE)
        .context(c -> c.ca(trusted.certificate()));
  }

  /** How servers can share sessions: by themselves, by keys of tickets, by a store. */
  private List<Consumer<ServerOptions.Builder>> means(ProtocolVersion version) {
    List<Consumer<ServerOptions.Builder>> means = new ArrayList<>();
    means.add(options -> {});
    if (tls().capabilities().of(Capability.TICKET_KEYS).covers(version)) {
      means.add(options -> options.context(c -> c.ticketKey(OLD_KEY)));
    }
    if (tls().capabilities().of(Capability.SESSION_STORE).covers(version)) {
      MemoryStore store = new MemoryStore();
      means.add(options -> options.sessionStore(store));
    }
    return means;
  }

  private static ServerOptions.Builder with(
      ServerOptions.Builder options, Consumer<ServerOptions.Builder> means) {
    means.accept(options);
    return options;
  }

  // --- time

  @Rule("18.20")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void serverWhoseCertificateHasExpiredSinceIsRefused(ProtocolVersion version) {
    ask(version);
    Tls timed = timed();
    TestIdentity brief = Identities.root().leaf(brief(Identities.localhost()));
    comesCloseToTheEndOf(brief);
    ServerCapture server = bench().listen(timed, server(version, brief).build());
    Session one = made(timed, server, client(version));
    Session two = made(timed, server, client(version));
    passesTheEnd();
    Met tolerant = met(timed, server, client(version).rejectUnauthorized(false).session(one));
    assertTrue(tolerant.resumed());
    assertUnauthorized(tolerant.client(), ErrorCode.CERT_HAS_EXPIRED);
    assertEquals(
        ErrorCode.CERT_HAS_EXPIRED,
        bench().connect(timed, server.port(), client(version).session(two)).awaitError().code());
  }

  @Rule("18.20")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void clientWhoseCertificateHasExpiredSinceIsRefused(ProtocolVersion version) {
    ask(version);
    Tls timed = timed();
    TestIdentity brief =
        Identities.root().leaf(brief(CertificateSpec.client("a client for a while")));
    comesCloseToTheEndOf(brief);
    ServerCapture tolerant = bench().listen(timed, asking(version, ClientAuth.REQUEST).build());
    ServerCapture strict = bench().listen(timed, asking(version, ClientAuth.REQUIRE).build());
    Session one = made(timed, tolerant, showing(version, brief));
    Session two = made(timed, strict, showing(version, brief));
    passesTheEnd();
    Met resumed = met(timed, tolerant, showing(version, brief).session(one));
    assertTrue(resumed.resumed());
    assertUnauthorized(resumed.server(), ErrorCode.CERT_HAS_EXPIRED);
    bench().connect(timed, strict.port(), showing(version, brief).session(two));
    assertEquals(ErrorCode.CERT_HAS_EXPIRED, strict.nextClientError().error().code());
  }

  // --- revocation

  @Rule("18.21")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void serverThatWasRevokedSinceIsRefused(ProtocolVersion version) {
    ask(version);
    TestIdentity identity = Identities.server("revoked.example");
    Pem before = Identities.root().crl();
    Pem after = Identities.root().crl(identity);
    ServerCapture server = bench().listen(server(version, identity).build());
    ConnectOptions.Builder[] later = new ConnectOptions.Builder[2];
    for (int i = 0; i < later.length; i++) {
      Session session = made(server, of(version, "revoked.example", before));
      later[i] = of(version, "revoked.example", after).session(session);
    }
    Met tolerant = met(tls(), server, later[0].rejectUnauthorized(false));
    assertTrue(tolerant.resumed());
    assertUnauthorized(tolerant.client(), ErrorCode.CERT_REVOKED);
    assertEquals(
        ErrorCode.CERT_REVOKED, bench().connect(server.port(), later[1]).awaitError().code());
  }

  private static ConnectOptions.Builder of(ProtocolVersion version, String host, Pem crl) {
    return client(version).servername(host).context(c -> c.crl(crl));
  }

  @Rule("18.21")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void clientThatWasRevokedSinceIsRefused(ProtocolVersion version) {
    ask(version);
    TestIdentity identity =
        Identities.root().leaf(CertificateSpec.client("a client that is revoked"));
    Pem before = Identities.root().crl();
    Pem after = Identities.root().crl(identity);
    for (Consumer<ServerOptions.Builder> means : means(version)) {
      for (ClientAuth auth : List.of(ClientAuth.REQUEST, ClientAuth.REQUIRE)) {
        ServerCapture one =
            bench().listen(with(asking(version, auth), means).context(c -> c.crl(before)).build());
        ServerCapture two =
            bench().listen(with(asking(version, auth), means).context(c -> c.crl(after)).build());
        ConnectOptions.Builder client =
            showing(version, identity).session(made(one, showing(version, identity)));
        if (auth == ClientAuth.REQUEST) {
          assertUnauthorized(met(tls(), two, client).server(), ErrorCode.CERT_REVOKED);
        } else {
          bench().connect(two.port(), client);
          assertEquals(ErrorCode.CERT_REVOKED, two.nextClientError().error().code());
        }
      }
    }
  }

  // --- trust

  @Rule("18.3")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsNotOfferedWithOtherTrust(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session = made(server, client(version));
    ConnectOptions.Builder trusting =
        ConnectOptions.builder()
            .servername("localhost")
            .session(session)
            .context(
                c ->
                    c.ca(Identities.stranger().certificate())
                        .minVersion(version)
                        .maxVersion(version))
            .rejectUnauthorized(false);
    Met met = met(tls(), server, trusting);
    assertFalse(met.resumed());
    assertFalse(met.client().authorized());
  }

  @Rule("18.22")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void serverWithOtherTrustResumesNothing(ProtocolVersion version) {
    ask(version);
    for (Consumer<ServerOptions.Builder> means : means(version)) {
      ServerCapture one = bench().listen(with(asking(version, ClientAuth.REQUEST), means).build());
      ServerCapture other =
          bench()
              .listen(
                  with(asking(version, ClientAuth.REQUEST, Identities.stranger()), means).build());
      Session first = made(one, showing(version, Identities.client()));
      Session second = made(one, showing(version, Identities.client()));
      Met elsewhere = met(tls(), other, showing(version, Identities.client()).session(first));
      assertFalse(elsewhere.resumed());
      assertFalse(elsewhere.server().authorized());
      Met back = met(tls(), one, showing(version, Identities.client()).session(second));
      assertTrue(back.resumed());
      assertAuthorized(back.server());
    }
  }

  @Rule("18.23")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void serverThatWasToleratedIsRefusedWhenItIsResumed(ProtocolVersion version) {
    ask(version);
    TestIdentity strange = Identities.stranger().leaf(Identities.localhost());
    ServerCapture server = bench().listen(server(version, strange).build());
    Session session = made(server, client(version).rejectUnauthorized(false));
    assertEquals(
        ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE,
        bench().connect(server.port(), client(version).session(session)).awaitError().code());
  }

  @Rule("18.23")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void nameThatWasToleratedIsRefusedWhenItIsResumed(ProtocolVersion version) {
    ask(version);
    ServerCapture server = listen(version);
    Session session =
        made(
            server,
            client(version)
                .servername("elsewhere.example")
                .checkServerIdentity((host, certificate) -> Optional.empty()));
    ConnectOptions.Builder checking =
        client(version).servername("elsewhere.example").session(session);
    assertEquals(
        ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID,
        bench().connect(server.port(), checking).awaitError().code());
  }

  // --- names

  @Rule("18.24")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void serverResumesForNoOtherName(ProtocolVersion version) {
    ask(version);
    for (Consumer<ServerOptions.Builder> means : means(version)) {
      ServerCapture server = bench().listen(with(server(version), means).build());
      Session ofOne = made(server, called(version, ONE));
      for (String name : List.of("other.example", "127.0.0.1")) {
        Session ofOther = made(server, called(version, name));
        assertNotResumedUnder(name, ONE, server, version, ofOther);
        assertNotResumedUnder(ONE, name, server, version, ofOne);
      }
      assertTrue(resumes(server, called(version, ONE).session(ofOne)));
    }
  }

  /** SunJSSE's clients name the host of the session that they offer, whatever they are told. */
  private void assertNotResumedUnder(
      String name, String owner, ServerCapture server, ProtocolVersion version, Session ofName) {
    Session lie = ReboundSession.of(made(server, called(version, owner)), ofName);
    Met met = met(tls(), server, called(version, name).session(lie));
    assertTrue(
        !met.resumed() || met.server().servername().orElse("127.0.0.1").equals(owner),
        () -> "a session of " + owner + " was resumed for " + met.server().servername());
  }

  private static ConnectOptions.Builder called(ProtocolVersion version, String name) {
    return client(version)
        .servername(name)
        .checkServerIdentity((host, certificate) -> Optional.empty());
  }

  // --- policies

  @Rule("18.25")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void serverResumesUnderNoOtherPolicy(ProtocolVersion version) {
    ask(version);
    for (Consumer<ServerOptions.Builder> means : means(version)) {
      for (ClientAuth first : ClientAuth.values()) {
        ServerCapture one = bench().listen(with(asking(version, first), means).build());
        for (ClientAuth second : ClientAuth.values()) {
          ServerCapture two = bench().listen(with(asking(version, second), means).build());
          Session session = made(one, showing(version, Identities.client()));
          Met met =
              met(
                  tls(),
                  first == second ? one : two,
                  showing(version, Identities.client()).session(session));
          assertEquals(first == second, met.resumed(), first + ", then " + second);
          assertEquals(second != ClientAuth.NONE, met.server().authorized());
        }
      }
    }
  }

  @Rule("18.11")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionWithoutACertificateSatisfiesNobodyHoweverItIsShared(ProtocolVersion version) {
    ask(version);
    for (Consumer<ServerOptions.Builder> means : means(version)) {
      ServerCapture tolerant =
          bench().listen(with(asking(version, ClientAuth.REQUEST), means).build());
      ServerCapture strict =
          bench().listen(with(asking(version, ClientAuth.REQUIRE), means).build());
      Session session = made(tolerant, client(version));
      bench().connect(strict.port(), client(version).session(session));
      assertEquals(
          ErrorCode.ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE,
          strict.nextClientError().error().code());
    }
  }
}
