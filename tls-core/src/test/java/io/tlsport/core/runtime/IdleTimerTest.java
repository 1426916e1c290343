package io.tlsport.core.runtime;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.ManualLoop;
import io.tlsport.core.fixtures.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleTimerTest {
  private final ManualLoop loop = new ManualLoop();
  private final ManualTicker ticker = new ManualTicker();
  private final List<Integer> fired = new ArrayList<>();
  private final IdleTimer timer =
      new IdleTimer(
          loop,
          ticker,
          new Callbacks(
              loop,
              Optional.empty(),
              ticker,
              failure -> {
                throw new AssertionError(failure);
              }));
  private int now;

  IdleTimerTest() {
    timer.onTimeout(() -> fired.add(now));
  }

  private void pass(int millis) {
    for (int i = 0; i < millis; i++) {
      now++;
      ticker.advance(Duration.ofMillis(1));
      loop.pass(Duration.ofMillis(1));
    }
  }

  private void limit(int millis) {
    timer.set(Duration.ofMillis(millis));
  }

  @Test
  void firesAfterTheTimeWithoutTraffic() {
    limit(10);
    pass(9);
    assertEquals(List.of(), fired);
    pass(1);
    assertEquals(List.of(10), fired);
  }

  @Test
  void countsFromTheLastTraffic() {
    limit(10);
    pass(7);
    timer.touch();
    pass(9);
    assertEquals(List.of(), fired);
    pass(1);
    assertEquals(List.of(17), fired);
  }

  @Test
  void firesOnceForASilenceHoweverLong() {
    limit(10);
    pass(100);
    assertEquals(List.of(10), fired);
    timer.touch();
    pass(100);
    assertEquals(List.of(10, 110), fired);
  }

  @Test
  void isOffUnlessItIsSet() {
    timer.touch();
    pass(100);
    assertEquals(List.of(), fired);
    assertEquals(0, loop.timers());
  }

  @Test
  void isSwitchedOffByZero() {
    limit(10);
    limit(0);
    pass(100);
    assertEquals(List.of(), fired);
    assertEquals(0, loop.timers());
  }

  @Test
  void startsAnewWhenItIsSetAgain() {
    limit(10);
    pass(9);
    limit(20);
    pass(19);
    assertEquals(List.of(), fired);
    pass(1);
    assertEquals(List.of(29), fired);
    assertEquals(1, loop.timers());
  }

  @Test
  void leavesNothingBehindWhenItIsStopped() {
    limit(10);
    pass(5);
    timer.stop();
    timer.stop();
    pass(100);
    assertEquals(List.of(), fired);
    assertEquals(0, loop.timers());
  }

  @Test
  void canBeStoppedByItsListener() {
    timer.onTimeout(timer::stop);
    limit(10);
    pass(100);
    assertEquals(List.of(10), fired);
    assertEquals(0, loop.timers());
  }

  @Test
  void refusesANegativeTime() {
    assertRefused(ErrorCode.ERR_OUT_OF_RANGE, () -> limit(-1), "idle timeout");
  }
}
