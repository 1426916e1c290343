package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.TLSSocket;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawHello;
import io.tlsport.tck.fixture.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Peers that send without end. */
@Timeout(60)
class FloodRowsTest {
  private static final int MANY = 20_000;

  /** A warning, user_canceled, in the clear. */
  private static final byte[] WARNING = {21, 3, 3, 0, 2, 1, 90};

  private static final byte[] CHANGE_CIPHER_SPEC = {20, 3, 3, 0, 1, 1};
  private static final byte[] EMPTY_HANDSHAKE = {22, 3, 3, 0, 0};

  private static byte[] times(int count, byte... record) {
    byte[] all = new byte[count * record.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(record, 0, all, i * record.length, record.length);
    }
    return all;
  }

  private static void flood(RawPeer peer, byte... record) {
    byte[] burst = times(100, record);
    try {
      for (int i = 0; i < MANY / 100; i++) {
        peer.send(burst);
      }
    } catch (java.io.UncheckedIOException cut) {
      // That is what is hoped for.
    }
    peer.readAll();
  }

  @EachProvider
  void row06_aFloodOfKeyUpdatesIsCut(String provider) throws IOException {
    try (Victim victim = Victim.of(provider);
        TlsAttacker attacker = TlsAttacker.connect(victim.port())) {
      boolean cut =
          TlsAttacker.untilCut(
              () -> {
                for (int i = 0; i < 3000; i++) {
                  attacker.keyUpdate();
                }
              });
      attacker.awaitEnd();
      assertTrue(cut || attacker.socket().isConnected());
      victim.broke(1, ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE);
      victim.isWellAfter(attacker);
    }
  }

  @EachProvider
  void row06_aFewKeyUpdatesBetweenDataAreServed(String provider) throws IOException {
    try (Victim victim = Victim.of(provider);
        TlsAttacker attacker = TlsAttacker.connect(victim.port())) {
      for (int i = 0; i < 100; i++) {
        attacker.keyUpdate();
        attacker.write((byte) i);
        assertArrayEquals(new byte[] {(byte) i}, attacker.read(1));
      }
    }
  }

  /** Data between hides the flood from a count of silent records. */
  @EachProvider
  @Tag("long")
  @Timeout(300)
  void row07_keyUpdatesOfAPeerThatNeverReadsAreCut(String provider) throws IOException {
    try (Victim victim =
            Victim.of(
                provider, options -> {}, settings -> {}, socket -> socket.onData(data -> {}));
        TlsAttacker attacker = TlsAttacker.connect(victim.port())) {
      boolean cut =
          TlsAttacker.untilCut(
              () -> {
                for (int i = 0; i < 2_000_000; i++) {
                  attacker.keyUpdate();
                  attacker.write((byte) 1);
                }
              });
      assertTrue(cut, "it went on without end");
      victim.broke(1, ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE);
      victim.isWellAfter(attacker);
    }
  }

  @EachProvider
  void row09_warningsBeforeTheHelloAreCut(String provider) throws IOException {
    try (Victim victim = Victim.of(provider);
        RawPeer peer = RawPeer.connect(victim.port())) {
      flood(peer, WARNING);
      victim.failed(1, ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE);
      victim.isWellAfter(peer);
    }
  }

  @EachProvider
  void row09_emptyRecordsBeforeTheHelloAreCut(String provider) throws IOException {
    try (Victim victim = Victim.of(provider);
        RawPeer peer = RawPeer.connect(victim.port())) {
      flood(peer, EMPTY_HANDSHAKE);
      victim.failed(1, ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE);
      victim.isWellAfter(peer);
    }
  }

  @EachProvider
  void row09_warningsInTheHandshakeAreCut(String provider) throws IOException {
    floodedHandshake(provider, WARNING);
  }

  @EachProvider
  void row09_changeCipherSpecsInTheHandshakeAreCut(String provider) throws IOException {
    floodedHandshake(provider, CHANGE_CIPHER_SPEC);
  }

  @EachProvider
  void row09_emptyRecordsInTheHandshakeAreCut(String provider) throws IOException {
    floodedHandshake(provider, EMPTY_HANDSHAKE);
  }

  private static void floodedHandshake(String provider, byte... record) throws IOException {
    try (Victim victim =
            Victim.of(provider, options -> options.handshakeTimeout(Duration.ofMinutes(2)));
        RawPeer peer = RawPeer.connect(victim.port())) {
      peer.send(RawHello.naming("localhost"));
      assertEquals(22, peer.read(1)[0], "the server answers");
      flood(peer, record);
      victim.failedByPeers(1);
      victim.isWellAfter(peer);
    }
  }

  @EachProvider
  void row09_emptyRecordsAfterTheHandshakeAreCut(String provider) throws IOException {
    for (ProtocolVersion version : Arrays.asList(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13)) {
      try (Victim victim = Victim.of(provider);
          TlsAttacker attacker = TlsAttacker.connect(victim.port(), version)) {
        TlsAttacker.untilCut(
            () -> {
              for (int i = 0; i < MANY; i++) {
                attacker.record(TlsAttacker.DATA);
              }
            });
        attacker.awaitEnd();
        victim.brokeByPeers(1);
        victim.isWellAfter(attacker);
      }
    }
  }

  @EachProvider
  void row09_warningsAfterTheHandshakeAreCut(String provider) throws IOException {
    try (Victim victim = Victim.of(provider);
        TlsAttacker attacker = TlsAttacker.connect(victim.port(), ProtocolVersion.TLSv12)) {
      TlsAttacker.untilCut(
          () -> {
            for (int i = 0; i < MANY; i++) {
              attacker.record(TlsAttacker.ALERT, (byte) 1, (byte) 90);
            }
          });
      attacker.awaitEnd();
      Patience.until(() -> victim.server().connections() == 0, () -> "the end");
      victim.isWellAfter(attacker);
    }
  }

  @EachProvider
  void row19_aPeerThatNeverReadsIsNotReadEither(String provider) throws Exception {
    CompletableFuture<TLSSocket> accepted = new CompletableFuture<>();
    try (Victim victim =
            Victim.of(
                provider,
                options -> {},
                settings -> {},
                socket -> {
                  accepted.complete(socket);
                  socket.pipeTo(socket);
                });
        TlsAttacker attacker = TlsAttacker.connect(victim.port())) {
      AtomicLong sent = new AtomicLong();
      Thread writer =
          new Thread(
              () ->
                  TlsAttacker.untilCut(
                      () -> {
                        byte[] block = new byte[16_384];
                        while (sent.get() < 96L << 20) {
                          attacker.write(block);
                          sent.addAndGet(block.length);
                        }
                      }),
              "writes and never reads");
      writer.start();
      TLSSocket socket = Patience.await(accepted, "the connection");
      long[] before = {-1};
      Patience.until(
          () -> {
            boolean still =
                !Patience.holdsWithin(() -> sent.get() != before[0], Duration.ofMillis(500));
            before[0] = sent.get();
            return still && sent.get() > 0;
          },
          () -> "the writer to be held up");
      assertTrue(sent.get() < 32L << 20, () -> "it could send " + sent + " bytes");
      long kept = socket.bytesRead() - socket.bytesWritten();
      assertTrue(kept <= 1 << 20, () -> kept + " bytes were read and not answered");
      victim.serves();
      attacker.socket().close();
      writer.join(Patience.NORMAL.toMillis());
      victim.isWellAfter(attacker);
    }
  }
}
