package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ClientSessionCache;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client's connections resume each other's sessions where the application wants that. */
public abstract class SessionCacheContract extends ProviderContract {
  // --- steps

  private ServerCapture listen(ProtocolVersion version) {
    return bench().listen(server(version).build());
  }

  private ConnectOptions.Builder client(ProtocolVersion version, ClientSessionCache cache) {
    return client(version).sessionCache(cache);
  }

  /** Visits a server, which speaks first: some send their tickets with their first data only. */
  private TLSSocket visit(ServerCapture server, ConnectOptions.Builder client) {
    return visit(server, bench().connect(server.port(), client));
  }

  private static TLSSocket visit(ServerCapture server, Capture ours) {
    ours.awaitSecure();
    Capture theirs = server.next();
    theirs.awaitSecure();
    theirs.socket().write("!");
    ours.collect().awaitBytes(1);
    ours.socket().write("?");
    theirs.collect().awaitBytes(1);
    assertEquals(theirs.socket().sessionReused(), ours.socket().sessionReused());
    return ours.socket();
  }

  private boolean resumes(ServerCapture server, ConnectOptions.Builder client) {
    return visit(server, client).sessionReused();
  }

  /** A cache that has a session for that server. */
  private ClientSessionCache filled(ServerCapture server, ProtocolVersion version) {
    ClientSessionCache cache = tls().createClientSessionCache();
    assertFalse(resumes(server, client(version, cache)));
    assertTrue(cache.size() > 0);
    return cache;
  }

  // --- what is resumed

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void connectionResumesWhatTheOneBeforeItMade(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    for (int again = 0; again < 3; again++) {
      assertTrue(resumes(server, client(version, cache)), "time " + again);
    }
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void connectionWithoutTheCacheResumesNothing(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    int size = cache.size();
    assertFalse(resumes(server, client(version)));
    assertEquals(size, cache.size());
    assertFalse(resumes(server, client(version, tls().createClientSessionCache())));
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void clearedCacheHasNothing(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    cache.clear();
    assertEquals(0, cache.size());
    assertFalse(resumes(server, client(version, cache)));
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsGoodForNoOtherServername(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    ConnectOptions.Builder elsewhere =
        client(version, cache)
            .servername("elsewhere.example")
            .checkServerIdentity((host, certificate) -> Optional.empty());
    assertFalse(resumes(server, elsewhere));
    assertTrue(resumes(server, client(version, cache)));
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsGoodForNoOtherTrust(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    ConnectOptions.Builder trusting =
        client(version, cache).context(c -> c.ca(Identities.stranger().certificate()));
    assertFalse(resumes(server, trusting));
    assertTrue(resumes(server, client(version, cache)));
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsGoodForNoOtherIdentity(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    ConnectOptions.Builder somebody =
        client(version, cache)
            .context(c -> c.key(Identities.client().key()).cert(Identities.client().chain()));
    assertFalse(resumes(server, somebody));
    assertTrue(resumes(server, client(version, cache)));
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsGoodForNoOtherProtocols(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    assertFalse(resumes(server, client(version, cache).alpnProtocols("h2")));
    assertTrue(resumes(server, client(version, cache)));
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsGoodForNoOtherHost(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    ConnectOptions byName = client(version, cache).host("localhost").port(server.port()).build();
    assertFalse(visit(server, bench().connect(byName)).sessionReused());
    assertTrue(visit(server, bench().connect(byName)).sessionReused());
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionIsGoodForNoOtherPort(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ServerCapture other = listen(version);
    ClientSessionCache cache = filled(server, version);
    int size = cache.size();
    assertFalse(resumes(other, client(version, cache)));
    assertTrue(cache.size() > size);
    assertTrue(resumes(server, client(version, cache)));
  }

  @Rule("18.40")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionThatIsGivenWins(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    Session ofNobody =
        visit(
                server,
                client(version)
                    .servername("elsewhere.example")
                    .checkServerIdentity((host, certificate) -> Optional.empty()))
            .session()
            .orElseThrow();
    assertFalse(resumes(server, client(version, cache).session(ofNobody)));
    assertTrue(resumes(server, client(version, cache)));
  }

  // --- what becomes of a session

  @Rule("18.41")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionOfTls13IsOfferedOnce(ProtocolVersion version) {
    ClientSessionCache cache = tls().createClientSessionCache();
    List<Integer> onHello = new CopyOnWriteArrayList<>();
    ServerCapture server =
        bench()
            .listen(
                server(version)
                    .sniCallback(
                        name -> {
                          onHello.add(cache.size());
                          return CompletableFuture.completedFuture(Optional.empty());
                        })
                    .build());
    visit(server, client(version, cache));
    int size = cache.size();
    assertTrue(size > 0);
    visit(server, client(version, cache));
    int left = version == ProtocolVersion.TLS_1_3 ? size - 1 : size;
    assertEquals(List.of(0, left), onHello);
  }

  @Rule("18.41")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void sessionWhoseConnectionFailsIsDropped(ProtocolVersion version) {
    ServerCapture server = listen(version);
    ClientSessionCache cache = filled(server, version);
    int size = cache.size();
    AuthorizationError changed =
        new AuthorizationError(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, "changed my mind", 0);
    Capture refusing =
        bench()
            .connect(
                server.port(),
                client(version, cache)
                    .checkServerIdentity((host, certificate) -> Optional.of(changed)));
    assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, refusing.awaitError().code());
    assertEquals(size - 1, cache.size());
  }

  // --- what is refused

  @Rule("18.42")
  @Requires(Capability.SESSION_RESUMPTION)
  @EachVersion
  void cacheOfAnotherRuntimeIsRefused(ProtocolVersion version) {
    Tls other = bench().tls(builder -> {});
    ClientSessionCache cache = other.createClientSessionCache();
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> bench().connect(listen(version).port(), client(version, cache)));
    if (refused instanceof UnsupportedFeatureException) {
      throw refused;
    }
    assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
  }
}
