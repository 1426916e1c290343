package io.tlsport.core.policy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.SessionStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultClientSessionCacheTest {
  private static final SessionOrigin OWNER = origin(1);
  private static final ServerKey SERVER = server("a.example", 443);
  private static final ServerKey OTHER = server("b.example", 443);

  private Instant now = Instant.EPOCH;
  private final DefaultClientSessionCache cache = cache(100);

  private static SessionOrigin origin(int instance) {
    return new SessionOrigin("jdk", Optional.of(new byte[] {(byte) instance}));
  }

  private DefaultClientSessionCache cache(int maxSessions) {
    return new DefaultClientSessionCache(OWNER, maxSessions, () -> now);
  }

  private static ServerKey server(String host, int port) {
    return new ServerKey(
        host, port, Optional.empty(), "00", List.of(), List.of(ProtocolVersion.TLS_1_3), List.of());
  }

  private static Session session(String name) {
    return Session.of(name.getBytes(StandardCharsets.UTF_8));
  }

  private void assertTakes(String name) {
    assertEquals(Optional.of(session(name)), cache.take(SERVER));
  }

  private void assertTakesNothing() {
    assertEquals(Optional.empty(), cache.take(SERVER));
  }

  @Test
  void reusableSessionStays() {
    cache.keep(SERVER, session("one"), false);
    assertTakes("one");
    assertTakes("one");
    assertEquals(1, cache.size());
  }

  @Test
  void singleUseSessionIsTakenOut() {
    cache.keep(SERVER, session("one"), true);
    assertTakes("one");
    assertTakesNothing();
    assertEquals(0, cache.size());
  }

  @Test
  void severalSingleUseSessionsServeSeveralConnectionsNewestFirst() {
    cache.keep(SERVER, session("one"), true);
    cache.keep(SERVER, session("two"), true);
    assertTakes("two");
    assertTakes("one");
    assertTakesNothing();
  }

  @Test
  void ofReusableSessionsTheNewestIsKeptAlone() {
    cache.keep(SERVER, session("one"), false);
    cache.keep(SERVER, session("two"), false);
    assertEquals(1, cache.size());
    assertTakes("two");
  }

  @Test
  void sessionThatIsToldAgainIsKeptOnce() {
    cache.keep(SERVER, session("one"), true);
    cache.keep(SERVER, session("one"), true);
    assertTakes("one");
    assertTakesNothing();
  }

  @Test
  void kindsDoNotMix() {
    cache.keep(SERVER, session("reusable"), false);
    cache.keep(SERVER, session("single"), true);
    assertTakes("single");
    assertTakesNothing();
    cache.keep(SERVER, session("single"), true);
    cache.keep(SERVER, session("reusable"), false);
    assertEquals(1, cache.size());
    assertTakes("reusable");
  }

  @Test
  void serversKeepToThemselves() {
    cache.keep(SERVER, session("one"), false);
    assertEquals(Optional.empty(), cache.take(OTHER));
    assertEquals(Optional.empty(), cache.take(server("a.example", 8443)));
    assertTakes("one");
  }

  @Test
  void droppedSessionIsGone() {
    cache.keep(SERVER, session("one"), false);
    cache.drop(OTHER, session("one"));
    cache.drop(SERVER, session("two"));
    assertTakes("one");
    cache.drop(SERVER, session("one"));
    assertTakesNothing();
    assertEquals(0, cache.size());
  }

  @Test
  void sessionThatIsOfferedOtherwiseIsSpentToo() {
    cache.keep(SERVER, session("single"), true);
    cache.offered(SERVER, session("single"));
    assertTakesNothing();
    cache.keep(SERVER, session("reusable"), false);
    cache.offered(SERVER, session("reusable"));
    assertTakes("reusable");
  }

  @Test
  void leastRecentlyUsedServerMakesRoom() {
    DefaultClientSessionCache two = cache(2);
    two.keep(SERVER, session("one"), false);
    two.keep(OTHER, session("two"), false);
    two.take(SERVER);
    two.keep(server("c.example", 443), session("three"), false);
    assertEquals(2, two.size());
    assertEquals(Optional.empty(), two.take(OTHER));
    assertEquals(Optional.of(session("one")), two.take(SERVER));
  }

  @Test
  void oneServerDoesNotPutOutTheOthers() {
    cache.keep(OTHER, session("other"), false);
    for (int i = 0; i < 1000; i++) {
      cache.keep(SERVER, session("s" + i), true);
    }
    assertEquals(DefaultClientSessionCache.MOST_OF_ONE + 1, cache.size());
    assertEquals(Optional.of(session("other")), cache.take(OTHER));
    assertTakes("s999");
  }

  @Test
  void oldestOfAServerMakesRoomWhenItIsAlone() {
    DefaultClientSessionCache two = cache(2);
    for (String name : List.of("one", "two", "three")) {
      two.keep(SERVER, session(name), true);
    }
    assertEquals(2, two.size());
    assertEquals(Optional.of(session("three")), two.take(SERVER));
    assertEquals(Optional.of(session("two")), two.take(SERVER));
    assertEquals(Optional.empty(), two.take(SERVER));
  }

  @Test
  void sessionIsOverAfterADay() {
    cache.keep(SERVER, session("one"), false);
    now = now.plus(Duration.ofHours(24));
    assertTakes("one");
    now = now.plusMillis(1);
    assertTakesNothing();
    assertEquals(0, cache.size());
  }

  @Test
  void clearDropsAll() {
    cache.keep(SERVER, session("one"), false);
    cache.keep(OTHER, session("two"), true);
    cache.clear();
    assertEquals(0, cache.size());
    assertTakesNothing();
  }

  @Test
  void countsWhatItIsAskedAndGiven() {
    assertTakesNothing();
    cache.keep(SERVER, session("one"), true);
    assertTakes("one");
    assertTakesNothing();
    cache.secured(false);
    cache.secured(true);
    cache.secured(true);
    cache.clear();
    assertEquals(new SessionStatistics(1, 2, 3, 1, 2, 0, 1), cache.statistics());
    assertEquals(3, cache.statistics().handshakes());
  }

  @Test
  void belongsToOneRuntime() {
    assertTrue(cache.isOf(origin(1)));
    assertFalse(cache.isOf(origin(2)));
    assertFalse(cache.isOf(new SessionOrigin("bctls", Optional.of(new byte[] {1}))));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
  void refusesASizeOutsideOfItsRange(int size) {
    ConfigurationException refused = assertThrows(ConfigurationException.class, () -> cache(size));
    assertEquals(ErrorCode.ERR_OUT_OF_RANGE, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(String.valueOf(size)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void takesASizeWithinItsRange(int size) {
    assertEquals(size, cache(size).maxSessions());
  }

  @Test
  void noSingleUseSessionIsGivenTwice() throws Exception {
    int threads = 4;
    int each = 200;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<List<Session>>> work =
          IntStream.range(0, threads)
              .<Callable<List<Session>>>mapToObj(thread -> () -> work(thread, each))
              .toList();
      List<Session> taken = new ArrayList<>();
      for (Future<List<Session>> done : pool.invokeAll(work)) {
        taken.addAll(done.get());
      }
      assertFalse(taken.isEmpty());
      taken.forEach(session -> assertEquals(1, Collections.frequency(taken, session)));
    } finally {
      pool.shutdown();
    }
  }

  private List<Session> work(int thread, int rounds) {
    List<Session> taken = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      cache.keep(SERVER, session(thread + "/" + i), true);
      cache.take(SERVER).ifPresent(taken::add);
      cache.take(SERVER).ifPresent(taken::add);
    }
    return taken;
  }
}
