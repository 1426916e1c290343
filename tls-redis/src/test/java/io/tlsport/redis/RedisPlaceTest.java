package io.tlsport.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SharedSessions;
import io.tlsport.SharedSessionsOptions;
import io.tlsport.Tls;
import io.tlsport.TransportException;
import io.tlsport.spi.SharedPlace;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RedisPlaceTest {
  private static final byte[] ID = {1, 2, (byte) 0xfe};
  private static final byte[] DATA = {'\r', '\n', 0, 42};
  private static final Duration TIMEOUT = Duration.ofMillis(250);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private interface Work {
    void with(RedisServer server) throws Exception;
  }

  private static void onRedis(Work work) throws Exception {
    if (RedisServer.isInstalled()) {
      try (RedisServer server = RedisServer.start()) {
        work.with(server);
      }
    }
  }

  private static SharedPlace open(RedisServer server) {
    return new RedisPlaceFactory().open(server.address(), TIMEOUT);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** A first connection takes longer than an answer may. */
  private static SharedPlace connected(RedisServer server) {
    SharedPlace place = open(server);
    until(() -> succeeds(place), "a connection");
    return place;
  }

  private static boolean succeeds(SharedPlace place) {
    try {
      done(place.keys());
      return true;
    } catch (CompletionException notYet) {
      return false;
    }
  }

  private static void until(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.onSpinWait();
    }
  }

  private static Throwable failure(CompletionStage<?> stage) {
    Throwable thrown =
        Objects.requireNonNull(
            assertThrows(CompletionException.class, () -> done(stage)).getCause());
    String shown = String.valueOf(thrown);
    assertFalse(shown.contains("s/word") || shown.contains("wrong-word"), "shows the password");
    return thrown;
  }

  @Test
  void sessionsArePassedOnForTheirTime() throws Exception {
    onRedis(
        server -> {
          try (SharedPlace one = connected(server);
              SharedPlace two = connected(server)) {
            done(one.keepSession(ID, DATA, MINUTE));
            assertArrayEquals(DATA, done(two.session(ID)).orElseThrow());
            assertTrue(done(two.session(DATA)).isEmpty());
            long left =
                Long.parseLong(
                    server.command("PTTL", "tlsport:session:0102fe").substring(1).trim());
            assertTrue(left > 50_000 && left <= 60_000, () -> left + " ms");
          }
        });
  }

  @Test
  void oneOfTwoWritersWins() throws Exception {
    onRedis(
        server -> {
          try (SharedPlace one = connected(server);
              SharedPlace two = connected(server)) {
            assertTrue(done(one.replaceKeys(Optional.empty(), DATA)));
            assertFalse(done(two.replaceKeys(Optional.empty(), ID)));
            assertFalse(done(two.replaceKeys(Optional.of(ID), ID)));
            assertArrayEquals(DATA, done(two.keys()).orElseThrow());
            assertTrue(done(two.replaceKeys(Optional.of(DATA), ID)));
            assertArrayEquals(ID, done(one.keys()).orElseThrow());
          }
        });
  }

  @Test
  void valuesOfOtherTypesAreNothingAndAreReplaced() throws Exception {
    onRedis(
        server -> {
          server.command("LPUSH", "tlsport:ticket-keys", "x");
          server.command("LPUSH", "tlsport:session:0102fe", "x");
          try (SharedPlace place = connected(server)) {
            assertTrue(done(place.keys()).isEmpty());
            assertTrue(done(place.replaceKeys(Optional.empty(), DATA)));
            assertArrayEquals(DATA, done(place.keys()).orElseThrow());
            failure(place.session(ID));
            done(place.keepSession(ID, DATA, MINUTE));
            assertArrayEquals(DATA, done(place.session(ID)).orElseThrow());
          }
        });
  }

  @Test
  void ofHugeValuesTheBeginningIsRead() throws Exception {
    onRedis(
        server -> {
          server.command("SETRANGE", "tlsport:ticket-keys", "50000000", "x");
          try (SharedPlace place = connected(server)) {
            Optional<byte[]> read = done(place.keys());
            assertEquals((1 << 20) + 1, read.orElseThrow().length);
            assertTrue(done(place.replaceKeys(read, DATA)));
          }
        });
  }

  @Test
  void fullRedisRefusesAndIsNotAway() throws Exception {
    onRedis(
        server -> {
          try (SharedPlace place = connected(server)) {
            server.command("CONFIG", "SET", "maxmemory", "1");
            Throwable refused = failure(place.keepSession(ID, DATA, MINUTE));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("OOM"), refused::toString);
            assertFalse(refused instanceof TransportException);
            assertTrue(done(place.session(ID)).isEmpty());
            server.command("CONFIG", "SET", "maxmemory", "0");
            done(place.keepSession(ID, DATA, MINUTE));
          }
        });
  }

  @Test
  void redisThatIsFrozenIsAwayInTimeAndComesBack() throws Exception {
    onRedis(
        server -> {
          try (SharedPlace place = connected(server)) {
            server.freeze();
            long start = System.nanoTime();
            assertAway(ErrorCode.ETIMEDOUT, failure(place.session(ID)));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis < 2_000, () -> millis + " ms");
            server.thaw();
            until(() -> succeeds(place), "an answer");
          }
        });
  }

  @Test
  void connectionThroughWhichNothingComesIsReplaced() throws Exception {
    onRedis(
        server -> {
          try (SharedPlace place = connected(server)) {
            server.freeze();
            for (int i = 0; i < 9; i++) {
              failure(place.session(ID));
            }
            server.thaw();
            until(() -> succeeds(place), "an answer");
          }
        });
  }

  @Test
  void redisThatWasKilledIsAwayUntilItIsBack() throws Exception {
    onRedis(
        server -> {
          try (SharedPlace place = connected(server)) {
            done(place.replaceKeys(Optional.empty(), DATA));
            server.kill();
            assertInstanceOf(TransportException.class, failure(place.keys()));
            server.restart();
            until(() -> succeeds(place), "an answer");
            assertTrue(done(place.keys()).isEmpty());
          }
        });
  }

  @Test
  void redisThatWasNeverThereIsAway() throws Exception {
    onRedis(
        server -> {
          server.kill();
          try (SharedPlace place = open(server)) {
            Throwable away = failure(place.keys());
            assertAway(ErrorCode.ECONNREFUSED, away);
            assertTrue(
                String.valueOf(away.getMessage()).contains("127.0.0.1:" + server.port()),
                away::toString);
            server.restart();
            until(() -> succeeds(place), "an answer");
          }
        });
  }

  @Test
  void wrongPasswordIsToldAndNotShown() throws Exception {
    onRedis(
        server -> {
          String wrong = "redis://:wrong-word@127.0.0.1:" + server.port();
          try (SharedPlace place = new RedisPlaceFactory().open(wrong, Duration.ofSeconds(5))) {
            Throwable away = failure(place.keys());
            assertAway(ErrorCode.ECONNREFUSED, away);
            assertTrue(String.valueOf(away.getMessage()).contains("WRONGPASS"), away::toString);
          }
        });
  }

  private static void assertAway(ErrorCode code, Throwable thrown) {
    assertEquals(code, assertInstanceOf(TransportException.class, thrown).code(), thrown::toString);
  }

  @Test
  void malformedAddressIsRefusedWithoutItsPassword() {
    for (String address :
        new String[] {"redis://", "redis://:word@", "redis://:word@host:port", "rediss://%zz"}) {
      ConfigurationException refused =
          assertThrows(
              ConfigurationException.class, () -> new RedisPlaceFactory().open(address, TIMEOUT));
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
      assertFalse(refused.getMessage().contains(":word"), refused::getMessage);
    }
  }

  // --- as applications use it

  private static SharedSessions shared(Tls tls, RedisServer server) {
    return tls.createSharedSessions(
        SharedSessionsOptions.builder(server.address()).answerTimeout(TIMEOUT).build());
  }

  private static String first(SharedSessions sessions) {
    return HexFormat.of().formatHex(sessions.ticketKeys().get(0));
  }

  @Test
  void runtimesShareKeysAndSessionsAndSurviveAnEmptyRestart() throws Exception {
    onRedis(
        server -> {
          try (Tls here = Tls.builder().provider("bctls").build();
              Tls there = Tls.builder().provider("bctls").build()) {
            SharedSessions one = shared(here, server);
            SharedSessions two = shared(there, server);
            String key = first(one);
            assertEquals(key, first(two));
            done(one.newSession(ID, DATA));
            assertArrayEquals(DATA, done(two.resumeSession(ID)).orElseThrow());
            server.kill();
            done(one.newSession(ID, DATA));
            assertTrue(done(two.resumeSession(ID)).isEmpty());
            assertEquals(key, first(one));
            server.restart();
            until(() -> keysAreBack(server), "the keys to be written back");
            assertEquals(key, first(shared(there, server)));
            until(
                () -> {
                  done(one.newSession(ID, DATA));
                  return Arrays.equals(DATA, done(two.resumeSession(ID)).orElse(ID));
                },
                "sessions to be shared again");
          }
        });
  }

  private static boolean keysAreBack(RedisServer server) {
    try {
      return !server.command("STRLEN", "tlsport:ticket-keys").startsWith(":0");
    } catch (java.io.IOException notYet) {
      return false;
    }
  }

  @Test
  void runtimeStartsWithoutRedis() throws Exception {
    onRedis(
        server -> {
          server.kill();
          try (Tls here = Tls.builder().provider("bctls").build();
              Tls there = Tls.builder().provider("bctls").build()) {
            SharedSessions one = shared(here, server);
            SharedSessions two = shared(there, server);
            assertNotEquals(first(one), first(two));
            server.restart();
            until(() -> first(one).equals(first(two)), "a common key");
          }
        });
  }
}
