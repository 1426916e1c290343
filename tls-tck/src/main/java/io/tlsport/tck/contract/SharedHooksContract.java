package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.MemoryStore;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Joined;
import io.tlsport.testpki.TestIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The option {@code server}: sockets over other transports that are answered by its hooks. */
public abstract class SharedHooksContract extends ProviderContract {
  private static SocketOptions.Builder of(Server server) {
    return SocketOptions.builder().isServer(true).server(server);
  }

  /** Joins a client with a socket of that server; both are secure. */
  private Joined secure(SocketOptions.Builder client, SocketOptions.Builder server) {
    Joined joined = bench().pairs(client.build(), server.build());
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    return joined;
  }

  private static String shownTo(Joined joined) {
    return joined.client().socket().peerCertificate().orElseThrow().fingerprint256();
  }

  private static SecureContextOptions contextOf(TestIdentity identity) {
    return SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build();
  }

  private static String fingerprint(Joined joined) {
    return joined.server().socket().certificate().orElseThrow().fingerprint256();
  }

  @Rule("26.1")
  @EachVersion
  void contextIsTheServersAsItIsThen(ProtocolVersion version) {
    Server server = bench().server(server(version).build());
    Joined before = secure(clientPair(version), of(server));
    assertEquals(fingerprint(before), shownTo(before));
    server.setSecureContext(
        contextOf(Identities.server("localhost")).toBuilder()
            .minVersion(version)
            .maxVersion(version)
            .build());
    Joined after = secure(clientPair(version), of(server));
    assertEquals(Optional.of(version), after.client().socket().protocol());
    assertFalse(shownTo(before).equals(shownTo(after)), "the new certificate is shown");
  }

  @Rule("26.1")
  @EachVersion
  void contextsThatWereAddedAreUsed(ProtocolVersion version) {
    Server server = bench().server(server(version).build());
    server.addContext("other.example", contextOf(Identities.server("other.example")));
    Joined joined = secure(clientPair(version).servername("other.example"), of(server));
    assertTrue(joined.client().socket().authorized());
    assertEquals(Optional.of("other.example"), joined.server().socket().servername());
  }

  @Rule("26.1")
  @EachVersion
  void callbackForNamesIsAsked(ProtocolVersion version) {
    List<String> asked = new CopyOnWriteArrayList<>();
    var added = tls().createSecureContext(contextOf(Identities.server("other.example")));
    Server server =
        bench()
            .server(
                server(version)
                    .sniCallback(
                        name -> {
                          asked.add(name);
                          return CompletableFuture.completedFuture(Optional.of(added));
                        })
                    .build());
    Joined joined = secure(clientPair(version).servername("other.example"), of(server));
    assertTrue(joined.client().socket().authorized());
    assertEquals(List.of("other.example"), asked);
  }

  @Rule("26.1")
  @Requires(Capability.ALPN)
  @EachVersion
  void protocolsAreTheServers(ProtocolVersion version) {
    Server list = bench().server(server(version).alpnProtocols("two").build());
    Joined joined = secure(clientPair(version).alpnProtocols("one", "two"), of(list));
    assertEquals(Optional.of("two"), joined.server().socket().alpnProtocol());
    Server callback =
        bench().server(server(version).alpnCallback((name, offered) -> Optional.of("one")).build());
    Joined called = secure(clientPair(version).alpnProtocols("two", "one"), of(callback));
    assertEquals(Optional.of("one"), called.client().socket().alpnProtocol());
  }

  @Rule("26.1")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void storeHoldsTheSessions(ProtocolVersion version) {
    MemoryStore store = new MemoryStore();
    Server server = bench().server(server(version).sessionStore(store).build());
    CompletableFuture<Session> told = new CompletableFuture<>();
    Joined first = bench().pairs(clientPair(version).build(), of(server).build());
    first.client().socket().onSession(told::complete);
    first.join();
    first.client().awaitSecure();
    Session session = Patience.await(told, "a session");
    assertTrue(store.size() >= 1, "newSession was asked");
    Joined second = secure(clientPair(version).session(session), of(server));
    assertTrue(second.server().socket().sessionReused(), "resumeSession was asked");
  }

  @Rule("26.1")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void statusIsAskedFor(ProtocolVersion version) {
    byte[] status = Identities.good().der();
    Server server =
        bench()
            .server(
                server(version)
                    .context(c -> c.ca(Identities.ca()))
                    .ocspResponder(
                        (certificate, issuer) ->
                            CompletableFuture.completedFuture(Optional.of(status)))
                    .build());
    CompletableFuture<Optional<byte[]>> stapled = new CompletableFuture<>();
    Joined joined =
        bench().pairs(clientPair(version).requestOcsp(true).build(), of(server).build());
    joined.client().socket().onOcspResponse(stapled::complete);
    joined.join();
    assertArrayEquals(status, Patience.await(stapled, "OCSPResponse").orElseThrow());
    joined.client().awaitSecure();
  }

  @Rule("26.2")
  @EachVersion
  void ownOptionsWin(ProtocolVersion version) {
    List<String> asked = new CopyOnWriteArrayList<>();
    Server server =
        bench()
            .server(
                server(version)
                    .alpnProtocols("of the server")
                    .sniCallback(
                        name -> {
                          asked.add(name);
                          return CompletableFuture.completedFuture(Optional.empty());
                        })
                    .build());
    TestIdentity own = Identities.server("localhost");
    Joined joined =
        secure(
            clientPair(version).alpnProtocols("own", "of the server"),
            of(server)
                .context(c -> c.key(own.key()).cert(own.chain()))
                .alpnProtocols("own")
                .sniCallback(name -> CompletableFuture.completedFuture(Optional.empty())));
    assertEquals(Optional.of("own"), joined.client().socket().alpnProtocol());
    assertArrayEquals(own.der(), joined.client().socket().peerCertificate().orElseThrow().raw());
    assertEquals(List.of(), asked, "the server's callback");
  }

  @Rule("26.2")
  @Requires(Capability.CLIENT_CERTIFICATES)
  @EachVersion
  void whatClientsAreAskedForIsItsOwn(ProtocolVersion version) {
    Server strict =
        bench()
            .server(
                server(version)
                    .context(c -> c.ca(Identities.ca()))
                    .requestCert(true)
                    .rejectUnauthorized(true)
                    .build());
    Joined lenient = secure(clientPair(version), of(strict));
    assertFalse(lenient.server().socket().authorized());
    assertEquals(Optional.empty(), lenient.server().socket().authorizationError());
    TestIdentity identity = Identities.client();
    Joined asking =
        secure(
            clientPair(version).context(c -> c.key(identity.key()).cert(identity.chain())),
            of(strict).requestCert(true).rejectUnauthorized(true));
    assertTrue(asking.server().socket().authorized());
  }

  @Rule("26.3")
  @EachVersion
  void serverLeavesTheSocketAlone(ProtocolVersion version) {
    ServerOptions options = server(version).build();
    ServerCapture server = bench().listen(options);
    Joined joined = secure(clientPair(version), of(server.server()));
    assertEquals(0, server.server().connections());
    assertEquals(0, server.secureConnections());
    server.server().close();
    server.awaitClose();
    joined.client().socket().write("still here");
    assertEquals("still here", joined.server().collect().awaitBytes(10).text());
  }

  @Rule("26.3")
  @EachVersion
  void failureIsToldByTheSocket(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    ProtocolVersion other =
        version == ProtocolVersion.TLS_1_2 ? ProtocolVersion.TLS_1_3 : ProtocolVersion.TLS_1_2;
    Joined joined = bench().pairs(clientPair(other).build(), of(server.server()).build());
    joined.join();
    assertEquals(ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL, joined.server().awaitError().code());
    assertEquals(0, server.clientErrors());
    joined.client().awaitClose();
  }

  @Rule("26.4")
  @Test
  void serverOfAnotherRuntimeIsRefused() {
    Tls other = bench().tls(builder -> {});
    Server foreign = other.createServer(server(Identities.server()).build());
    assertRefused(() -> tls().createSecurePair(of(foreign).build()));
  }

  @Rule("26.4")
  @Test
  void serverOnAClientIsRefused() {
    Server server = bench().server(server(Identities.server()).build());
    SocketOptions client = SocketOptions.builder().server(server).build();
    assertRefused(() -> tls().createSecurePair(client));
    TLSSocket transport =
        tls().createSecurePair(clientPair(ProtocolVersion.TLS_1_3).build()).cleartext();
    assertRefused(() -> tls().tlsSocket(transport, client));
  }

  private static void assertRefused(org.junit.jupiter.api.function.Executable call) {
    assertEquals(
        ErrorCode.ERR_INVALID_ARG_VALUE, assertThrows(ConfigurationException.class, call).code());
  }
}
