package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.tck.fixture.RawHello;
import io.tlsport.tck.fixture.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Peers that say nothing, or next to nothing. */
@Timeout(60)
class SilenceRowsTest {
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static List<RawPeer> silent(Victim victim, int count) {
    List<RawPeer> peers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      peers.add(RawPeer.connect(victim.port()));
    }
    return peers;
  }

  private static void allCut(List<RawPeer> peers) throws IOException {
    for (RawPeer peer : peers) {
      assertEquals(0, peer.readAll().length, "a silent peer is told nothing");
      peer.close();
    }
  }

  @EachProvider
  void row01_silentPeersAreCutAtTheDeadline(String provider) throws IOException {
    silent(provider, 500);
  }

  @EachProvider
  @Tag("long")
  @Timeout(300)
  void row01_nineThousandSilentPeersAreCutAtTheDeadline(String provider) throws IOException {
    // Both ends of each connection are in this process, which may have 20,000 descriptors.
    silent(provider, provider.equals("conscrypt") ? 4000 : 9000);
  }

  private static void silent(String provider, int count) throws IOException {
    Duration deadline = Victim.HANDSHAKE.plusMillis(count);
    try (Victim victim = Victim.of(provider, options -> options.handshakeTimeout(deadline))) {
      victim.serves();
      List<RawPeer> peers = silent(victim, count);
      long began = System.nanoTime();
      victim.serves();
      allCut(peers);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertTrue(took.compareTo(deadline.plus(TOLERANCE)) < 0, () -> "cut after " + took);
      victim.failed(count, ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT);
      victim.isWellAfter();
    }
  }

  @EachProvider
  void row02_progressExtendsNoDeadline(String provider) throws IOException {
    try (Victim victim = Victim.of(provider)) {
      byte[] hello = RawHello.naming("localhost");
      try (RawPeer peer = RawPeer.connect(victim.port())) {
        long began = System.nanoTime();
        int sent = 0;
        while (sent < hello.length && peer.drip(hello[sent], Duration.ofMillis(50))) {
          sent++;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(sent < hello.length, "the hello was read to its end");
        assertTrue(took.compareTo(Victim.HANDSHAKE.plus(TOLERANCE)) < 0, () -> "cut after " + took);
      }
      victim.failed(1, ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT);
      victim.isWellAfter();
    }
  }

  @EachProvider
  void row02_thatAPeerStallsBehindTheServerHelloExtendsNoDeadline(String provider)
      throws IOException {
    try (Victim victim = Victim.of(provider)) {
      try (RawPeer peer = RawPeer.connect(victim.port())) {
        peer.send(RawHello.naming("localhost"));
        assertEquals(22, peer.read(1)[0], "the server answers");
        peer.readAll();
      }
      victim.failed(1, ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT);
      victim.isWellAfter();
    }
  }
}
