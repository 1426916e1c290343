package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawListener;
import io.tlsport.tck.fixture.RawPeer;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nobody waits for ever. */
public abstract class TimeoutContract extends ProviderContract {
  private static final Duration SHORT = Duration.ofMillis(400);

  @Rule("9.1")
  @Test
  void silentPeerIsCutOff() {
    ServerCapture server =
        bench().listen(server(Identities.server()).handshakeTimeout(SHORT).build());
    RawPeer peer = bench().keep(RawPeer.connect(server.port()));
    assertTimedOut(server, peer);
  }

  @Rule("9.1")
  @Test
  void peerThatStopsInTheMiddleIsCutOff() {
    ServerCapture server =
        bench().listen(server(Identities.server()).handshakeTimeout(SHORT).build());
    RawPeer peer = bench().keep(RawPeer.connect(server.port()));
    peer.send(new byte[] {22, 3, 1, 1, 0, 1, 0, 0, (byte) 252, 3, 3});
    assertTimedOut(server, peer);
  }

  @Rule("9.1")
  @EachVersion
  void peerThatDoesNotAnswerTheServersFlightIsCutOff(ProtocolVersion version) {
    Joined joined =
        bench()
            .pairs(
                clientPair(version).build(), serverPair(version).handshakeTimeout(SHORT).build());
    // The hello passes, and nothing after it: the client's second flight never arrives.
    joined.clientPair().encrypted().onData(hello -> joined.serverPair().encrypted().write(hello));
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, joined.server().awaitError().code());
    joined.server().awaitClose();
  }

  private static void assertTimedOut(ServerCapture server, RawPeer peer) {
    ServerCapture.ClientError error = server.nextClientError();
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, error.error().code());
    peer.readAll();
    Patience.until(() -> server.server().connections() == 0, () -> "the connection to be gone");
    assertEquals(1, server.clientErrors());
    assertEquals(0, server.secureConnections());
  }

  @Rule("9.2")
  @Test
  void progressDoesNotExtendTheTime() {
    ServerCapture server =
        bench().listen(server(Identities.server()).handshakeTimeout(SHORT).build());
    RawPeer peer = bench().keep(RawPeer.connect(server.port()));
    byte[] start = {22, 3, 1, 1, 0, 1, 0, 0, (byte) 252, 3, 3};
    for (byte one : start) {
      peer.drip(one, Duration.ofMillis(20));
    }
    Duration pause = Duration.ofMillis(50);
    int most = (int) (Patience.NORMAL.toMillis() / pause.toMillis());
    int drips = 0;
    while (drips < most && peer.drip((byte) 7, pause)) {
      drips++;
    }
    assertTrue(drips < most, "a peer that drips a byte now and then is never cut off");
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, server.nextClientError().error().code());
  }

  @Rule("9.3")
  @Requires(Capability.SNI)
  @EachVersion
  void callbackThatNeverAnswersIsBounded(ProtocolVersion version) {
    CompletableFuture<Optional<SecureContext>> never = new CompletableFuture<>();
    ServerCapture server =
        bench().listen(server(version).handshakeTimeout(SHORT).sniCallback(name -> never).build());
    Capture client = bench().connect(server.port(), client(version));
    ServerCapture.ClientError error = server.nextClientError();
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, error.error().code());
    assertEquals(Optional.of("localhost"), error.socket().servername());
    client.awaitClose();
    // An answer that comes too late must change nothing.
    never.complete(Optional.empty());
    assertEquals(1, server.clientErrors());
    assertEquals(0, server.secureConnections());
  }

  @Rule("9.4")
  @Test
  void serverThatNeverAnswersIsGivenUp() {
    RawListener silent = bench().keep(RawListener.silent());
    Capture client = bench().connect(silent.port(), client().handshakeTimeout(SHORT));
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, client.awaitError().code());
    client.awaitClose();
    assertEquals(
        List.of(Capture.error(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT), "close"), client.events());
  }

  @Rule("9.5")
  @Test
  void hostThatDoesNotAnswerIsGivenUp() {
    RawListener unreachable = bench().keep(RawListener.unreachable());
    Capture client = bench().connect(unreachable.port(), client().connectTimeout(SHORT));
    TlsException error = client.awaitError();
    assertEquals(ErrorCode.ETIMEDOUT, error.code());
    assertTrue(error instanceof TransportException, error::toString);
    client.awaitClose();
    assertEquals(List.of(Capture.error(ErrorCode.ETIMEDOUT), "close"), client.events());
  }

  @Rule("9.6")
  @EachVersion
  void secureConnectionsOutliveTheHandshakeTimeout(ProtocolVersion version) {
    Duration enough = Duration.ofSeconds(2);
    ConnectOptions.Builder client = client(version).handshakeTimeout(enough);
    Connection connection =
        bench().connection(server(version).handshakeTimeout(enough).build(), client);
    assertFalse(
        Patience.holdsWithin(
            () -> connection.client().count("close") > 0 || connection.server().count("close") > 0,
            enough.plusMillis(300)),
        "the handshake's time-out has closed a secure connection");
  }
}
