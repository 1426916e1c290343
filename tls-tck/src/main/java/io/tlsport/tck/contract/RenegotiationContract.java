package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiateOptions;
import io.tlsport.RenegotiationLimits;
import io.tlsport.SecurePair;
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
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.RawHello;
import io.tlsport.tck.fixture.Received;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import io.tlsport.testpki.TestIdentity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** New handshakes on a connection that is open. */
public abstract class RenegotiationContract extends ProviderContract {
  private static final RenegotiateOptions PLAIN = new RenegotiateOptions(false, true);
  private static final int SOME = 200_000;

  // --- what comes of it

  @Rule("22.1")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void eachSideHandshakesAgain(ProtocolVersion version) {
    demand(version);
    Connection connection = connection(version);
    connection.client().collect();
    connection.server().collect();
    for (Capture side : List.of(connection.client(), connection.server())) {
      Capture other = side == connection.client() ? connection.server() : connection.client();
      AtomicInteger done = new AtomicInteger();
      side.socket().onRenegotiated(done::incrementAndGet);
      AtomicInteger seen = new AtomicInteger();
      other.socket().onRenegotiated(seen::incrementAndGet);
      await(side.socket().renegotiate(PLAIN));
      assertEquals(1, done.get());
      long before = other.received().count();
      side.socket().write("after");
      other.awaitBytes(before + 5);
      assertEquals(1, seen.get());
      before = side.received().count();
      other.socket().write("and back");
      side.awaitBytes(before + 8);
      assertEquals(ProtocolVersion.TLS_1_2, side.socket().protocol().orElseThrow());
      assertEquals(side.socket().cipher(), other.socket().cipher());
    }
    assertTrue(connection.client().socket().authorized());
  }

  @Rule("22.1")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void aConnectionThatResumedHandshakesInFull(ProtocolVersion version) {
    demand(version);
    Connection first = connection(version);
    Session session = first.client().socket().session().orElseThrow();
    Capture client = bench().connect(first.listener().port(), client(version).session(session));
    client.awaitSecure();
    assertTrue(client.socket().sessionReused());
    Capture server = first.listener().next();
    await(client.socket().renegotiate(PLAIN));
    assertFalse(client.socket().sessionReused());
    await(server.socket().renegotiate(PLAIN));
    assertFalse(server.socket().sessionReused());
    assertTrue(client.socket().authorized());
  }

  // --- certificates

  @Rule("22.2")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void aServerAsksForACertificateLater(ProtocolVersion version) {
    demand(version);
    TLSSocket server = askingLater(version, Identities.client());
    assertTrue(server.peerCertificate().isEmpty());
    assertFalse(server.authorized());
    await(server.renegotiate(RenegotiateOptions.requireCertificate()));
    assertTrue(server.authorized());
    assertEquals(
        Optional.of("a client"), server.peerCertificate().orElseThrow().subject().first("CN"));
    await(server.renegotiate());
    assertTrue(server.authorized(), "without options it asks for the same");
    await(server.renegotiate(PLAIN));
    assertFalse(server.authorized());
    assertTrue(server.peerCertificate().isEmpty());
    assertEquals(Optional.empty(), server.authorizationError());
  }

  @Rule("22.2")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void whatAClientShowsLaterIsJudged(ProtocolVersion version) {
    demand(version);
    TLSSocket strange = askingLater(version, Identities.strangeClient());
    await(strange.renegotiate(RenegotiateOptions.requestCertificate()));
    assertFalse(strange.authorized());
    assertEquals(
        ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE,
        strange.authorizationError().orElseThrow().code());
    assertTrue(strange.peerCertificate().isPresent());
  }

  @Rule("22.3")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void whomTheServerRefusesLaterIsCutOff(ProtocolVersion version) {
    demand(version);
    assertCutOff(
        laterRefused(version, client(version), RenegotiateOptions.requireCertificate()),
        ErrorCode.ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE);
    assertCutOff(
        laterRefused(
            version,
            client(version, Identities.strangeClient()),
            RenegotiateOptions.requireCertificate()),
        ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE);
  }

  private record Refused(Connection connection, CompletionStage<Void> renegotiation) {}

  private Refused laterRefused(
      ProtocolVersion version, ConnectOptions.Builder client, RenegotiateOptions options) {
    Connection connection = bench().connection(asking(version).build(), client);
    connection.client().collect();
    connection.server().collect();
    CompletionStage<Void> renegotiation = connection.server().socket().renegotiate(options);
    connection.server().socket().write("for the authorized only");
    return new Refused(connection, renegotiation);
  }

  private static void assertCutOff(Refused refused, ErrorCode code) {
    Capture server = refused.connection().server();
    assertEquals(code, server.awaitError().code());
    assertEquals(code, failure(refused.renegotiation()).code());
    server.awaitClose();
    assertFalse(server.socket().authorized());
    assertEquals(code, server.socket().authorizationError().orElseThrow().code());
    refused.connection().client().awaitClose();
    assertEquals(0, refused.connection().client().received().count());
  }

  @Rule("22.3")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void aClientRefusesItsServerLater(ProtocolVersion version) {
    demand(version);
    TestIdentity strange = Identities.stranger().leaf(Identities.localhost());
    Connection connection =
        bench()
            .connection(
                server(version, strange).build(), client(version).rejectUnauthorized(false));
    TLSSocket client = connection.client().socket();
    connection.client().collect();
    assertFalse(client.authorized());
    await(client.renegotiate(new RenegotiateOptions(false, false)));
    assertFalse(client.authorized());
    CompletionStage<Void> refused = client.renegotiate(PLAIN);
    TlsException error = connection.client().awaitError();
    assertEquals(client.authorizationError().orElseThrow().code(), error.code());
    assertEquals(error.code(), failure(refused).code());
    connection.client().awaitClose();
    connection.server().collect().awaitClose();
  }

  // --- limits

  @Rule("22.4")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void theFourthOfAClientIsAnAttack(ProtocolVersion version) {
    demand(version);
    assertAttackAfter(3, connection(version));
  }

  @Rule("22.4")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void aServerHasItsOwnLimit(ProtocolVersion version) {
    demand(version);
    for (int limit : new int[] {0, 1}) {
      ServerOptions options =
          server(version)
              .renegotiationLimits(new RenegotiationLimits(limit, Duration.ofHours(1)))
              .build();
      assertAttackAfter(limit, bench().connection(options, client(version)));
    }
  }

  @Rule("22.4")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void theTlsHasALimitForThoseThatSetNone(ProtocolVersion version) {
    demand(version);
    Tls strict =
        bench()
            .tls(
                builder ->
                    builder.renegotiationLimits(new RenegotiationLimits(1, Duration.ofMinutes(1))));
    ServerCapture listener = bench().listen(strict, server(version).build());
    Capture client = bench().connect(listener.port(), client(version));
    client.awaitSecure();
    assertAttackAfter(1, new Connection(client, listener.next(), listener));
  }

  private static void assertAttackAfter(int limit, Connection connection) {
    connection.server().collect();
    connection.client().collect();
    TLSSocket client = connection.client().socket();
    for (int i = 0; i < limit; i++) {
      await(client.renegotiate(PLAIN));
    }
    CompletionStage<Void> last = client.renegotiate(PLAIN);
    assertAttack(connection.server());
    failure(last);
    connection.client().awaitClose();
  }

  private static void assertAttack(Capture attacked) {
    TlsException error = attacked.awaitError();
    assertEquals(ErrorCode.ERR_TLS_SESSION_ATTACK, error.code());
    assertTrue(String.valueOf(error.getMessage()).contains("TLS session renegotiation attack"));
    attacked.awaitClose();
  }

  @Rule("22.4")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void aClientCountsWhatItsServerAsksFor(ProtocolVersion version) {
    demand(version);
    Connection connection = connection(version);
    connection.client().collect();
    connection.server().collect();
    for (int i = 0; i < 3; i++) {
      await(connection.server().socket().renegotiate(PLAIN));
    }
    connection.server().socket().renegotiate(PLAIN);
    assertAttack(connection.client());
    connection.server().awaitClose();
  }

  @Rule("22.5")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void ownRenegotiationsDoNotCount(ProtocolVersion version) {
    demand(version);
    Tls patient =
        bench()
            .tls(
                builder ->
                    builder.renegotiationLimits(new RenegotiationLimits(9, Duration.ofMinutes(1))));
    ServerCapture listener =
        bench()
            .listen(
                server(version)
                    .renegotiationLimits(new RenegotiationLimits(1, Duration.ofHours(1)))
                    .build());
    Capture client = bench().connect(patient, listener.port(), client(version));
    client.awaitSecure();
    Capture server = listener.next();
    for (int i = 0; i < 5; i++) {
      await(server.socket().renegotiate(PLAIN));
    }
    await(client.socket().renegotiate(PLAIN));
    assertEquals(List.of(), server.errors());
  }

  // --- data

  @Rule("22.6")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void nothingIsLostOnTheWay(ProtocolVersion version) {
    demand(version);
    Connection connection = connection(version);
    connection.client().collect();
    connection.server().collect();
    byte[] data = Payload.of(bench().bulk(SOME)).bytes();
    List<CompletionStage<Void>> handshakes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      connection.client().socket().write(data);
      connection.server().socket().write(data);
      handshakes.add(connection.client().socket().renegotiate(PLAIN));
      handshakes.add(connection.server().socket().renegotiate(PLAIN));
    }
    for (Capture side : List.of(connection.client(), connection.server())) {
      side.awaitBulk(3L * data.length);
      byte[] received = side.received().bytes();
      for (int i = 0; i < 3; i++) {
        byte[] part = Arrays.copyOfRange(received, i * data.length, (i + 1) * data.length);
        assertArrayEquals(data, part);
      }
    }
    handshakes.forEach(RenegotiationContract::await);
  }

  @Rule("22.6")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void anEndComesBehindTheHandshake(ProtocolVersion version) {
    demand(version);
    Connection connection = connection(version);
    connection.client().collect();
    connection.server().collect();
    CompletionStage<Void> handshake = connection.server().socket().renegotiate(PLAIN);
    connection.server().socket().end("the last");
    connection.client().awaitBytes(8);
    connection.client().awaitEnd();
    await(handshake);
    connection.server().awaitClose();
    assertEquals(List.of(), connection.server().errors());
  }

  // --- refusals

  @Rule("22.7")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void aPeerThatTakesNoPartIsCutOff(ProtocolVersion version) {
    demand(version);
    Joined joined =
        bench()
            .pairs(
                clientPair(version).build(),
                serverPair(version).handshakeTimeout(Duration.ofSeconds(2)).build());
    Signal cut = new Signal();
    joined.clientPair().encrypted().onData(data -> joined.serverPair().encrypted().write(data));
    joined
        .serverPair()
        .encrypted()
        .onData(
            data -> {
              if (!cut.isFired()) {
                joined.clientPair().encrypted().write(data);
              }
            });
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    cut.fire();
    CompletionStage<Void> renegotiation = joined.server().socket().renegotiate(PLAIN);
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, joined.server().awaitError().code());
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, failure(renegotiation).code());
    joined.server().awaitClose();
  }

  @Rule("22.8")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void disabledItIsRefused(ProtocolVersion version) {
    demand(version);
    Connection connection = connection(version);
    connection.client().collect();
    connection.server().collect();
    TLSSocket server = connection.server().socket();
    server.disableRenegotiation();
    assertEquals(
        ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED, failure(server.renegotiate(PLAIN)).code());
    server.write("unharmed");
    connection.client().awaitBytes(8);
    connection.client().socket().renegotiate(PLAIN);
    assertEquals(ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED, connection.server().awaitError().code());
    connection.server().awaitClose();
    connection.client().awaitClose();
  }

  @Rule("22.9")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void isRefusedTooEarlyAndTooLate(ProtocolVersion version) {
    demand(version);
    Joined joined = pairs(version);
    TLSSocket client = joined.client().socket();
    assertEquals(ErrorCode.ERR_TLS_INVALID_STATE, failure(client.renegotiate(PLAIN)).code());
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    joined.server().collect();
    joined.client().collect();
    await(client.renegotiate(PLAIN));
    client.end("bye");
    assertEquals(ErrorCode.ERR_TLS_INVALID_STATE, failure(client.renegotiate(PLAIN)).code());
    joined.server().awaitBytes(3);
    joined.client().awaitClose();
    assertEquals(List.of(), joined.client().errors());
  }

  @Rule("22.10")
  @Requires(Capability.RENEGOTIATION)
  @EachVersion
  void callsFollowOneAnother(ProtocolVersion version) {
    demand(version);
    Connection connection = connection(version);
    List<CompletionStage<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      calls.add(connection.client().socket().renegotiate(PLAIN));
      calls.add(connection.server().socket().renegotiate(PLAIN));
    }
    calls.forEach(RenegotiationContract::await);
    assertEquals(List.of(), connection.client().errors());
    assertEquals(List.of(), connection.server().errors());
  }

  @Rule("22.11")
  @Test
  void tls13RefusesItByName() {
    Connection connection = connection(ProtocolVersion.TLS_1_3);
    connection.client().collect();
    connection.server().collect();
    for (TLSSocket socket : List.of(connection.client().socket(), connection.server().socket())) {
      UnsupportedFeatureException refusal =
          assertThrows(UnsupportedFeatureException.class, () -> socket.renegotiate(PLAIN));
      assertEquals(Capability.RENEGOTIATION, refusal.capability());
    }
    connection.client().socket().write("unharmed");
    connection.server().awaitBytes(8);
    connection.server().socket().write("unharmed");
    connection.client().awaitBytes(8);
  }

  @Rule("22.12")
  @Test
  void aServerWithoutRfc5746IsRefused() {
    SecurePair pair = tls().createSecurePair(clientPair(ProtocolVersion.TLS_1_2).build());
    Capture client = Capture.of(pair.cleartext());
    Received sent = new Received();
    pair.encrypted().onData(sent::add);
    pair.encrypted().write(ByteBuffer.wrap(RawHello.answerWithoutExtensions()));
    assertEquals(
        ErrorCode.ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED, client.awaitError().code());
    client.awaitClose();
    Patience.await(pair.encrypted().closed(), "the transport to be closed");
    byte[] last = Arrays.copyOfRange(sent.bytes(), sent.bytes().length - 7, sent.bytes().length);
    assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 2, 40}, last, "handshake_failure");
  }

  // --- helpers

  /** Asks for it before a byte is sent: not every provider has it, and TLS 1.3 has not. */
  private void demand(ProtocolVersion version) {
    demand(Capability.RENEGOTIATION);
    SecurePair probe = tls().createSecurePair(clientPair(version).build());
    try {
      probe.cleartext().renegotiate();
    } finally {
      probe.destroy();
    }
  }

  /** A server that trusts the root, and asks nobody at first. */
  private static ServerOptions.Builder asking(ProtocolVersion version) {
    return server(version).context(c -> c.ca(Identities.ca()));
  }

  private static ConnectOptions.Builder client(ProtocolVersion version, TestIdentity identity) {
    return client(version).context(c -> c.key(identity.key()).cert(identity.chain()));
  }

  private TLSSocket askingLater(ProtocolVersion version, TestIdentity identity) {
    return bench().connection(asking(version).build(), client(version, identity)).server().socket();
  }

  private static void await(CompletionStage<Void> renegotiation) {
    Patience.await(renegotiation, "the renegotiation to be done");
  }

  private static TlsException failure(CompletionStage<Void> renegotiation) {
    return Patience.awaitFailure(renegotiation, "the renegotiation to fail");
  }
}
