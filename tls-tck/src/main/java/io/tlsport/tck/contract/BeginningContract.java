package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AlpnCallback;
import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SecurePair;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Gate;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What can be done with a connection before its handshake, and by the callbacks within it. */
public abstract class BeginningContract extends ProviderContract {
  private static final String ACME = "acme-tls/1";

  // --- clients

  @Rule("30.1")
  @EachVersion
  @Requires(Capability.SNI)
  void nameThatIsSetLateIsSentAndChecked(ProtocolVersion version) {
    Gate gate = bench().keep(new Gate());
    Tls runtime = bench().tls(builder -> builder.handshakeExecutor(gate));
    ServerCapture server =
        bench().listen(runtime, server(version, Identities.server("late.example.com")).build());
    gate.shut();
    Capture client = bench().connect(runtime, server.port(), client(version));
    client.socket().setServername("late.example.com");
    gate.open();
    client.awaitSecure();
    assertTrue(client.socket().authorized());
    assertEquals(Optional.of("late.example.com"), client.socket().servername());
    assertEquals(Optional.of("late.example.com"), server.next().socket().servername());
  }

  @Rule("30.1")
  @EachVersion
  @Requires(Capability.SNI)
  void certificateHasToNameTheLateName(ProtocolVersion version) {
    Gate gate = bench().keep(new Gate());
    Tls runtime = bench().tls(builder -> builder.handshakeExecutor(gate));
    ServerCapture server = bench().listen(runtime, server(version).build());
    gate.shut();
    Capture client = bench().connect(runtime, server.port(), client(version));
    assertCode(ErrorCode.ERR_INVALID_ARG_VALUE, () -> client.socket().setServername("no name"));
    client.socket().setServername("other.example.com");
    gate.open();
    assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, client.awaitError().code());
  }

  @Rule("30.2")
  @EachVersion
  @Requires(Capability.SESSION_RESUMPTION)
  void sessionThatIsSetLateIsResumed(ProtocolVersion version) {
    Gate gate = bench().keep(new Gate());
    Tls runtime = bench().tls(builder -> builder.handshakeExecutor(gate));
    ServerCapture server = bench().listen(runtime, server(version).build());
    gate.shut();
    Capture first = bench().connect(runtime, server.port(), client(version));
    TlsException refused =
        assertThrows(
            TlsException.class, () -> first.socket().setSession(Session.of(new byte[] {1})));
    if (refused instanceof UnsupportedFeatureException) {
      throw refused;
    }
    assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
    first.socket().destroy();
    gate.open();
    Session made = session(runtime, server, version);
    gate.shut();
    Capture second = bench().connect(runtime, server.port(), client(version));
    second.socket().setSession(made);
    gate.open();
    second.awaitSecure();
    assertTrue(second.socket().sessionReused());
    assertCode(ErrorCode.ERR_TLS_INVALID_STATE, () -> second.socket().setSession(made));
    assertCode(ErrorCode.ERR_TLS_INVALID_STATE, () -> server.next().socket().setSession(made));
  }

  private Session session(Tls runtime, ServerCapture server, ProtocolVersion version) {
    CompletableFuture<Session> made = new CompletableFuture<>();
    Capture first = bench().connect(runtime, server.port(), client(version)).collect();
    first.socket().onSession(made::complete);
    first.awaitSecure();
    // Some servers send tickets with their first data only.
    server.next().socket().write("!");
    first.awaitBytes(1);
    Session session = Patience.await(made, "a session; so far " + first);
    first.socket().end();
    first.awaitClose();
    return session;
  }

  @Rule("30.3")
  @EachVersion
  void onlyAClientNamesAHostAndOnlyBeforeTheHandshake(ProtocolVersion version) {
    Connection connection = connection(version);
    assertCode(
        ErrorCode.ERR_TLS_SNI_FROM_SERVER,
        () -> connection.server().socket().setServername("localhost"));
    assertCode(
        ErrorCode.ERR_TLS_INVALID_STATE,
        () -> connection.client().socket().setServername("localhost"));
  }

  // --- the identity of one connection

  @Rule("30.4")
  @EachVersion
  @Requires(Capability.ALPN)
  void callbackGivesOneConnectionAnotherCertificate(ProtocolVersion version) {
    TestIdentity challenge = Identities.server(KeyKind.RSA_2048);
    SecureContext other = tls().createSecureContext(identity(challenge));
    AlpnCallback.ForSocket callback =
        (socket, servername, protocols) -> {
          if (protocols.contains(ACME)) {
            socket.setKeyCert(other);
          }
          return Optional.of(protocols.get(0));
        };
    ServerCapture server = bench().listen(server(version).alpnCallback(callback).build());
    String own = shown(server, version, "http/1.1");
    String acme = shown(server, version, ACME);
    assertEquals(own, shown(server, version, "http/1.1"), "other connections keep theirs");
    assertFalse(own.equals(acme), "the certificate of setKeyCert is shown");
    assertEquals("RSA", challenge.x509().getPublicKey().getAlgorithm());
  }

  private String shown(ServerCapture server, ProtocolVersion version, String protocol) {
    Capture client = bench().connect(server.port(), client(version).alpnProtocols(protocol));
    client.awaitSecure();
    Capture theirs = server.next();
    String seen = client.socket().peerCertificate().orElseThrow().fingerprint256();
    assertEquals(Optional.of(protocol), client.socket().alpnProtocol());
    assertEquals(seen, theirs.socket().certificate().orElseThrow().fingerprint256());
    return seen;
  }

  private static SecureContextOptions identity(TestIdentity identity) {
    return SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build();
  }

  @Rule("30.5")
  @EachVersion
  void anotherCertificateIsRefusedWhereItCannotBeShown(ProtocolVersion version) {
    Connection connection = connection(version);
    TLSSocket server = connection.server().socket();
    SecureContext good = tls().createSecureContext(identity(Identities.server()));
    assertCode(ErrorCode.ERR_TLS_INVALID_STATE, () -> server.setKeyCert(good));
    assertCode(
        ErrorCode.ERR_TLS_INVALID_STATE, () -> connection.client().socket().setKeyCert(good));
    SecureContext empty = tls().createSecureContext(SecureContextOptions.builder().build());
    assertCode(ErrorCode.ERR_INVALID_ARG_VALUE, () -> server.setKeyCert(empty));
    Tls stranger = bench().tls(builder -> {});
    SecureContext foreign = stranger.createSecureContext(identity(Identities.server()));
    assertCode(ErrorCode.ERR_TLS_INVALID_CONTEXT, () -> server.setKeyCert(foreign));
  }

  // --- connections of a server

  @Rule("30.6")
  @EachVersion
  void connectionIsToldBeforeItsHandshake(ProtocolVersion version) {
    List<String> order = new CopyOnWriteArrayList<>();
    Server server = bench().server(server(version).build());
    server.onConnection(
        socket -> order.add("connection " + socket.secure() + " " + socket.remotePort()));
    server.onSecureConnection(
        socket -> order.add("secureConnection " + socket.secure() + " " + socket.remotePort()));
    Patience.await(server.listen(0, "127.0.0.1"), "the server");
    Capture client = bench().connect(server.address().orElseThrow().port(), client(version));
    client.awaitSecure();
    Patience.until(() -> order.size() == 2, () -> "two events, so far " + order);
    int port = client.socket().localPort();
    assertEquals(List.of("connection false " + port, "secureConnection true " + port), order);
  }

  @Rule("30.6")
  @EachVersion
  void connectionThatIsDestroyedAtOnceNeverBegins(ProtocolVersion version) {
    Server server = bench().server(server(version).build());
    ServerCapture events = ServerCapture.of(server, socket -> {});
    server.onConnection(TLSSocket::destroy);
    Patience.await(server.listen(0, "127.0.0.1"), "the server");
    Capture client = bench().connect(events.port(), client(version));
    client.awaitError();
    Patience.until(() -> server.connections() == 0, () -> "the connection to be gone");
    assertEquals(0, events.secureConnections());
  }

  @Rule("30.6")
  @EachVersion
  void listenerThatThrowsCostsItsConnection(ProtocolVersion version) {
    Server server = bench().server(server(version).build());
    ServerCapture events = ServerCapture.of(server, socket -> {});
    server.onConnection(
        socket -> {
          throw new IllegalStateException("made by the test");
        });
    Patience.await(server.listen(0, "127.0.0.1"), "the server");
    bench().connect(events.port(), client(version)).awaitError();
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, events.nextClientError().error().code());
    assertEquals(0, events.secureConnections());
  }

  @Rule("30.7")
  @EachVersion
  void streamIsServedAsIfItHadBeenAccepted(ProtocolVersion version) {
    Server server = bench().server(server(version).build());
    ServerCapture events = ServerCapture.of(server, Capture::collect);
    List<TLSSocket> connections = new CopyOnWriteArrayList<>();
    server.onConnection(connections::add);
    Capture client = inject(server, version);
    client.awaitSecure();
    Capture served = events.next();
    assertEquals(List.of(served.socket()), connections);
    assertEquals(1, server.connections());
    client.socket().write("over any stream");
    assertEquals("over any stream", served.awaitBytes(15).text());
    client.socket().end();
    client.awaitClose();
    Patience.until(() -> server.connections() == 0, () -> "the connection to be gone");
  }

  @Rule("30.7")
  @EachVersion
  void streamsCount(ProtocolVersion version) {
    Server server = bench().server(server(version).build());
    ServerCapture events = ServerCapture.of(server, socket -> {});
    server.maxConnections(1);
    inject(server, version).awaitSecure();
    events.next();
    SecurePair second = tls().createSecurePair(clientPair(version).build());
    assertFalse(server.connection(second.encrypted()), "one more than maxConnections");
    Patience.await(second.encrypted().closed(), "the end of a stream that is not taken");
    assertEquals(0, events.clientErrors());
  }

  @Rule("30.7")
  @Test
  void streamIsRefusedAfterTheEnd() {
    Server server = bench().server(ServerOptions.builder().build());
    server.close();
    SecurePair pair = tls().createSecurePair(clientPair(ProtocolVersion.TLS_1_2).build());
    assertCode(ErrorCode.ERR_SERVER_NOT_RUNNING, () -> server.connection(pair.encrypted()));
    pair.destroy();
  }

  /** A client whose bytes reach the server by no network. */
  private Capture inject(Server server, ProtocolVersion version) {
    SecurePair client = tls().createSecurePair(clientPair(version).build());
    Capture capture = Capture.of(client.cleartext());
    assertTrue(server.connection(client.encrypted()));
    return capture;
  }

  // --- traces

  @Rule("32.1")
  @EachVersion
  void traceTellsTheHandshakeAndNoSecret(ProtocolVersion version) {
    List<String> lines = new CopyOnWriteArrayList<>();
    List<String> theirs = new CopyOnWriteArrayList<>();
    Server server = bench().server(server(version).alpnProtocols("h2").build());
    ServerCapture events = ServerCapture.of(server, Capture::collect);
    server.onConnection(socket -> socket.enableTrace(theirs::add));
    Patience.await(server.listen(0, "127.0.0.1"), "the server");
    Capture client =
        bench()
            .connect(
                events.port(),
                client(version).alpnProtocols("a\n\u001b[2Jb", "h2").enableTrace(lines::add));
    client.awaitSecure();
    client.socket().write("nothing for a log");
    events.next().awaitBytes(17);
    for (List<String> told : List.of(lines, theirs)) {
      String all = String.join("\n", told);
      assertTrue(all.contains("ClientHello, "), all);
      assertTrue(all.contains("server name \"localhost\""), all);
      assertTrue(all.contains("protocols \"a\\u000a\\u001b[2Jb\" \"h2\""), all);
      assertTrue(all.contains("ServerHello, "), all);
      assertTrue(all.contains("application_data"), all);
      assertTrue(all.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f)), all);
      assertFalse(all.contains("nothing for a log"), all);
      assertTrue(
          all.contains("; suite " + client.socket().cipher().orElseThrow().standardName()), all);
    }
    assertTrue(lines.get(0).startsWith("sent handshake"), () -> lines.get(0));
    assertTrue(theirs.get(0).startsWith("received handshake"), () -> theirs.get(0));
  }

  @Rule("32.2")
  @EachVersion
  void traceThatFailsIsNotAskedAgainAndHarmsNobody(ProtocolVersion version) {
    List<String> told = new CopyOnWriteArrayList<>();
    ServerCapture server = bench().listen(server(version).build());
    Capture client =
        bench()
            .connect(
                server.port(),
                client(version)
                    .enableTrace(
                        line -> {
                          told.add(line);
                          throw new IllegalStateException("made by the test");
                        }));
    client.awaitSecure();
    assertEquals(1, told.size());
    assertCode(
        ErrorCode.ERR_TLS_INVALID_STATE, () -> client.socket().enableTrace(line -> told.add(line)));
  }

  // --- failures of the application

  @Rule("30.8")
  @EachVersion
  void workThatFailsDestroysItsSocket(ProtocolVersion version) {
    Connection connection = connection(version);
    CompletableFuture<Void> work = new CompletableFuture<>();
    connection.client().socket().captureRejections(work);
    work.completeExceptionally(new IllegalStateException("made by the test"));
    TlsException error = connection.client().awaitError();
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, error.code());
    connection.server().awaitClose();
  }

  @Rule("30.9")
  @EachVersion
  void evenAnErrorOfACallbackCostsItsConnectionAlone(ProtocolVersion version) {
    ServerOptions options =
        server(version)
            .sniCallback(
                name -> {
                  throw new AssertionError("made by the test");
                })
            .build();
    ServerCapture server = bench().listen(options);
    bench().connect(server.port(), client(version)).awaitError();
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, server.nextClientError().error().code());
    Capture nameless = bench().connect(server.port(), client(version).servername("127.0.0.1"));
    nameless.awaitSecure();
  }

  @Rule("30.9")
  @EachVersion
  void checkOfTheHostThatThrowsIsAnErrorOfTheClient(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    Capture client =
        bench()
            .connect(
                server.port(),
                client(version)
                    .checkServerIdentity(
                        (host, certificate) -> {
                          throw new IllegalStateException("made by the test");
                        }));
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, client.awaitError().code());
    client.awaitClose();
  }

  private static void assertCode(ErrorCode code, org.junit.jupiter.api.function.Executable call) {
    assertEquals(code, assertThrows(TlsException.class, call).code());
  }
}
