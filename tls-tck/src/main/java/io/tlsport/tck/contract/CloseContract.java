package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.TransportException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The end of a connection: what was sent arrives, and what is gone is gone. */
public abstract class CloseContract extends ProviderContract {
  private static final int MEGABYTE = 1024 * 1024;

  @Rule("4.1")
  @EachVersion
  void endOfTheClientDeliversEverything(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    assertEndDelivers(connection.client().collect(), connection.server());
  }

  @Rule("4.1")
  @EachVersion
  void endOfTheServerDeliversEverything(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    assertEndDelivers(connection.server(), connection.client().collect());
  }

  private void assertEndDelivers(Capture ending, Capture other) {
    Payload payload = Payload.of(bench().bulk(MEGABYTE));
    ending.socket().write(payload.bytes());
    ending.socket().end();
    other.awaitEnd();
    assertEquals(payload.sha256(), other.received().sha256());
    other.awaitClose();
    ending.awaitClose();
    assertEquals(List.of("secureConnect", "end", "close"), other.events());
    assertEquals(List.of(), ending.errors());
    assertTrue(other.socket().closedCleanly());
  }

  @Rule("4.12")
  @EachVersion
  void sideThatEndedFirstSeesTheOtherEnd(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    Capture client = connection.client().collect();
    client.socket().end();
    client.awaitClose();
    assertEquals(List.of("secureConnect", "end", "close"), client.events());
    assertTrue(client.socket().closedCleanly());
  }

  @Rule("4.2")
  @EachVersion
  void whatThePeerSendsAfterOurEndStillArrives(ProtocolVersion version) {
    Payload answer = Payload.of(bench().bulk(MEGABYTE));
    Signal clientHasEnded = new Signal();
    Connection connection =
        bench()
            .connection(
                server(version).closeTimeout(Duration.ofMillis(200)).build(),
                client(version).closeTimeout(Duration.ofSeconds(20)),
                server ->
                    server.collect(
                        request -> {
                          // A server that answers later pauses: else the client's end is its own.
                          server.socket().pause();
                          clientHasEnded.then(
                              () -> {
                                server.socket().write(answer.bytes());
                                server.socket().end();
                                server.socket().resume();
                              });
                        }));
    Capture client = connection.client().collect();
    client.socket().write("question");
    client.socket().end();
    clientHasEnded.fire();
    client.awaitEnd();
    assertEquals(answer.sha256(), client.received().sha256());
    client.awaitClose();
    connection.server().awaitClose();
    assertEquals(List.of(), client.errors());
    assertEquals(List.of(), connection.server().errors());
  }

  @Rule("4.3")
  @EachVersion
  void transportThatEndsWithoutCloseNotifyIsTruncation(ProtocolVersion version) {
    Joined joined = pairs(version);
    Capture client = cut(joined);
    assertEquals(ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING, client.awaitError().code());
    client.awaitClose();
    assertFalse(client.socket().closedCleanly());
    assertEquals(0, client.count("end"), client::toString);
    assertEquals("all of it", client.received().text());
  }

  @Rule("4.4")
  @EachVersion
  void truncationCanBeAllowed(ProtocolVersion version) {
    Joined joined =
        bench()
            .pairs(clientPair(version).allowTruncation(true).build(), serverPair(version).build());
    Capture client = cut(joined);
    client.awaitClose();
    assertEquals(List.of("secureConnect", "end", "close"), client.events());
    assertFalse(client.socket().closedCleanly());
  }

  /** Sends something to the client, then cuts the wire. */
  private static Capture cut(Joined joined) {
    Wire wire = joined.join();
    Capture client = joined.client().collect();
    client.awaitSecure();
    joined.server().awaitSecure();
    joined.server().socket().write("all of it");
    client.awaitBytes(9);
    wire.cut();
    return client;
  }

  @Rule("4.5")
  @EachVersion
  void destroyClosesBothSides(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    Capture client = connection.client().collect();
    client.socket().destroy();
    client.awaitClose();
    connection.server().awaitClose();
    assertEquals(List.of("secureConnect", "close"), client.events());
    assertFalse(connection.server().socket().closedCleanly());
  }

  @Rule("4.13")
  @EachVersion
  void destroyEndsWhatNobodyTakes(ProtocolVersion version) {
    Joined joined = pairs(version);
    joined.join();
    Capture client = joined.client();
    client.awaitSecure();
    joined.server().awaitSecure();
    client.socket().write(Payload.of(MEGABYTE).bytes());
    Patience.until(() -> !client.socket().writable(), () -> "the wire to be full");
    joined.clientPair().encrypted().end();
    client.awaitError();
    client.socket().destroy();
    client.awaitClose();
    assertEquals(1, client.errors().size(), client::toString);
  }

  @Rule("4.6")
  @EachVersion
  void destroyWithAnErrorReportsItOnce(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    Capture client = connection.client().collect();
    client.socket().destroy(new TransportException(ErrorCode.EIO, "made by the test"));
    client.socket().destroy(new TransportException(ErrorCode.EPIPE, "made by the test, later"));
    client.awaitClose();
    assertEquals(List.of("secureConnect", Capture.error(ErrorCode.EIO), "close"), client.events());
  }

  @Rule("4.6")
  @EachVersion
  void brokenTransportIsOneErrorAndThenTheClose(ProtocolVersion version) {
    Capture client = cut(pairs(version));
    client.awaitClose();
    assertEquals(
        List.of(
            "secureConnect",
            Capture.error(ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING),
            "close"),
        client.events());
  }

  @Rule("4.7")
  @EachVersion
  void writeAfterEndIsRefused(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    Capture client = connection.client().collect();
    CompletableFuture<CompletionStage<Void>> late = new CompletableFuture<>();
    // In one turn of the loop: the peer's end may close the connection in the next.
    client
        .socket()
        .onSecureConnect(
            () -> {
              client.socket().end();
              late.complete(client.socket().write("late"));
            });
    CompletionStage<Void> write = Patience.await(late, "the late listener of secureConnect");
    assertEquals(
        ErrorCode.ERR_STREAM_WRITE_AFTER_END,
        Patience.awaitFailure(write, "a write after end()").code());
    connection.server().awaitClose();
    assertEquals(0, connection.server().received().count());
  }

  @Rule("4.8")
  @EachVersion
  void writeAfterCloseIsRefused(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    Capture client = connection.client().collect();
    client.socket().destroy();
    client.awaitClose();
    assertEquals(
        ErrorCode.ERR_STREAM_DESTROYED,
        Patience.awaitFailure(client.socket().write("late"), "a write after close").code());
  }

  @Rule("4.9")
  @EachVersion
  void closeEventReachesLateListeners(ProtocolVersion version) {
    Capture client = connection(version, Capture::collect).client();
    client.socket().destroy();
    client.awaitClose();
    Signal told = new Signal();
    client.socket().onClose(() -> told.fire());
    told.await("close, for a listener that came late");
    Patience.await(client.socket().closed(), "closed()");
  }

  @Rule("4.10")
  @Requires(Capability.HALF_CLOSE)
  @EachVersion
  void halfOpenServerMayAnswerAfterTheEnd(ProtocolVersion version) {
    Payload answer = Payload.of(bench().bulk(MEGABYTE));
    Connection connection =
        bench()
            .connection(
                server(version).allowHalfOpen(true).build(),
                client(version),
                server -> {
                  server.collect();
                  server
                      .ended()
                      .thenRun(
                          () -> {
                            server.socket().write(answer.bytes());
                            server.socket().end();
                          });
                });
    Capture client = connection.client().collect();
    client.socket().write("question");
    client.socket().end();
    client.awaitEnd();
    assertEquals(answer.sha256(), client.received().sha256());
    client.awaitClose();
    connection.server().awaitClose();
  }

  @Rule("4.10")
  @Requires(Capability.HALF_CLOSE)
  @EachVersion
  void halfOpenClientMaySendAfterTheEnd(ProtocolVersion version) {
    Payload late = Payload.of(bench().bulk(MEGABYTE));
    Connection connection =
        bench()
            .connection(
                server(version).build(),
                client(version).allowHalfOpen(true),
                server -> {
                  server.collect();
                  server.socket().end();
                });
    Capture client = connection.client().collect();
    client
        .ended()
        .thenRun(
            () -> {
              client.socket().write(late.bytes());
              client.socket().end();
            });
    Capture server = connection.server();
    server.awaitEnd();
    assertEquals(late.sha256(), server.received().sha256());
    server.awaitClose();
    client.awaitClose();
    assertEquals(List.of(), client.errors());
    assertEquals(List.of(), server.errors());
    assertTrue(server.socket().closedCleanly());
  }

  @Rule("4.11")
  @Test
  void closingTheRuntimeEndsWhatIsLeft() {
    Connection connection = connection(ProtocolVersion.TLS_1_3, Capture::collect);
    tls().close();
    connection.client().awaitClose();
    connection.server().awaitClose();
    connection.listener().awaitClose();
  }
}
