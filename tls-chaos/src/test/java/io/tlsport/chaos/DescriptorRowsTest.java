package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.TestIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More connections than the process may have descriptors, before it has logged a line. */
@Timeout(120)
class DescriptorRowsTest {
  private static final int LIMIT = 1500;
  private static final int CONNECTS = 2500;
  private static final Duration BACK = Duration.ofSeconds(5);
  private static final Duration WATCHED = Duration.ofSeconds(2);

  @TempDir Path folder;

  private Process start(String provider, int spare) throws IOException {
    TestIdentity identity = Identities.server();
    Path key = Files.write(folder.resolve("key.pem"), identity.key().bytes());
    Path chain = Files.write(folder.resolve("chain.pem"), identity.chain().bytes());
    return new ProcessBuilder(
            "sh",
            "-c",
            "ulimit -n " + LIMIT + "; exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DescriptorTarget.class.getName(),
            provider,
            key.toString(),
            chain.toString(),
            String.valueOf(spare))
        .redirectError(folder.resolve("errors.txt").toFile())
        .start();
  }

  private static int port(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String line = out.readLine();
    assertTrue(line != null, "it did not start");
    return Integer.parseInt(String.valueOf(line));
  }

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

  private static boolean serves(Tls tls, int port) {
    TLSSocket friend =
        tls.connect(
            ConnectOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .servername("localhost")
                .connectTimeout(Duration.ofSeconds(1))
                .handshakeTimeout(Duration.ofSeconds(1))
                .context(context -> context.ca(Identities.ca()))
                .build());
    CompletableFuture<Boolean> back = new CompletableFuture<>();
    friend.onError(error -> back.complete(false));
    friend.onData(data -> back.complete(true));
    friend.onClose(() -> back.complete(false));
    friend.write(ByteBuffer.wrap(new byte[] {1}));
    boolean served = Patience.await(back, "the echo of a friend, or its error");
    friend.destroy();
    return served;
  }

  private void survives(String provider, int spare) throws Exception {
    Process process = start(provider, spare);
    try (Tls friends = Tls.builder().provider("jdk").build()) {
      int port = port(process);
      List<SocketChannel> channels = connects(port);
      Duration before = cpu(process);
      long began = System.nanoTime();
      // Nothing is to happen meanwhile: that it does nothing is what is looked at.
      Patience.holdsWithin(() -> !process.isAlive(), WATCHED);
      assertTrue(process.isAlive(), "it has ended");
      Duration used = cpu(process).minus(before);
      Duration watched = Duration.ofNanos(System.nanoTime() - began);
      for (SocketChannel channel : channels) {
        channel.close();
      }
      assertTrue(
          Patience.holdsWithin(() -> serves(friends, port), BACK),
          () -> "it does not serve again: " + errors());
      assertTrue(
          used.compareTo(watched.multipliedBy(3).dividedBy(4)) < 0,
          () -> "of " + watched + " it was busy " + used);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Duration cpu(Process process) {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors.txt"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @EachProvider
  @Tag("long")
  void row03_descriptorsAreLeftForTheRestOfTheProcess(String provider) throws Exception {
    survives(provider, 200);
  }

  /** The limit is reached in fact: accepting fails, and goes on later. */
  @EachProvider
  @Tag("long")
  void row03_aProcessWithoutDescriptorsServesAgainWhenItHasSome(String provider) throws Exception {
    survives(provider, 0);
  }
}
