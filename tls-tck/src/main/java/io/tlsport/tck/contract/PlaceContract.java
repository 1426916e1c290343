package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecurePair;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.PathPeer;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.RawListener;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.SocketFolder;
import io.tlsport.tck.fixture.Workbench.Connection;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where servers listen and clients connect: paths, IPv6, chosen ends. */
public abstract class PlaceContract extends ProviderContract {
  private static final int BULK = 1_000_000;

  private SocketFolder folder() {
    return bench().keep(SocketFolder.make());
  }

  private ServerCapture listen(Path path) {
    Server server = bench().server(server(Identities.server()).build());
    ServerCapture capture = ServerCapture.of(server, Capture::collect);
    Patience.await(server.listen(path.toString()), "the server to be bound");
    return capture;
  }

  private static ConnectOptions.Builder clientOf(Path path) {
    return client().path(path.toString());
  }

  @Rule("27.1")
  @EachVersion
  void bulkPassesOverAPath(ProtocolVersion version) {
    Path path = folder().file("server.sock");
    Server server = bench().server(server(version).build());
    ServerCapture capture =
        ServerCapture.of(server, socket -> socket.socket().pipeTo(socket.socket()));
    Address bound = Patience.await(server.listen(path.toString()), "the path to be bound");
    assertEquals(new Address(path.toString(), "Unix", 0), bound);
    assertEquals(Optional.of(bound), server.address());
    Capture client = bench().connect(client(version).path(path.toString()).build()).collect();
    client.awaitSecure();
    Capture theirs = capture.next();
    assertEquals(Optional.of(bound), client.socket().remote());
    assertEquals(Optional.empty(), client.socket().address());
    assertEquals(Optional.empty(), theirs.socket().remote());
    Payload payload = Payload.of(bench().bulk(BULK));
    client.socket().write(payload.bytes());
    assertEquals(payload.sha256(), client.awaitBulk(payload.size()).sha256());
    client.socket().end();
    theirs.awaitEnd();
    theirs.awaitClose();
    client.awaitClose();
    assertTrue(theirs.socket().closedCleanly());
    assertEquals(List.of(), theirs.errors());
    assertEquals(List.of(), client.errors());
  }

  // --- a peer that ends its side of the path

  /** A client of a pair, its server, and the path between them, which the client's side can end. */
  private record Meeting(Capture client, Capture theirs, PathPeer peer) {}

  private Meeting meet(
      ServerOptions.Builder options, ProtocolVersion version, Consumer<Capture> onConnection) {
    Path path = folder().file("server.sock");
    Server server = bench().server(options.build());
    ServerCapture capture = ServerCapture.of(server, onConnection);
    Patience.await(server.listen(path.toString()), "the path to be bound");
    SecurePair pair = tls().createSecurePair(clientPair(version).build());
    Capture client = overPath(pair);
    PathPeer peer = bench().keep(PathPeer.connect(path, pair.encrypted()));
    client.awaitSecure();
    return new Meeting(client, capture.next(), peer);
  }

  private Capture overPath(SecurePair pair) {
    return Capture.of(pair.cleartext()).collect();
  }

  @Rule("27.10")
  @Requires(Capability.HALF_CLOSE)
  @EachVersion
  void aHalfOpenServerAnswersWhenThePathHasEnded(ProtocolVersion version) {
    Meeting met =
        meet(server(version).allowHalfOpen(true).allowTruncation(true), version, Capture::collect);
    Capture client = met.client();
    Capture theirs = met.theirs();
    client.socket().write("question");
    theirs.awaitBytes(8);
    met.peer().end();
    theirs.awaitEnd();
    assertAnswered(theirs, client);
  }

  /** Where a client's close_notify waits for the server's, the path is over before. */
  @Rule("27.10")
  @EachVersion
  void whatIsAskedAndEndedAtOnceIsAnswered(ProtocolVersion version) {
    Payload answer = Payload.of(BULK);
    Meeting met =
        meet(
            server(version).allowTruncation(true),
            version,
            socket -> {
              socket.collect();
              socket
                  .socket()
                  .onData(
                      data -> {
                        socket.socket().write(answer.bytes());
                        socket.socket().end();
                      });
            });
    Capture client = met.client();
    Capture theirs = met.theirs();
    met.peer().endBehindNext();
    client.socket().end("question");
    assertEquals(answer.sha256(), client.awaitBulk(BULK).sha256());
    client.awaitEnd();
    theirs.awaitClose();
    assertEquals(8, theirs.received().count());
    assertEquals(List.of(), theirs.errors());
  }

  @Rule("27.10")
  @Requires(Capability.HALF_CLOSE)
  @EachVersion
  void aHalfOpenClientAnswersWhenThePathHasEnded(ProtocolVersion version) throws Exception {
    Path path = folder().file("server.sock");
    try (ServerSocketChannel listener = PathPeer.listen(path)) {
      Capture client =
          bench()
              .connect(
                  client(version)
                      .path(path.toString())
                      .allowHalfOpen(true)
                      .allowTruncation(true)
                      .build())
              .collect();
      SecurePair pair = tls().createSecurePair(serverPair(version).build());
      Capture server = overPath(pair);
      PathPeer peer = bench().keep(PathPeer.accept(listener, pair.encrypted()));
      client.awaitSecure();
      server.awaitSecure();
      server.socket().write("question");
      client.awaitBytes(8);
      peer.end();
      client.awaitEnd();
      assertAnswered(client, server);
    }
  }

  private static void assertAnswered(Capture answering, Capture asking) {
    Payload answer = Payload.of(BULK);
    answering.socket().write(answer.bytes());
    assertEquals(answer.sha256(), asking.awaitBulk(BULK).sha256());
    answering.socket().end("bye");
    asking.awaitBytes(BULK + 3);
    asking.awaitEnd();
    assertEquals(List.of(), answering.errors());
  }

  @Rule("27.10")
  @EachVersion
  void whatIsSaidAtTheEndOfThePathArrives(ProtocolVersion version) {
    Payload answer = Payload.of(BULK);
    Meeting met =
        meet(
            server(version).allowTruncation(true),
            version,
            socket -> {
              socket.collect();
              socket.socket().onEnd(() -> socket.socket().write(answer.bytes()));
            });
    Capture client = met.client();
    Capture theirs = met.theirs();
    met.peer().endBehindNext();
    client.socket().write("question");
    assertEquals(answer.sha256(), client.awaitBulk(BULK).sha256());
    client.awaitEnd();
    theirs.awaitClose();
    assertEquals(8, theirs.received().count());
    assertEquals(List.of(), theirs.errors());
    assertFalse(theirs.socket().closedCleanly());
  }

  @Rule("27.10")
  @EachVersion
  void anEndOfThePathAloneIsACut(ProtocolVersion version) {
    Meeting met = meet(server(version), version, Capture::collect);
    Capture client = met.client();
    Capture theirs = met.theirs();
    met.peer().endBehindNext();
    client.socket().write("question");
    assertEquals(ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING, theirs.awaitError().code());
    assertEquals(8, theirs.received().count());
    theirs.awaitClose();
  }

  @Rule("27.2")
  @Test
  void certificateIsCheckedForLocalhostByDefault() {
    Path path = folder().file("server.sock");
    ServerCapture server = listen(path);
    Capture client =
        bench()
            .connect(
                ConnectOptions.builder()
                    .path(path.toString())
                    .port(RawListener.closedPort())
                    .context(c -> c.ca(Identities.ca()))
                    .build());
    assertTrue(client.awaitSecure().authorized());
    assertEquals(Optional.of("localhost"), server.next().socket().servername());
  }

  @Rule("27.2")
  @Test
  void certificateOfAnotherHostIsRefused() {
    Path path = folder().file("server.sock");
    listen(path);
    for (ConnectOptions.Builder named :
        List.of(
            clientOf(path).servername("other.example"),
            ConnectOptions.builder()
                .path(path.toString())
                .host("other.example")
                .context(c -> c.ca(Identities.ca())))) {
      Capture client = bench().connect(named.build());
      assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, client.awaitError().code());
    }
  }

  @Rule("27.3")
  @Test
  void fileGoesWithTheServer() {
    Path path = folder().file("server.sock");
    ServerCapture server = listen(path);
    assertTrue(Files.exists(path));
    server.server().close();
    server.awaitClose();
    assertFalse(Files.exists(path), "close() leaves no file");
    ServerCapture next = listen(path);
    bench().connect(clientOf(path).build()).awaitSecure();
    next.next();
  }

  @Rule("27.3")
  @Test
  void fileGoesWithTheRuntime() {
    Path path = folder().file("server.sock");
    try (Tls other = bench().kit().newTls().build()) {
      Server server = other.createServer(server(Identities.server()).build());
      Patience.await(server.listen(path.toString()), "the server to be bound");
      assertTrue(Files.exists(path));
    }
    assertFalse(Files.exists(path), "Tls.close() leaves no file");
  }

  @Rule("27.4")
  @Test
  void pathOfALivingServerIsTaken() {
    Path path = folder().file("server.sock");
    ServerCapture living = listen(path);
    assertTaken(path);
    bench().connect(clientOf(path).build()).awaitSecure();
    living.next();
  }

  @Rule("27.4")
  @Test
  void fileOfADeadServerIsTaken() {
    SocketFolder folder = folder();
    assertTaken(folder.stale("dead.sock"));
    assertTaken(folder.text("text", "no socket at all"));
  }

  private void assertTaken(Path path) {
    Server server = bench().server(server(Identities.server()).build());
    ServerCapture capture = ServerCapture.of(server, Capture::collect);
    assertEquals(
        ErrorCode.EADDRINUSE,
        Patience.awaitFailure(server.listen(path.toString()), "listen()").code());
    assertEquals(ErrorCode.EADDRINUSE, capture.nextError().code());
    assertFalse(server.listening());
    assertTrue(Files.exists(path), "it is not ours to remove");
    Path other = folder().file("other.sock");
    Patience.await(server.listen(other.toString()), "another path");
    bench().connect(clientOf(other).build()).awaitSecure();
  }

  @Rule("27.5")
  @Test
  void clientTellsAMisspelledPathFromADeadServer() {
    SocketFolder folder = folder();
    assertCannotConnect(folder.file("nobody.sock"), ErrorCode.ENOENT);
    assertCannotConnect(folder.stale("dead.sock"), ErrorCode.ECONNREFUSED);
  }

  private void assertCannotConnect(Path path, ErrorCode code) {
    Capture client = bench().connect(clientOf(path).build());
    assertEquals(code, client.awaitError().code());
    assertTrue(client.awaitError().getMessage().contains(path.toString()), "where");
    client.awaitClose();
    assertEquals(List.of(Capture.error(code), "close"), client.events());
  }

  @Rule("27.5")
  @Test
  void folderThatIsMissingIsTold() {
    Server server = bench().server(server(Identities.server()).build());
    String path = folder().file("no-folder").resolve("server.sock").toString();
    assertEquals(ErrorCode.ENOENT, Patience.awaitFailure(server.listen(path), "listen()").code());
  }

  @Rule("27.6")
  @Test
  void whatIsNoPathIsRefused() {
    Server server = bench().server(server(Identities.server()).build());
    String tooLong = "/tmp/" + "a".repeat(103);
    for (String path : List.of("/tmp/a\0b", tooLong)) {
      assertRefused(() -> server.listen(path));
      assertRefused(() -> tls().connect(client().path(path).build()));
    }
    assertRefused(() -> server.listen(""));
    assertRefused(() -> client().path(""));
    assertFalse(server.listening());
  }

  private static void assertRefused(Executable call) {
    assertEquals(
        ErrorCode.ERR_INVALID_ARG_VALUE, assertThrows(ConfigurationException.class, call).code());
  }

  @Rule("27.7")
  @Test
  void limitHoldsForPaths() {
    Path path = folder().file("server.sock");
    ServerCapture server = listen(path);
    server.server().maxConnections(0);
    Capture client = bench().connect(clientOf(path).build());
    assertEquals(new Address("", "Unix", 0), server.nextDrop());
    client.awaitClose();
    assertEquals(0, server.clientErrors());
  }

  @Rule("27.8")
  @EachVersion
  void serverListensOnIpv6(ProtocolVersion version) {
    Server server = bench().server(server(version).build());
    ServerCapture capture = ServerCapture.of(server, Capture::collect);
    Address bound = Patience.await(server.listen(0, "::1"), "the server to be bound to ::1");
    assertEquals("IPv6", bound.family());
    Capture client = bench().connect(client(version).host("::1").port(bound.port()).build());
    assertTrue(client.awaitSecure().authorized());
    TLSSocket theirs = capture.next().socket();
    assertEquals(Optional.of(bound), client.socket().remote());
    assertEquals(client.socket().address(), theirs.remote());
    assertEquals("IPv6", theirs.remote().orElseThrow().family());
    client.socket().write("hello");
    Patience.until(() -> theirs.bytesRead() == 5, () -> "the bytes");
  }

  @Rule("27.9")
  @Test
  void clientConnectsFromWhereItIsTold() {
    int port = RawListener.closedPort();
    Connection connection =
        bench()
            .connection(
                server(Identities.server()).build(),
                client().localAddress("127.0.0.1").localPort(port));
    TLSSocket theirs = connection.server().socket();
    assertEquals("127.0.0.1", theirs.remoteAddress().orElseThrow());
    assertEquals(port, theirs.remotePort());
    assertEquals(port, connection.client().socket().localPort());
  }

  @Rule("27.9")
  @Test
  void placeToConnectFromThatIsNotThereIsTold() {
    ServerCapture server = bench().listen(server(Identities.server()).build());
    Capture foreign = bench().connect(server.port(), client().localAddress("192.0.2.1"));
    assertEquals(ErrorCode.EADDRNOTAVAIL, foreign.awaitError().code());
    Capture taken =
        bench().connect(server.port(), client().localAddress("127.0.0.1").localPort(server.port()));
    assertEquals(ErrorCode.EADDRINUSE, taken.awaitError().code());
    assertThrows(ConfigurationException.class, () -> client().localPort(65536));
  }
}
