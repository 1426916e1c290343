package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AbortSignal;
import io.tlsport.Address;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ConnectTarget;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawListener;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.tck.fixture.Workbench.Connection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a client reaches its server, and what becomes of it when it does not. */
public abstract class ConnectingContract extends ProviderContract {
  private static final String HOST = "several-addresses.example.com";

  private static InetAddress address(String numeric) {
    try {
      return InetAddress.getByName(numeric);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ConnectOptions.Builder resolving(ProtocolVersion version, String... addresses) {
    List<InetAddress> found = List.of(addresses).stream().map(ConnectingContract::address).toList();
    return client(version)
        .host(HOST)
        .lookup(
            host ->
                HOST.equals(host)
                    ? CompletableFuture.completedStage(found)
                    : CompletableFuture.failedStage(new AssertionError("asked for " + host)));
  }

  // --- the race

  @Rule("31.1")
  @EachVersion
  void addressThatRefusesIsFollowedByTheNext(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    Capture client =
        bench().connect(resolving(version, "127.0.0.2", "127.0.0.1").port(server.port()).build());
    client.awaitSecure();
    assertEquals(
        Optional.of("127.0.0.1"),
        client.socket().remoteAddress(),
        "the one where somebody listens");
  }

  @Rule("31.1")
  @EachVersion
  void addressThatIsSilentIsNotWaitedFor(ProtocolVersion version) throws Exception {
    try (RawListener silent = RawListener.unreachable()) {
      Server server = bench().server(server(version).build());
      ServerCapture events = ServerCapture.of(server, socket -> {});
      // The same port elsewhere: one address of the host never answers.
      Patience.await(server.listen(silent.port(), "127.0.0.2"), "the server");
      long began = System.nanoTime();
      Capture client =
          bench()
              .connect(
                  resolving(version, "127.0.0.1", "127.0.0.2")
                      .port(silent.port())
                      .autoSelectFamilyAttemptTimeout(Duration.ofMillis(50))
                      .connectTimeout(Duration.ofSeconds(20))
                      .build());
      client.awaitSecure();
      assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(20));
      assertEquals(Optional.of("127.0.0.2"), client.socket().remoteAddress());
      events.next();
      client.socket().destroy();
    }
  }

  @Rule("31.2")
  @Test
  void withoutARaceEachAddressHasAllTheTime() throws Exception {
    ProtocolVersion version = ProtocolVersion.TLS_1_2;
    try (RawListener silent = RawListener.unreachable()) {
      Server server = bench().server(server(version).build());
      ServerCapture events = ServerCapture.of(server, socket -> {});
      Patience.await(server.listen(silent.port(), "127.0.0.2"), "the server");
      Capture client =
          bench()
              .connect(
                  resolving(version, "127.0.0.1", "127.0.0.2")
                      .port(silent.port())
                      .autoSelectFamily(false)
                      .connectTimeout(Duration.ofMillis(700))
                      .build());
      assertEquals(ErrorCode.ETIMEDOUT, client.awaitError().code());
      assertEquals(0, events.secureConnections());
    }
  }

  @Rule("31.2")
  @Test
  void familyLeavesAddressesOut() {
    ServerCapture server = bench().listen(server(ProtocolVersion.TLS_1_2).build());
    Capture client =
        bench()
            .connect(
                resolving(ProtocolVersion.TLS_1_2, "::1", "127.0.0.1")
                    .port(server.port())
                    .family(4)
                    .build());
    client.awaitSecure();
    Capture none =
        bench()
            .connect(
                resolving(ProtocolVersion.TLS_1_2, "127.0.0.1")
                    .port(server.port())
                    .family(6)
                    .build());
    assertEquals(ErrorCode.ENOTFOUND, none.awaitError().code());
  }

  @Rule("31.3")
  @Test
  void lookupThatFailsIsTheErrorOfTheConnection() {
    assertEquals(
        ErrorCode.ENOTFOUND,
        failing(CompletableFuture.failedFuture(new UnknownHostException("made by the test"))));
    assertEquals(
        ErrorCode.ERR_TLS_CALLBACK,
        failing(CompletableFuture.failedFuture(new IllegalStateException("made by the test"))));
    assertEquals(ErrorCode.ENOTFOUND, failing(CompletableFuture.completedFuture(List.of())));
  }

  private ErrorCode failing(CompletableFuture<List<InetAddress>> answer) {
    Capture client = bench().connect(client().host(HOST).port(443).lookup(host -> answer).build());
    TlsException error = client.awaitError();
    client.awaitClose();
    return error.code();
  }

  @Rule("31.3")
  @EachVersion
  void addressIsNotLookedUp(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    bench()
        .connect(
            client(version)
                .host("127.0.0.1")
                .port(server.port())
                .lookup(host -> CompletableFuture.failedStage(new AssertionError(host)))
                .build())
        .awaitSecure();
  }

  // --- what failed

  @Rule("31.4")
  @Test
  void errorTellsWhatWasToBeReached() {
    int port = RawListener.closedPort();
    Capture client =
        bench()
            .connect(
                resolving(ProtocolVersion.TLS_1_2, "127.0.0.1", "127.0.0.2")
                    .port(port)
                    .localAddress("127.0.0.1")
                    .build());
    TransportException error = (TransportException) client.awaitError();
    ConnectTarget target = error.target().orElseThrow();
    assertEquals(ErrorCode.ECONNREFUSED, error.code());
    assertEquals(Optional.of(HOST), target.host());
    assertEquals(OptionalInt.of(port), target.port());
    assertEquals(Optional.empty(), target.path());
    assertEquals(Optional.of("127.0.0.1"), target.localAddress());
    assertEquals(1, error.getSuppressed().length, "the address that failed before");
  }

  @Rule("31.4")
  @Test
  void peerThatHangsUpIsToldTheSameWay() throws Exception {
    try (RawListener silent = RawListener.silent()) {
      Capture client = bench().connect(silent.port(), client());
      silent.hangUp();
      TransportException error = (TransportException) client.awaitError();
      assertEquals(ErrorCode.ECONNRESET, error.code());
      assertEquals(
          OptionalInt.of(silent.port()), error.target().orElseThrow().port(), error::getMessage);
    }
  }

  // --- signals

  @Rule("31.5")
  @EachVersion
  void signalEndsAConnectionWhateverItHasComeTo(ProtocolVersion version) throws Exception {
    AbortSignal signal = new AbortSignal();
    ServerCapture server = bench().listen(server(version).build());
    Capture secure = bench().connect(server.port(), client(version).signal(signal));
    secure.awaitSecure();
    try (RawListener silent = RawListener.silent()) {
      Capture waiting = bench().connect(silent.port(), client(version).signal(signal));
      Capture looking =
          bench()
              .connect(
                  client(version)
                      .host(HOST)
                      .port(443)
                      .lookup(host -> new CompletableFuture<>())
                      .signal(signal)
                      .build());
      signal.abort();
      Capture late = bench().connect(server.port(), client(version).signal(signal));
      for (Capture client : List.of(secure, waiting, looking, late)) {
        assertEquals(ErrorCode.ABORT_ERR, client.awaitError().code());
        client.awaitClose();
        assertEquals(1, client.errors().size());
      }
    }
  }

  @Rule("31.5")
  @EachVersion
  void signalClosesAServer(ProtocolVersion version) {
    AbortSignal signal = new AbortSignal();
    Server server = bench().server(server(version).build());
    Address bound = Patience.await(server.listen(0, "127.0.0.1", signal), "the server");
    assertTrue(bound.port() > 0);
    signal.abort();
    Patience.await(server.closed(), "the end of the server");
    assertFalse(server.listening());
  }

  // --- the rest

  @Rule("31.6")
  @EachVersion
  void socketOptionsChangeNothingElse(ProtocolVersion version) {
    int from = RawListener.closedPort();
    Signal timedOut = new Signal();
    ServerCapture server =
        bench().listen(server(version).noDelay(false).keepAlive(Duration.ofSeconds(60)).build());
    Capture client =
        bench()
            .connect(
                server.port(),
                client(version)
                    .noDelay(false)
                    .keepAlive(Duration.ofSeconds(60))
                    .localAddress("127.0.0.1")
                    .localPort(from)
                    .timeout(Duration.ofMillis(200)));
    client.socket().onTimeout(timedOut::fire);
    client.awaitSecure();
    assertEquals(from, client.socket().localPort());
    assertEquals(from, server.next().socket().remotePort());
    timedOut.await("timeout");
  }

  @Rule("31.6")
  @EachVersion
  void tcpIsTunedAtAnyTime(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    Capture client = bench().connect(server.port(), client(version));
    for (Capture side : List.of(client, client, server.next().collect())) {
      side.socket().setNoDelay(false).setKeepAlive(Duration.ofSeconds(60));
      side.socket().setKeepAlive(false).setNoDelay(true).setKeepAlive(true);
      client.awaitSecure();
    }
    client.socket().write("untroubled");
    client.socket().end();
    client.awaitClose();
    client.socket().setNoDelay(false).setKeepAlive(true);
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> client.socket().setKeepAlive(Duration.ofMillis(1)));
    assertEquals(ErrorCode.ERR_OUT_OF_RANGE, refused.code());
    assertEquals(List.of(), client.errors());
  }

  @Rule("31.7")
  @EachVersion
  @Requires(Capability.ALPN)
  void peerWithoutAlpnSpeaksTheFallback(ProtocolVersion version) {
    Connection old =
        bench()
            .connection(
                server(version).build(),
                client(version).alpnProtocols("h2", "http/1.1").fallbackProtocol("http/1.1"));
    assertEquals(Optional.of("http/1.1"), old.client().socket().alpnProtocol());
    assertEquals(Optional.empty(), old.server().socket().alpnProtocol());
    Connection fallen =
        bench()
            .connection(
                server(version).alpnProtocols("h2").fallbackProtocol("http/1.0").build(),
                client(version));
    assertEquals(Optional.of("http/1.0"), fallen.server().socket().alpnProtocol());
    Connection both =
        bench()
            .connection(
                server(version).alpnProtocols("h2").fallbackProtocol("http/1.0").build(),
                client(version).alpnProtocols("h2").fallbackProtocol("http/1.1"));
    assertEquals(Optional.of("h2"), both.server().socket().alpnProtocol());
    assertEquals(Optional.of("h2"), both.client().socket().alpnProtocol());
  }

  @Rule("31.7")
  @EachVersion
  @Requires(Capability.ALPN)
  void fallbackIsNoWayAroundARefusal(ProtocolVersion version) {
    ServerCapture server =
        bench().listen(server(version).alpnProtocols("h2").fallbackProtocol("http/1.0").build());
    Capture client = bench().connect(server.port(), client(version).alpnProtocols("other"));
    assertEquals(ErrorCode.ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL, client.awaitError().code());
    ConfigurationException alone =
        assertThrows(
            ConfigurationException.class,
            () -> tls().connect(client(version).fallbackProtocol("http/1.1").build()));
    if (alone instanceof UnsupportedFeatureException) {
      throw alone;
    }
    assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, alone.code());
  }

  @Rule("31.8")
  @EachVersion
  void highWaterMarkIsWhereWritingShouldPause(ProtocolVersion version) {
    Capture waiting =
        Capture.of(
            tls().createSecurePair(clientPair(version).highWaterMark(1000).build()).cleartext());
    waiting.socket().write(new byte[999]);
    assertTrue(waiting.socket().writable());
    waiting.socket().write(new byte[1]);
    assertFalse(waiting.socket().writable());
    waiting.socket().destroy();
  }
}
