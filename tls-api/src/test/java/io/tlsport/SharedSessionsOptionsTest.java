package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SharedSessionsOptionsTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private static SharedSessionsOptions.Builder builder() {
    return SharedSessionsOptions.builder("memory");
  }

  private static void outOfRange(Executable setter) {
    assertEquals(
        ErrorCode.ERR_OUT_OF_RANGE, assertThrows(ConfigurationException.class, setter).code());
  }

  @Test
  void defaultsAreDocumented() {
    SharedSessionsOptions options = builder().build();
    assertEquals("memory", options.place());
    assertEquals(Duration.ofHours(2), options.keysIssueFor());
    assertEquals(Duration.ofHours(13), options.keysDecryptFor());
    assertEquals(Duration.ofMinutes(5), options.sessionTimeout());
    assertEquals(Duration.ofMillis(250), options.answerTimeout());
  }

  @Test
  void timesHaveTheirRanges() {
    for (Duration wrong :
        new Duration[] {Duration.ZERO, Duration.ofMillis(999), WEEK.plusNanos(1)}) {
      outOfRange(() -> builder().keysIssueFor(wrong));
      outOfRange(() -> builder().keysDecryptFor(wrong));
    }
    assertEquals(WEEK, builder().keysIssueFor(WEEK).build().keysIssueFor());
    assertEquals(WEEK, builder().keysDecryptFor(WEEK).build().keysDecryptFor());
    outOfRange(() -> builder().sessionTimeout(Duration.ZERO));
    outOfRange(() -> builder().sessionTimeout(Duration.ofSeconds(1L << 31)));
    Duration longest = Duration.ofSeconds(Integer.MAX_VALUE);
    assertEquals(longest, builder().sessionTimeout(longest).build().sessionTimeout());
    outOfRange(() -> builder().answerTimeout(Duration.ZERO));
    outOfRange(() -> builder().answerTimeout(Duration.ofMillis(10_001)));
    assertEquals(
        Duration.ofSeconds(10),
        builder().answerTimeout(Duration.ofSeconds(10)).build().answerTimeout());
  }

  @Test
  void placeIsNeeded() {
    assertEquals(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        assertThrows(ConfigurationException.class, () -> SharedSessionsOptions.builder("")).code());
  }
}
