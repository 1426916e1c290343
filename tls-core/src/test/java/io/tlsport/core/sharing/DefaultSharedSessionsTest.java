package io.tlsport.core.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.SharedSessions;
import io.tlsport.SharedSessionsOptions;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;
import io.tlsport.TransportException;
import io.tlsport.core.sharing.Watch.Outcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DefaultSharedSessionsTest {
  private static final byte[] ID = {1};
  private static final byte[] DATA = {2, 3};

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
  private final FakePlace place = new FakePlace();
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final TlsListener observer =
      new TlsListener() {
        @Override
        public void ticketKeyRotated(SharedSessions sessions) {
          told.add("rotated");
        }

        @Override
        public void sharingFailed(SharedSessions sessions, TlsException error) {
          told.add(error.code().code());
        }

        @Override
        public void sharingRestored(SharedSessions sessions) {
          told.add("restored");
        }
      };

  private DefaultSharedSessions process() {
    return new DefaultSharedSessions(
        place,
        SharedSessionsOptions.builder("fake").answerTimeout(Duration.ofMillis(40)).build(),
        now::get,
        new SecureRandom(),
        List.of(observer));
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static String first(DefaultSharedSessions sessions) {
    return HexFormat.of().formatHex(sessions.ticketKeys().get(0));
  }

  private void pass(Duration time) {
    now.updateAndGet(then -> then.plus(time));
  }

  private void away() {
    place.trouble(
        () ->
            CompletableFuture.failedStage(
                new TransportException(ErrorCode.ECONNREFUSED, "nobody there")));
  }

  @Test
  void processesHaveTheSameKeyAndOneWritesIt() {
    List<DefaultSharedSessions> fleet = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      fleet.add(process());
    }
    String before = "";
    for (int rotation = 0; rotation < 3; rotation++) {
      fleet.forEach(sessions -> assertEquals(Outcome.SETTLED, done(sessions.synchronise())));
      String common = first(fleet.get(0));
      assertNotEquals(before, common);
      fleet.forEach(sessions -> assertEquals(common, first(sessions)));
      before = common;
      // When all look for the next key, and when it begins.
      pass(Duration.ofMinutes(100));
      fleet.forEach(sessions -> done(sessions.synchronise()));
      pass(Duration.ofMinutes(20));
    }
    assertEquals(4, place.writes());
    assertEquals(2 * 8, told.stream().filter("rotated"::equals).count());
  }

  @Test
  void storeGivesBackWhatItWasGiven() {
    done(process().newSession(ID, DATA));
    assertArrayEquals(DATA, done(process().resumeSession(ID)).orElseThrow());
    assertTrue(done(process().resumeSession(DATA)).isEmpty());
  }

  @Test
  void placeThatIsAwayIsNoFailureAndIsNotAskedAgain() {
    DefaultSharedSessions sessions = process();
    done(sessions.synchronise());
    String key = first(sessions);
    away();
    done(sessions.newSession(ID, DATA));
    int asked = place.asked();
    for (int i = 0; i < 100; i++) {
      done(sessions.newSession(ID, DATA));
      assertTrue(done(sessions.resumeSession(ID)).isEmpty());
    }
    assertEquals(asked, place.asked());
    assertEquals(Outcome.AWAY, done(sessions.synchronise()));
    assertEquals(key, first(sessions), "the last key that was known");
    place.trouble(null);
    assertEquals(Outcome.SETTLED, done(sessions.synchronise()));
    done(sessions.newSession(ID, DATA));
    assertArrayEquals(DATA, done(sessions.resumeSession(ID)).orElseThrow());
    assertEquals(List.of("ECONNREFUSED", "restored"), told);
  }

  @Test
  void placeThatDoesNotAnswerIsAwayAfterItsTime() {
    DefaultSharedSessions sessions = process();
    place.trouble(CompletableFuture::new);
    assertTrue(done(sessions.resumeSession(ID)).isEmpty());
    int asked = place.asked();
    assertTrue(done(sessions.resumeSession(ID)).isEmpty());
    assertEquals(asked, place.asked());
    assertEquals(List.of("ETIMEDOUT"), told);
  }

  @Test
  void placeThatRefusesIsAskedAgain() {
    DefaultSharedSessions sessions = process();
    place.trouble(() -> CompletableFuture.failedStage(new IllegalStateException("full")));
    done(sessions.newSession(ID, DATA));
    done(sessions.newSession(ID, DATA));
    assertEquals(2, place.asked());
    assertEquals(List.of("EIO"), told);
    place.trouble(null);
    done(sessions.newSession(ID, DATA));
    assertArrayEquals(DATA, done(sessions.resumeSession(ID)).orElseThrow());
  }

  @Test
  void placeThatThrowsIsNoFailure() {
    DefaultSharedSessions sessions = process();
    place.trouble(
        () -> {
          throw new IllegalStateException("broken");
        });
    done(sessions.newSession(ID, DATA));
    assertTrue(done(sessions.resumeSession(ID)).isEmpty());
    done(sessions.synchronise());
    assertEquals(1, sessions.ticketKeys().size());
  }

  @Test
  void garbageAmongTheKeysIsReplaced() {
    DefaultSharedSessions one = process();
    done(one.synchronise());
    String key = first(one);
    place.keys(Optional.of(new byte[] {1, 2, 3}));
    done(one.synchronise());
    DefaultSharedSessions two = process();
    done(two.synchronise());
    assertEquals(key, first(two));
  }

  @Test
  void placeThatWasEmptiedGetsTheKeysBack() {
    DefaultSharedSessions one = process();
    DefaultSharedSessions two = process();
    done(one.synchronise());
    done(two.synchronise());
    String key = first(one);
    place.keys(Optional.empty());
    done(two.synchronise());
    done(one.synchronise());
    assertEquals(key, first(one));
    assertEquals(key, first(two));
    DefaultSharedSessions three = process();
    done(three.synchronise());
    assertEquals(key, first(three));
  }

  @Test
  void longOutageEndsWithOneKeyAndNoTicketLost() {
    DefaultSharedSessions one = process();
    DefaultSharedSessions two = process();
    done(one.synchronise());
    done(two.synchronise());
    away();
    pass(Duration.ofHours(3));
    String own = first(one);
    assertNotEquals(own, first(two), "the common key is used up");
    place.trouble(null);
    done(one.synchronise());
    done(two.synchronise());
    assertEquals(own, first(one));
    assertEquals(own, first(two));
  }

  @Test
  void processesWithoutASourceInCommonHaveDifferentKeys() {
    assertNotEquals(first(process()), first(process()));
  }

  @Test
  void keysRotateByTheClockAlone() {
    RotatingKeys keys =
        new RotatingKeys(RotatingKeys.DEFAULT, now::get, new SecureRandom(), () -> told.add("r"));
    byte[] first = keys.ticketKeys().get(0);
    // The first key of all is an eighth of its life old.
    pass(Duration.ofMinutes(104));
    assertEquals(1, keys.ticketKeys().size());
    pass(Duration.ofMinutes(1));
    List<byte[]> two = keys.ticketKeys();
    assertEquals(2, two.size());
    assertArrayEquals(first, two.get(1));
    assertEquals(List.of("r"), told);
    pass(Duration.ofHours(13).minusSeconds(1));
    assertTrue(keys.ticketKeys().stream().anyMatch(key -> key == first), "decrypts for 13 h");
    pass(Duration.ofSeconds(1));
    assertTrue(keys.ticketKeys().stream().noneMatch(key -> key == first));
  }
}
