package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.tck.fixture.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;

/** Peers whose first message is strange, wrong, or none. */
@Timeout(60)
class HelloRowsTest {
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int PIECE = 16_384;
  private static final int DECODE_ERROR = 50;
  private static final int ILLEGAL_PARAMETER = 47;
  private static final int NO_APPLICATION_PROTOCOL = 120;

  /** On a machine that does other things too; it is a few milliseconds. */
  private static final Duration AT_ONCE = Duration.ofMillis(500);

  @EachProvider
  void row08_aHelloInRecordsOfOneByteIsAnswered(String provider) throws IOException {
    try (Victim victim = Victim.of(provider);
        RawPeer peer = RawPeer.connect(victim.port())) {
      byte[] records = Hello.usual().extension(21, new int[400]).records(1);
      assertTrue(records.length > 6 * 400, "hundreds of records");
      long began = System.nanoTime();
      peer.send(records);
      assertEquals(HANDSHAKE, peer.read(1)[0]);
      assertTrue(System.nanoTime() - began < AT_ONCE.toNanos());
      victim.serves();
    }
  }

  @EachProvider
  void row08_aHelloInSegmentsOfOneByteIsAnswered(String provider) throws IOException {
    try (Victim victim =
            Victim.of(provider, options -> options.handshakeTimeout(Duration.ofMinutes(1)));
        RawPeer peer = RawPeer.connect(victim.port())) {
      for (byte one : Hello.usual().records(PIECE)) {
        peer.send(new byte[] {one});
      }
      assertEquals(HANDSHAKE, peer.read(1)[0]);
    }
  }

  @EachProvider
  void row10_aHelloOfSixteenMebibytesIsRefusedByItsHeader(String provider) throws IOException {
    int many = 200;
    try (Victim victim = Victim.of(provider)) {
      byte[] start = {22, 3, 1, 64, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 3, 3, 0, 0, 0};
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        RawPeer peer = RawPeer.connect(victim.port());
        peer.send(start);
        peers.add(peer);
      }
      for (RawPeer peer : peers) {
        assertAlert(ILLEGAL_PARAMETER, peer);
      }
      victim.failed(many, ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE);
      victim.isWellAfter(peers.toArray(AutoCloseable[]::new));
    }
  }

  private static void assertAlert(int description, RawPeer peer) {
    byte[] alert = peer.readAll();
    assertEquals(7, alert.length, "an alert, and nothing else");
    assertEquals(ALERT, alert[0]);
    assertEquals(2, alert[5], "fatal");
    assertEquals(description, alert[6]);
  }

  @EachProvider
  void row11_aNameInTheLastRecordIsAskedForOnce(String provider) throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Victim victim =
            Victim.of(
                provider,
                options ->
                    options.sniCallback(
                        name -> {
                          asked.add(name);
                          return CompletableFuture.completedStage(Optional.empty());
                        }));
        RawPeer peer = RawPeer.connect(victim.port())) {
      peer.send(Hello.usual().extension(21, new int[2000]).name("last.example.com").records(100));
      assertEquals(HANDSHAKE, peer.read(1)[0]);
      assertEquals(List.of("last.example.com"), asked);
    }
  }

  /** Twice the same; a length beyond the end; half an extension; two bytes too many. */
  @EachProvider
  void row12_brokenExtensionsGetAFatalAlert(String provider) throws IOException {
    List<Hello> broken =
        List.of(
            Hello.usual().extension(23),
            Hello.usual().name("a.example.com").name("b.example.com"),
            Hello.usual().raw(new byte[] {0x12, 0x34, 0x7f, 0x7f, 1}),
            Hello.usual().raw(new byte[] {0x12}),
            Hello.usual().raw(new byte[] {0x12, 0x34, 0}),
            Hello.usual().extension(35_000, 1).raw(new byte[] {0, 0}));
    try (Victim victim = Victim.of(provider)) {
      List<RawPeer> peers = new ArrayList<>();
      for (Hello hello : broken) {
        RawPeer peer = RawPeer.connect(victim.port());
        peers.add(peer);
        peer.send(hello.records(PIECE));
        byte[] answer = peer.readAll();
        assertEquals(7, answer.length, "an alert");
        assertEquals(ALERT, answer[0]);
        assertEquals(2, answer[5], "fatal");
      }
      victim.failedByPeers(broken.size());
      victim.isWellAfter(peers.toArray(AutoCloseable[]::new));
    }
  }

  @EachProvider
  void row12_sixteenThousandExtensionsAreRefusedOrAnsweredAtOnce(String provider)
      throws IOException {
    Hello hello = Hello.usual();
    for (int i = 0; i < 16_000; i++) {
      hello.extension(0x1000 + i);
    }
    try (Victim victim = Victim.of(provider);
        RawPeer peer = RawPeer.connect(victim.port())) {
      peer.send(hello.records(PIECE));
      int first = peer.read(1)[0];
      assertTrue(first == ALERT || first == HANDSHAKE, () -> "record of type " + first);
      victim.isWellAfter(peer);
    }
  }

  @EachProvider
  void row18_whatIsNoTlsIsOneErrorAndGetsNothingBack(String provider) throws IOException {
    byte[] noise = new byte[512];
    new Random(18).nextBytes(noise);
    noise[0] = 0x77;
    List<byte[]> foreign =
        List.of(
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {(byte) 0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10}, // SSLv2
            new byte[] {HANDSHAKE, 2, 0, 0, 0}, // Netty issue 9919
            new byte[64],
            noise);
    try (Victim victim = Victim.of(provider)) {
      List<RawPeer> peers = new ArrayList<>();
      for (byte[] bytes : foreign) {
        RawPeer peer = RawPeer.connect(victim.port());
        peers.add(peer);
        long began = System.nanoTime();
        peer.send(bytes);
        byte[] answer = peer.readAll();
        assertTrue(System.nanoTime() - began < AT_ONCE.toNanos(), "closed at once");
        assertEquals(0, answer.length, "nothing comes back");
      }
      victim.failedByPeers(foreign.size());
      victim.isWellAfter(peers.toArray(AutoCloseable[]::new));
    }
  }

  @EachProvider
  void row26_oddNamesHaveTheSameVerdictOnEveryEngine(String provider) throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    List<String> refused =
        List.of("", "a\0.example.com", "*", "a..b", "x".repeat(64) + ".com", "a\nb", "é.com");
    List<String> taken = List.of("Ab.Example.COM", "xn--bcher-kva.example");
    try (Victim victim =
        Victim.of(
            provider,
            options ->
                options.sniCallback(
                    name -> {
                      asked.add(name);
                      return CompletableFuture.completedStage(Optional.empty());
                    }))) {
      List<RawPeer> peers = new ArrayList<>();
      for (String name : refused) {
        RawPeer peer = RawPeer.connect(victim.port());
        peers.add(peer);
        peer.send(Hello.usual().name(name).records(PIECE));
        assertAlert(ILLEGAL_PARAMETER, peer);
      }
      assertEquals(List.of(), asked);
      victim.failed(refused.size(), ErrorCode.ERR_SSL_DECODE_ERROR);
      for (String name : taken) {
        RawPeer peer = RawPeer.connect(victim.port());
        peers.add(peer);
        peer.send(Hello.usual().name(name).records(PIECE));
        assertEquals(HANDSHAKE, peer.read(1)[0], name);
      }
      assertEquals(List.of("ab.example.com", "xn--bcher-kva.example"), asked);
      victim.isFreeAfter(peers.toArray(AutoCloseable[]::new));
    }
  }

  /** An empty list, an empty name, a list that is longer than it says, no overlap. */
  @EachProvider
  void row28_brokenProtocolListsAreRefusedAndSoIsNoOverlap(String provider) throws IOException {
    byte[] many = new byte[2 + 255 * 3];
    many[0] = (byte) ((many.length - 2) >> 8);
    many[1] = (byte) (many.length - 2);
    for (int at = 2; at < many.length; at += 3) {
      many[at] = 2;
      many[at + 1] = 'x';
      many[at + 2] = (byte) at;
    }
    try (Victim victim = Victim.of(provider, options -> options.alpnProtocols("h2"))) {
      List<RawPeer> peers = new ArrayList<>();
      for (byte[] list :
          List.of(new byte[] {0, 0}, new byte[] {0, 1, 0}, new byte[] {0, 3, 5, 'h', '2'})) {
        RawPeer peer = RawPeer.connect(victim.port());
        peers.add(peer);
        peer.send(Hello.usual().protocols(list).records(PIECE));
        assertAlert(DECODE_ERROR, peer);
      }
      for (byte[] list : List.of(new byte[] {0, 3, 2, 'h', '3'}, many)) {
        RawPeer peer = RawPeer.connect(victim.port());
        peers.add(peer);
        peer.send(Hello.usual().protocols(list).records(PIECE));
        assertAlert(NO_APPLICATION_PROTOCOL, peer);
      }
      victim.failedByPeers(5);
      victim.isWellAfter(peers.toArray(AutoCloseable[]::new));
    }
  }
}
