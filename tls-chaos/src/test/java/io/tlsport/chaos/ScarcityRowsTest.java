package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose process has less of something than its peers would take. */
@Tag("long")
@Timeout(120)
class ScarcityRowsTest {
  private static final int LIMIT = 1500;
  private static final int CONNECTS = 2500;
  private static final Duration BACK = Duration.ofSeconds(5);
  private static final Duration WATCHED = Duration.ofSeconds(2);

  @TempDir Path folder;

  /** Without waiting: behind what the server accepts some are never answered. */
  private static List<SocketChannel> connects(int port) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < CONNECTS; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channels.add(channel);
    }
    return channels;
  }

  /**
   * It has logged nothing before it is attacked: what an error path needs is there all the same.
   */
  private void survives(String provider, int spare) throws IOException {
    try (TargetProcess target = TargetProcess.start(folder, provider, spare, LIMIT)) {
      List<SocketChannel> channels = connects(target.port());
      Duration before = target.cpu();
      long began = System.nanoTime();
      // Nothing is to happen meanwhile: that it does nothing is what is looked at.
      Patience.holdsWithin(() -> !target.isAlive(), WATCHED);
      assertTrue(target.isAlive(), "it has ended");
      Duration used = target.cpu().minus(before);
      Duration watched = Duration.ofNanos(System.nanoTime() - began);
      for (SocketChannel channel : channels) {
        channel.close();
      }
      assertTrue(
          Patience.holdsWithin(target::serves, BACK),
          () -> "it does not serve again: " + target.errors());
      assertTrue(
          used.compareTo(watched.multipliedBy(3).dividedBy(4)) < 0,
          () -> "of " + watched + " it was busy " + used);
    }
  }

  @EachProvider
  void row03_descriptorsAreLeftForTheRestOfTheProcess(String provider) throws IOException {
    survives(provider, 200);
  }

  /** The limit is reached in fact: accepting fails, and goes on later. */
  @EachProvider
  void row03_aProcessWithoutDescriptorsServesAgainWhenItHasSome(String provider)
      throws IOException {
    survives(provider, 0);
  }

  /** Half a record each, of 16 KiB: more than there is, if each had a buffer of that size. */
  @EachProvider
  void row04_halfRecordsOfManyPeersFitIntoLittleDirectMemory(String provider) throws IOException {
    byte[] half = new byte[5 + 8192];
    half[0] = 22;
    half[1] = 3;
    half[2] = 1;
    half[3] = 0x3f;
    half[4] = (byte) 0xff;
    half[5] = 1;
    half[7] = 0x3f;
    half[8] = (byte) 0xf0;
    half[9] = 3;
    half[10] = 3;
    try (TargetProcess target =
        TargetProcess.start(folder, provider, 200, 8000, "-XX:MaxDirectMemorySize=64m")) {
      assertTrue(Patience.holdsWithin(target::serves, BACK), target::errors);
      List<RawPeer> peers = new ArrayList<>();
      try {
        for (int i = 0; i < 2000; i++) {
          RawPeer peer = RawPeer.connect(target.port());
          peers.add(peer);
          peer.send(half);
        }
        assertTrue(
            Patience.holdsWithin(target::serves, BACK),
            () -> "it serves nobody meanwhile: " + target.errors());
      } finally {
        for (RawPeer peer : peers) {
          peer.close();
        }
      }
      assertTrue(
          Patience.holdsWithin(target::serves, BACK),
          () -> "it does not serve again: " + target.errors());
    }
  }
}
