package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ClientSessionCache;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.SessionStatistics;
import io.tlsport.SocketOptions;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.MemoryStore;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.util.List;
import java.util.Optional;

/** What is counted of sessions. */
public abstract class SessionStatisticsContract extends SessionSteps {
  private static void assertHandshakes(long full, long resumed, SessionStatistics counted) {
    assertEquals(full, counted.full(), () -> "full: " + counted);
    assertEquals(resumed, counted.resumed(), () -> "resumed: " + counted);
    assertEquals(full + resumed, counted.handshakes());
  }

  @Rule("18.43")
  @EachVersion
  void everyConnectionThatBecomesSecureIsCounted(ProtocolVersion version) {
    ServerCapture server = listen(version);
    assertHandshakes(0, 0, server.server().sessionStatistics());
    assertFalse(resumes(server, client(version)));
    assertFalse(resumes(server, client(version)));
    assertHandshakes(2, 0, server.server().sessionStatistics());
  }

  @Rule("18.43")
  @EachVersion
  void connectionThatFailsIsNotCounted(ProtocolVersion version) {
    ServerCapture server = listen(version);
    AuthorizationError refused =
        new AuthorizationError(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, "not the one I want", 0);
    bench()
        .connect(
            server.port(),
            client(version).checkServerIdentity((host, certificate) -> Optional.of(refused)));
    server.nextClientError();
    assertHandshakes(0, 0, server.server().sessionStatistics());
  }

  @Rule("18.43")
  @EachVersion
  void socketThatUsesTheHooksOfAServerIsNotCounted(ProtocolVersion version) {
    ServerCapture server = listen(version);
    Joined joined =
        bench()
            .pairs(
                clientPair(version).build(),
                SocketOptions.builder().isServer(true).server(server.server()).build());
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    assertHandshakes(0, 0, server.server().sessionStatistics());
  }

  @Rule("18.43")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void bothSidesCountWhatIsFullAndWhatIsResumed(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = tls().createClientSessionCache();
    assertFalse(resumes(server, client(version).sessionCache(cache)));
    assertTrue(resumes(server, client(version).sessionCache(cache)));
    assertTrue(resumes(server, client(version).sessionCache(cache)));
    assertFalse(resumes(server, client(version)));
    assertHandshakes(2, 2, server.server().sessionStatistics());
    SessionStatistics ofClients = cache.statistics();
    assertHandshakes(1, 2, ofClients);
    assertEquals(3, ofClients.asked());
    assertEquals(2, ofClients.found());
    assertEquals(1, ofClients.missed());
    assertEquals(0, ofClients.failed());
    assertTrue(ofClients.created() >= cache.size() && ofClients.created() > 0);
  }

  @Rule("18.43")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void refusedSessionIsAFullHandshake(ProtocolVersion version) {
    ask(version);
    ServerCapture one = listen(version);
    ServerCapture two = listen(version, c -> c.sessionIdContext("two"));
    ClientSessionCache cache = tls().createClientSessionCache();
    ConnectOptions.Builder resuming = client(version).session(made(one, client(version)));
    assertFalse(resumes(two, resuming.sessionCache(cache)));
    assertHandshakes(1, 0, two.server().sessionStatistics());
    assertHandshakes(1, 0, cache.statistics());
    assertEquals(0, cache.statistics().asked(), "a session that is given wins");
  }

  @Rule("18.44")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void storeIsCounted(ProtocolVersion version) {
    MemoryStore store = new MemoryStore();
    ServerCapture server = bench().listen(server(version).sessionStore(store).build());
    List<Session> sessions = made(4, server, version);
    SessionStatistics counted = server.server().sessionStatistics();
    assertHandshakes(4, 0, counted);
    assertEquals(store.size(), counted.created());
    assertEquals(0, counted.asked());
    assertTrue(resumes(server, client(version).session(sessions.get(0))));
    assertStore(1, 1, 0, 0, server);
    store.garble();
    assertFalse(resumes(server, client(version).session(sessions.get(1))));
    assertStore(2, 2, 0, 0, server);
    store.clear();
    assertFalse(resumes(server, client(version).session(sessions.get(2))));
    assertStore(3, 2, 1, 0, server);
    store.resumeSessionFails(new IllegalStateException("away"));
    bench().connect(server.port(), client(version).session(sessions.get(3)));
    server.nextClientError();
    assertStore(4, 2, 1, 1, server);
    assertHandshakes(6, 1, server.server().sessionStatistics());
  }

  private static void assertStore(
      long asked, long found, long missed, long failed, ServerCapture server) {
    SessionStatistics counted = server.server().sessionStatistics();
    assertEquals(
        List.of(asked, found, missed, failed),
        List.of(counted.asked(), counted.found(), counted.missed(), counted.failed()),
        counted::toString);
  }
}
