package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.PlainHttp;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TlsException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawPeer;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.testpki.TestIdentity;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Listening, counting, closing, and peers that do not speak TLS. */
public abstract class ServerContract extends ProviderContract {
  @Rule("10.1")
  @Test
  void listenGivesTheBoundAddress() {
    Server server = server();
    Signal listening = new Signal();
    server.onListening(listening::fire);
    assertFalse(server.listening());
    assertEquals(Optional.empty(), server.address());
    Address bound = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
    assertEquals("127.0.0.1", bound.address());
    assertEquals("IPv4", bound.family());
    assertTrue(bound.port() > 0);
    assertEquals(Optional.of(bound), server.address());
    assertTrue(server.listening());
    listening.await("listening");
  }

  @Rule("10.1")
  @Test
  void hostThatIsOmittedMeansEveryIpv4Address() {
    Address bound = Patience.await(server().listen(0), "the server to be bound");
    assertEquals("0.0.0.0", bound.address());
    assertEquals("IPv4", bound.family());
  }

  @Rule("10.2")
  @Test
  void secondListenIsRefused() {
    ServerCapture server = listen();
    assertRefused(ErrorCode.ERR_SERVER_ALREADY_LISTEN, () -> server.server().listen(0));
  }

  @Rule("10.2")
  @Test
  void listenAfterCloseIsRefused() {
    ServerCapture server = listen();
    server.server().close();
    server.awaitClose();
    assertRefused(ErrorCode.ERR_SERVER_NOT_RUNNING, () -> server.server().listen(0));
  }

  @Rule("10.2")
  @Test
  void portOutOfRangeIsRefused() {
    Server server = server();
    assertRefused(ErrorCode.ERR_OUT_OF_RANGE, () -> server.listen(-1));
    assertRefused(ErrorCode.ERR_OUT_OF_RANGE, () -> server.listen(65536));
    Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound after all");
  }

  private static void assertRefused(
      ErrorCode code, org.junit.jupiter.api.function.Executable call) {
    assertEquals(code, assertThrows(ConfigurationException.class, call).code());
  }

  @Rule("10.3")
  @Test
  void portInUseIsAnErrorAndAnotherOneCanBeTried() {
    int taken = listen().port();
    ServerCapture second = ServerCapture.of(server(), socket -> {});
    TlsException failed =
        Patience.awaitFailure(second.server().listen(taken, "127.0.0.1"), "listen on " + taken);
    assertEquals(ErrorCode.EADDRINUSE, failed.code());
    assertEquals(ErrorCode.EADDRINUSE, second.nextError().code());
    assertFalse(second.server().listening());
    Patience.await(second.server().listen(0, "127.0.0.1"), "the server to be bound after all");
  }

  @Rule("10.4")
  @EachVersion
  void closeLetsConnectionsGoOn(ProtocolVersion version) {
    Connection connection =
        bench()
            .connection(
                server(version).build(),
                client(version),
                server -> server.socket().pipeTo(server.socket()));
    Server server = connection.listener().server();
    int port = connection.listener().port();
    server.close();
    Patience.until(() -> !server.listening(), () -> "the server to stop listening");
    assertEquals(Optional.empty(), server.address());
    connection.client().collect().socket().write("still here");
    assertEquals("still here", connection.client().awaitBytes(10).text());
    assertEquals(0, connection.listener().closes());
    assertEquals(
        ErrorCode.ECONNREFUSED, bench().connect(port, client(version)).awaitError().code());
    connection.client().socket().destroy();
    connection.listener().awaitClose();
    Patience.await(server.closed(), "closed()");
    server.close();
    assertEquals(1, connection.listener().closes());
  }

  @Rule("10.4")
  @Test
  void serverThatNeverListenedCanBeClosed() {
    ServerCapture server = ServerCapture.of(server(), socket -> {});
    server.server().close();
    server.awaitClose();
  }

  @Rule("10.5")
  @Test
  void connectionsAreCountedFromTheAcceptOn() {
    ServerCapture server = listen();
    assertEquals(0, server.server().connections());
    RawPeer silent = bench().keep(RawPeer.connect(server.port()));
    Patience.until(() -> server.server().connections() == 1, () -> "the silent one to count");
    Capture client = bench().connect(server.port(), client());
    client.awaitSecure();
    server.next();
    assertEquals(2, server.server().connections());
    silent.reset();
    Patience.until(() -> server.server().connections() == 1, () -> "the silent one to be gone");
    client.socket().destroy();
    Patience.until(() -> server.server().connections() == 0, () -> "both to be gone");
  }

  @Rule("10.6")
  @Test
  void connectionsOverTheLimitAreDropped() {
    ServerCapture server = listen();
    assertEquals(OptionalInt.empty(), server.server().maxConnections());
    server.server().maxConnections(1);
    assertEquals(OptionalInt.of(1), server.server().maxConnections());
    Capture first = bench().connect(server.port(), client());
    first.awaitSecure();
    server.next();
    Capture second = bench().connect(server.port(), client());
    assertEquals("127.0.0.1", server.nextDrop().address());
    second.awaitError();
    second.awaitClose();
    assertEquals(0, server.clientErrors());
    first.socket().destroy();
    Patience.until(() -> server.server().connections() == 0, () -> "the first to be gone");
    bench().connect(server.port(), client()).awaitSecure();
  }

  @Rule("10.6")
  @Test
  void negativeLimitIsRefused() {
    Server server = server();
    assertRefused(ErrorCode.ERR_OUT_OF_RANGE, () -> server.maxConnections(-1));
  }

  @Rule("10.7")
  @Test
  void plainHttpIsOneClientErrorAndTheServerGoesOn() {
    assertNoTls(
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        Set.of(ErrorCode.ERR_SSL_HTTP_REQUEST, ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER));
  }

  @Rule("10.7")
  @Test
  void anotherProtocolIsOneClientErrorAndTheServerGoesOn() {
    assertNoTls("SSH-2.0-OpenSSH_9.9\r\n", Set.of(ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER));
  }

  private void assertNoTls(String text, Set<ErrorCode> codes) {
    ServerCapture server = listen();
    RawPeer peer = bench().keep(RawPeer.connect(server.port()));
    peer.send(text);
    ErrorCode code = server.nextClientError().error().code();
    assertTrue(codes.contains(code), code::toString);
    byte[] answer = peer.readAll();
    assertTrue(answer.length <= 7, "the server has answered with more than an alert");
    bench().connect(server.port(), client()).awaitSecure();
    assertEquals(1, server.clientErrors());
  }

  @Rule("10.8")
  @Test
  void peerThatEndsInTheHandshakeHasHungUp() {
    ServerCapture server = listen();
    RawPeer peer = bench().keep(RawPeer.connect(server.port()));
    peer.send(new byte[] {22, 3, 1, 1, 0, 1});
    peer.end();
    assertHungUp(server);
    peer.readAll();
  }

  @Rule("10.8")
  @Test
  void peerThatResetsInTheHandshakeHasHungUp() {
    ServerCapture server = listen();
    RawPeer peer = RawPeer.connect(server.port());
    Patience.until(() -> server.server().connections() == 1, () -> "the peer to be accepted");
    peer.reset();
    assertHungUp(server);
  }

  private static void assertHungUp(ServerCapture server) {
    TlsException error = server.nextClientError().error();
    assertEquals(ErrorCode.ECONNRESET, error.code());
    assertTrue(String.valueOf(error.getMessage()).contains("socket hang up"), error::toString);
    Patience.until(() -> server.server().connections() == 0, () -> "the peer to be gone");
    assertEquals(1, server.clientErrors());
  }

  @Rule("10.9")
  @EachVersion
  void newCertificateIsShownToNewConnections(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    TestIdentity other = Identities.root().leaf(Identities.localhost().dns("renewed.example"));
    server
        .server()
        .setSecureContext(
            SecureContextOptions.builder().key(other.key()).cert(other.chain()).build());
    Capture client = bench().connect(server.port(), client().context(c -> c.minVersion(version)));
    client.awaitSecure();
    assertEquals(
        Optional.of(
            "DNS:localhost, DNS:renewed.example, IP Address:127.0.0.1,"
                + " IP Address:0:0:0:0:0:0:0:1"),
        client.socket().peerCertificate().orElseThrow().subjectaltname());
  }

  @Rule("10.9")
  @Test
  void certificateThatCannotBeReadLeavesTheOldOneInForce() {
    ServerCapture server = listen();
    SecureContextOptions broken =
        SecureContextOptions.builder()
            .key(Pem.of("nothing"))
            .cert(Identities.server().chain())
            .build();
    assertThrows(ConfigurationException.class, () -> server.server().setSecureContext(broken));
    bench().connect(server.port(), client()).awaitSecure();
  }

  @Rule("10.14")
  @Test
  void plainHttpIsAnsweredAsTheServerSays() throws java.io.IOException {
    String request = "GET /a?b HTTP/1.1\r\nHost: localhost:8443\r\n\r\n";
    assertEquals("", answer(PlainHttp.CLOSE, request));
    assertTrue(answer(PlainHttp.BAD_REQUEST, request).startsWith("HTTP/1.1 400 Bad Request\r\n"));
    String moved = answer(PlainHttp.REDIRECT, request);
    assertTrue(moved.startsWith("HTTP/1.1 301 Moved Permanently\r\n"), moved);
    assertTrue(moved.contains("\r\nLocation: https://localhost:8443/a?b\r\n"), moved);
  }

  @Rule("10.14")
  @Test
  void plainHttpIsAnsweredWhereCallbacksChooseForOthers() throws java.io.IOException {
    String answer =
        answer(
            server(Identities.server())
                .plainHttp(PlainHttp.BAD_REQUEST)
                .sniCallback(name -> CompletableFuture.completedFuture(Optional.empty())),
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
  }

  private String answer(PlainHttp plainHttp, String request) throws java.io.IOException {
    return answer(server(Identities.server()).plainHttp(plainHttp), request);
  }

  private String answer(ServerOptions.Builder options, String request) throws java.io.IOException {
    ServerCapture server = bench().listen(options.build());
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      plain.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      String answer =
          new String(
              plain.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
      assertEquals(ErrorCode.ERR_SSL_HTTP_REQUEST, server.nextClientError().error().code());
      return answer;
    }
  }

  @Rule("10.15")
  @EachVersion
  void theHeaderOfAProxyNamesTheClient(ProtocolVersion version) throws java.io.IOException {
    ServerCapture server = bench().listen(server(version).proxyProtocol(true).build());
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
    plain
        .getOutputStream()
        .write(
            "PROXY TCP4 203.0.113.7 203.0.113.8 4711 443\r\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    io.tlsport.TLSSocket client =
        bench().connect(client(version).socket(tls().duplex(plain)).build()).awaitSecure();
    assertTrue(client.authorized());
    assertEquals(
        Optional.of(new Address("203.0.113.7", "IPv4", 4711)), server.next().socket().remote());
  }

  @Rule("10.15")
  @Test
  void aConnectionThatDoesNotComeByTheProxyIsRefused() {
    ServerCapture server = bench().listen(server(Identities.server()).proxyProtocol(true).build());
    bench().connect(server.port(), client()).awaitError();
    assertEquals(ErrorCode.ERR_TLS_PROXY_HEADER, server.nextClientError().error().code());
  }

  @Rule("10.10")
  @EachVersion
  void socketsCanStartPaused(ProtocolVersion version) {
    Connection connection =
        bench()
            .connection(
                server(version).pauseOnConnect(true).build(), client(version), Capture::collect);
    Capture server = connection.server();
    connection.client().socket().write("early");
    assertTrue(server.socket().paused());
    assertFalse(
        Patience.holdsWithin(() -> server.received().count() > 0, java.time.Duration.ofMillis(300)),
        "data was delivered to a paused socket");
    server.socket().resume();
    assertEquals("early", server.awaitBytes(5).text());
  }

  private Server server() {
    return bench().server(server(Identities.server()).build());
  }

  private ServerCapture listen() {
    return bench().listen(server(Identities.server()).build());
  }
}
