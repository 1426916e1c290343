package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.SocketPair;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** TLS over transports that exist already: sockets, dialogues that turn to TLS, TLS itself. */
public abstract class TransportContract extends ProviderContract {
  private static final int BULK = 2_000_000;
  private static final byte[] ASK = "STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GO = "220 go ahead\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Both ends of one TLS connection. */
  private record Ends(Capture client, Capture server) {
    void awaitSecure() {
      client.awaitSecure();
      server.awaitSecure();
    }
  }

  private Ends over(Duplex client, Duplex server, ProtocolVersion version) {
    return new Ends(
        bench().over(client, clientPair(version).build()),
        bench().over(server, serverPair(version).build()));
  }

  /** Sends bulk both ways at once, and compares digests. */
  private void exchange(Ends ends) {
    Payload forth = Payload.of(bench().bulk(BULK));
    Payload back = Payload.of(bench().bulk(BULK) - 1);
    ends.server().collect();
    ends.client().collect();
    ends.client().socket().write(forth.bytes());
    ends.server().socket().write(back.bytes());
    assertEquals(forth.sha256(), ends.server().awaitBulk(forth.size()).sha256());
    assertEquals(back.sha256(), ends.client().awaitBulk(back.size()).sha256());
  }

  @Rule("26.5")
  @EachVersion
  void connectedSocketCarriesBothRoles(ProtocolVersion version) {
    SocketPair sockets = bench().keep(SocketPair.open());
    Ends ends = over(tls().duplex(sockets.client()), tls().duplex(sockets.server()), version);
    ends.awaitSecure();
    assertTrue(ends.client().socket().authorized());
    assertEquals(
        Optional.of(sockets.server().getLocalPort()),
        ends.client().socket().remote().map(peer -> peer.port()));
    assertEquals(ends.client().socket().address(), ends.server().socket().remote());
    exchange(ends);
    ends.server().socket().end("bye");
    ends.client().awaitEnd();
    ends.client().awaitClose();
    ends.server().awaitClose();
    assertTrue(ends.client().socket().closedCleanly());
    assertEquals(List.of(), ends.client().errors());
    assertEquals(List.of(), ends.server().errors());
    assertTrue(sockets.client().isClosed(), "the socket goes with its connection");
  }

  @Rule("26.5")
  @EachVersion
  void socketThatIsCutIsTold(ProtocolVersion version) throws IOException {
    SocketPair sockets = bench().keep(SocketPair.open());
    Ends ends = over(tls().duplex(sockets.client()), tls().duplex(sockets.server()), version);
    ends.awaitSecure();
    ends.client().collect();
    sockets.server().shutdownOutput();
    assertEquals(ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING, ends.client().awaitError().code());
    ends.client().awaitClose();
    ends.server().awaitClose();
  }

  @Rule("26.5")
  @Test
  void socketThatIsNotConnectedIsRefused() throws IOException {
    try (Socket unconnected = new Socket()) {
      assertEquals(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          assertThrows(ConfigurationException.class, () -> tls().duplex(unconnected)).code());
    }
  }

  @Rule("26.6")
  @EachVersion
  void bytesThatCameEarlyAreNotLost(ProtocolVersion version) throws IOException {
    SocketPair sockets = bench().keep(SocketPair.open());
    // The client does not wait for the answer: its hello is on its way with the command.
    sockets.client().getOutputStream().write(ASK);
    Capture client = bench().over(tls().duplex(sockets.client()), clientPair(version).build());
    byte[] read = new byte[4096];
    int size = sockets.server().getInputStream().readNBytes(read, 0, ASK.length + 50);
    assertArrayEquals(ASK, Arrays.copyOf(read, ASK.length));
    ByteBuffer early = ByteBuffer.wrap(read, ASK.length, size - ASK.length);
    Capture server =
        bench().over(tls().duplex(sockets.server(), early), serverPair(version).build());
    Ends ends = new Ends(client, server);
    ends.awaitSecure();
    exchange(ends);
  }

  @Rule("26.6")
  @EachVersion
  void dialogueOverADuplexTurnsToTls(ProtocolVersion version) {
    Connection plain = connection(version);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> answered = new CompletableFuture<>();
    turning(plain.server().socket(), ASK, asked);
    turning(plain.client().socket(), GO, answered);
    plain.client().socket().write(ASK);
    Patience.await(asked, "the command");
    assertTrue(plain.server().socket().paused());
    plain.server().socket().write(GO);
    Patience.await(answered, "the answer");
    // The client's hello arrives before the server listens for it.
    Capture client = bench().over(plain.client().socket(), clientPair(version).build());
    Patience.until(() -> client.socket().encryptedBytesWritten() > 0, () -> "the hello");
    Ends ends =
        new Ends(client, bench().over(plain.server().socket(), serverPair(version).build()));
    ends.awaitSecure();
    exchange(ends);
  }

  /** Takes a line, and pauses before anything that follows it. */
  private static void turning(Duplex duplex, byte[] line, CompletableFuture<Void> came) {
    duplex.onData(
        data -> {
          if (!came.isDone() && data.remaining() == line.length) {
            duplex.pause();
            came.complete(null);
          }
        });
  }

  @Rule("26.7")
  @EachVersion
  void threeLayersCarryBulk(ProtocolVersion version) {
    Connection first = connection(version);
    Ends second = over(first.client().socket(), first.server().socket(), version);
    second.awaitSecure();
    // The roles are the other way round in the third.
    Ends third = over(second.server().socket(), second.client().socket(), version);
    third.awaitSecure();
    exchange(third);
    assertTrue(
        first.client().socket().bytesWritten() > second.client().socket().bytesWritten(),
        "each layer has its own records");
    third.server().socket().end("bye");
    third.client().awaitEnd();
    assertTrue(third.client().socket().closedCleanly());
    third.client().awaitClose();
    third.server().awaitClose();
  }

  @Rule("26.8")
  @EachVersion
  void endOfTheTransportIsNoEndOfWhatItCarries(ProtocolVersion version) {
    Connection outer = connection(version);
    Ends inner = over(outer.client().socket(), outer.server().socket(), version);
    inner.awaitSecure();
    inner.client().collect();
    // An end of the outer layer, in due form, without one of the inner.
    outer.server().socket().end();
    assertEquals(
        ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING, inner.client().awaitError().code());
    inner.client().awaitClose();
    outer.client().awaitEnd();
    assertEquals(List.of(), outer.client().errors());
  }

  @Rule("26.8")
  @EachVersion
  void cutIsToldByEachLayer(ProtocolVersion version) {
    Joined outer = pairs(version);
    Wire wire = outer.join();
    outer.client().awaitSecure();
    outer.server().awaitSecure();
    Ends inner = over(outer.client().socket(), outer.server().socket(), version);
    inner.awaitSecure();
    wire.cut();
    for (Capture end : List.of(outer.client(), outer.server(), inner.client(), inner.server())) {
      assertEquals(ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING, end.awaitError().code());
      end.awaitClose();
      assertEquals(1, end.errors().size());
      assertEquals(0, end.count("end"));
    }
  }
}
