package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.SecureContext;
import io.tlsport.ServerOptions;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;

/** Callbacks of the application that fail, rave, never answer, or block. */
@Timeout(60)
class CallbackRowsTest {
  private static final int HANDSHAKE = 22;
  private static final int INTERNAL_ERROR = 80;
  private static final byte[] PROTOCOLS = {0, 3, 2, 'h', '2'};

  private static byte[] hello(String name) {
    return Hello.usual().name(name).protocols(PROTOCOLS).records(16_384);
  }

  /** What nobody should write, and somebody will. */
  @SuppressWarnings("NullAway") // a null where none is meant is what is tried
  private static List<Consumer<ServerOptions.Builder>> rubbish() {
    return List.of(
        options ->
            options.sniCallback(
                name -> {
                  throw new IllegalStateException("broken");
                }),
        options ->
            options.sniCallback(
                name -> {
                  throw new AssertionError("broken");
                }),
        options -> options.sniCallback(name -> null),
        options -> options.sniCallback(name -> CompletableFuture.completedStage(null)),
        options -> options.sniCallback(name -> CompletableFuture.failedStage(new IOException())),
        options ->
            options.alpnCallback(
                (name, offered) -> {
                  throw new IllegalStateException();
                }),
        options ->
            options.alpnCallback(
                (name, offered) -> {
                  throw new AssertionError("broken");
                }),
        options -> options.alpnCallback((name, offered) -> null),
        options -> options.alpnCallback((name, offered) -> Optional.of("not offered")));
  }

  @EachProvider
  void row29_whatACallbackThrowsOrRavesIsOneInternalError(String provider) throws IOException {
    for (Consumer<ServerOptions.Builder> callback : rubbish()) {
      try (Victim victim = Victim.of(provider, callback);
          RawPeer peer = RawPeer.connect(victim.port())) {
        peer.send(hello("localhost"));
        byte[] alert = peer.readAll();
        assertEquals(7, alert.length, "an alert, and nothing else");
        assertEquals(INTERNAL_ERROR, alert[6]);
        victim.failedByCallback(1);
        victim.isFreeAfter(peer);
      }
    }
  }

  @EachProvider
  void row29_aCallbackThatNeverAnswersIsBoundedAndALateAnswerChangesNothing(String provider)
      throws IOException {
    CompletableFuture<Optional<SecureContext>> late = new CompletableFuture<>();
    try (Victim victim =
            Victim.of(
                provider,
                options ->
                    options.sniCallback(name -> name.equals("late.example.com") ? late : now()));
        RawPeer peer = RawPeer.connect(victim.port())) {
      peer.send(hello("late.example.com"));
      assertEquals(0, peer.readAll().length);
      victim.failed(1, ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT);
      late.complete(Optional.empty());
      late.complete(Optional.empty());
      victim.isWellAfter(peer);
      victim.failed(1, ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT);
    }
  }

  private static CompletionStage<Optional<SecureContext>> now() {
    return CompletableFuture.completedStage(Optional.empty());
  }

  /** More than there are loops. */
  @EachProvider
  void row30_callbacksThatBlockHoldUpNobodyElseWithAnExecutor(String provider) throws IOException {
    int blocked = 24;
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(blocked);
    ExecutorService executor = Executors.newCachedThreadPool();
    try (Victim victim =
        Victim.of(
            provider,
            options ->
                options
                    .handshakeTimeout(Duration.ofMinutes(1))
                    .sniCallback(
                        name -> {
                          if (name.equals("slow.example.com")) {
                            entered.countDown();
                            block(over);
                          }
                          return now();
                        }),
            settings -> settings.callbackExecutor(executor))) {
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < blocked; i++) {
        RawPeer peer = RawPeer.connect(victim.port());
        peer.send(hello("slow.example.com"));
        peers.add(peer);
      }
      block(entered);
      assertEquals(0, entered.getCount(), "all of them block");
      for (int i = 0; i < 10; i++) {
        victim.serves();
      }
      over.countDown();
      for (RawPeer peer : peers) {
        assertEquals(HANDSHAKE, peer.read(1)[0], "it goes on where it was");
      }
      victim.isWellAfter(peers.toArray(AutoCloseable[]::new));
    } finally {
      over.countDown();
      executor.shutdownNow();
    }
  }

  private static void block(CountDownLatch latch) {
    try {
      assertTrue(
          latch.await(Patience.NORMAL.toSeconds(), java.util.concurrent.TimeUnit.SECONDS),
          "it waited too long");
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** Names of a peer in an error: one line, of bounded length, without commands to a terminal. */
  @EachProvider
  void row37_whatAPeerSaysStandsEscapedInErrors(String provider) throws IOException {
    byte[] evil = "\r\nall is well \u001b[2J".getBytes(StandardCharsets.US_ASCII);
    byte[] list = new byte[3 + evil.length];
    list[1] = (byte) (evil.length + 1);
    list[2] = (byte) evil.length;
    System.arraycopy(evil, 0, list, 3, evil.length);
    try (Victim victim = Victim.of(provider, options -> options.alpnProtocols("h2"));
        RawPeer peer = RawPeer.connect(victim.port())) {
      peer.send(Hello.usual().protocols(list).records(16_384));
      peer.readAll();
      String message = victim.failedByPeers(1).get(0).getMessage();
      assertTrue(message.contains("\\u000d\\u000aall is well \\u001b[2J"), message);
      assertEquals(1, message.lines().count());
    }
  }
}
