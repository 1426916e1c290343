package io.tlsport.core.policy.renego;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.RenegotiationLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RenegotiationLimiterProperties {
  private static final long START = Long.MAX_VALUE - 50;

  private long now = START;

  private RenegotiationLimiter limiter(int limit, Duration window) {
    return new RenegotiationLimiter(new RenegotiationLimits(limit, window), () -> now);
  }

  /** The model keeps everything that was granted, and counts. */
  @Property
  void grantsAsManyInAnyWindowAsTheLimitAndNeverFewer(
      @ForAll @IntRange(max = 5) int limit,
      @ForAll @LongRange(min = 1, max = 100) long window,
      @ForAll @Size(max = 60) List<@LongRange(max = 60) Long> pauses) {
    RenegotiationLimiter limiter = limiter(limit, Duration.ofNanos(window));
    List<Long> granted = new ArrayList<>();
    long passed = 0;
    for (long pause : pauses) {
      passed += pause;
      now = START + passed;
      long since = passed - window;
      long recent = granted.stream().filter(when -> when > since).count();
      boolean grant = limiter.grant();
      assertEquals(recent < limit, grant, "after " + passed + ", granted at " + granted);
      if (grant) {
        granted.add(passed);
      }
    }
  }

  @Example
  void grantsThreeInTenMinutesByDefault() {
    RenegotiationLimiter limiter = new RenegotiationLimiter(RenegotiationLimits.DEFAULT, () -> now);
    for (int i = 0; i < 3; i++) {
      assertTrue(limiter.grant());
    }
    now += Duration.ofMinutes(10).toNanos() - 1;
    assertFalse(limiter.grant());
    now++;
    assertTrue(limiter.grant());
  }

  @Example
  void grantsNothingWithALimitOfNone() {
    RenegotiationLimiter limiter = limiter(0, Duration.ofNanos(1));
    now += 10;
    assertFalse(limiter.grant());
  }

  @Example
  void takesAWindowWithoutAnEnd() {
    RenegotiationLimiter limiter = limiter(1, Duration.ofSeconds(Long.MAX_VALUE));
    assertTrue(limiter.grant());
    assertFalse(limiter.grant());
  }
}
