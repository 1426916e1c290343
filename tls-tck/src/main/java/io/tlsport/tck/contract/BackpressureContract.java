package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Duplex;
import io.tlsport.ProtocolVersion;
import io.tlsport.TLSSocket;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;

/** Nobody is sent more than he takes. */
public abstract class BackpressureContract extends ProviderContract {
  private static final Payload PIECE = Payload.of(32 * 1024);

  /** What two kernels' buffers of one connection may hold, and then some. */
  private static final long NETWORK_BOUND = 8L * 1024 * 1024;

  /** What a pair may hold: no kernel is involved. */
  private static final long PAIR_BOUND = 1024 * 1024;

  /** Long enough for a loop that was forgotten to show itself. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  @Rule("3.1")
  @EachVersion
  void readerThatTakesNothingStopsTheWriter(ProtocolVersion version) {
    Joined joined = joined(version);
    long sent = fill(joined.client(), joined.server(), PAIR_BOUND);
    assertTrue(sent >= PIECE.size());
  }

  @Rule("3.1")
  @EachVersion
  void readerThatTakesNothingStopsTheWriterOverTheNetwork(ProtocolVersion version) {
    Connection connection = connection(version);
    fill(connection.client(), connection.server(), NETWORK_BOUND);
    assertEquals(0, connection.server().received().count());
  }

  @Rule("3.2")
  @EachVersion
  void drainFollowsOnceTheReaderGoesOn(ProtocolVersion version) {
    Joined joined = joined(version);
    long sent = fill(joined.client(), joined.server(), PAIR_BOUND);
    Signal drained = new Signal();
    joined.client().socket().onDrain(drained::fire);
    assertFalse(
        Patience.holdsWithin(drained::isFired, MOMENT),
        "drain came although the reader takes nothing");
    joined.server().collect().awaitBulk(sent);
    drained.await("drain");
    assertTrue(joined.client().socket().writable());
  }

  @Rule("3.2")
  @EachVersion
  @Timeout(60)
  void drainFollowsOverTheNetwork(ProtocolVersion version) {
    Connection connection = connection(version);
    Signal drained = new Signal();
    connection.client().socket().onDrain(drained::fire);
    long sent = fill(connection.client(), connection.server(), NETWORK_BOUND);
    connection.server().collect().awaitBulk(sent);
    drained.await("drain");
  }

  @Rule("3.3")
  @EachVersion
  void pausedSocketDeliversNothing(ProtocolVersion version) {
    Joined joined = joined(version);
    Capture server = joined.server().collect();
    joined.client().socket().write("before");
    server.awaitBytes(6);
    server.socket().pause();
    assertTrue(server.socket().paused());
    joined.client().socket().write("meanwhile");
    assertFalse(
        Patience.holdsWithin(() -> server.received().count() > 6, MOMENT),
        "data was delivered to a paused socket");
    server.socket().resume();
    assertFalse(server.socket().paused());
    assertEquals("beforemeanwhile", server.awaitBytes(15).text());
  }

  @Rule("3.4")
  @EachVersion
  void pausingInsideTheDataEventLosesNothing(ProtocolVersion version) {
    Payload payload = Payload.of(512 * 1024);
    Joined joined = joined(version);
    Duplex server = joined.server().socket();
    joined
        .server()
        .collect(
            data -> {
              server.pause();
              server.resume();
            });
    joined.client().socket().write(payload.bytes());
    assertEquals(payload.sha256(), joined.server().awaitBytes(payload.size()).sha256());
  }

  @Rule("3.5")
  @EachVersion
  void echoOfAPeerThatNeverReadsIsBounded(ProtocolVersion version) {
    Joined joined = joined(version);
    joined.server().socket().pipeTo(joined.server().socket());
    fill(joined.client(), joined.server(), 2 * PAIR_BOUND);
  }

  @Rule("3.6")
  @EachVersion
  void blockingViewReadsLittleAhead(ProtocolVersion version) throws IOException {
    Joined joined = joined(version);
    var view = joined.server().socket().inputStream();
    long sent = fill(joined.client(), joined.server(), PAIR_BOUND);
    long ahead = joined.server().socket().bytesRead();
    assertTrue(ahead <= 128 * 1024, () -> "the view has read " + ahead + " bytes ahead");
    assertEquals(sent, view.readNBytes((int) sent).length);
  }

  private Joined joined(ProtocolVersion version) {
    Joined joined = pairs(version);
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    return joined;
  }

  /**
   * Writes until the target says stop for good, and nothing arrives any more; more than the bound
   * is a failure.
   */
  private static long fill(Capture writer, Capture reader, long bound) {
    TLSSocket target = writer.socket();
    long sent = 0;
    while (true) {
      while (target.writable()) {
        assertTrue(
            sent < bound,
            () -> "more than " + bound + " bytes were taken for a peer that reads nothing");
        target.write(PIECE.slice(0, PIECE.size()));
        sent += PIECE.size();
      }
      long arrived = reader.socket().encryptedBytesRead();
      boolean moves =
          Patience.holdsWithin(
              () -> target.writable() || reader.socket().encryptedBytesRead() > arrived, MOMENT);
      if (!moves) {
        return sent;
      }
    }
  }
}
