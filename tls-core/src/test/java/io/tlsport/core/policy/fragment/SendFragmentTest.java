package io.tlsport.core.policy.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.fixtures.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SendFragmentTest {
  private final ManualTicker ticker = new ManualTicker();

  @Test
  void boundsAreThoseOfTheSeed() {
    assertFalse(SendFragment.allowed(511));
    assertTrue(SendFragment.allowed(512));
    assertTrue(SendFragment.allowed(16384));
    assertFalse(SendFragment.allowed(16385));
    assertThrows(IllegalArgumentException.class, () -> SendFragment.full().limit(511));
  }

  @Test
  void recordsAreFullUnlessLimited() {
    SendFragment fragment = SendFragment.full();
    assertEquals(16384, fragment.next());
    fragment.limit(512);
    assertEquals(512, fragment.next());
    fragment.limit(16384);
    assertEquals(16384, fragment.next());
  }

  @Test
  void dynamicRecordsGrowOnceTheConnectionIsWarm() {
    SendFragment fragment = SendFragment.dynamic(ticker);
    assertEquals(SendFragment.SMALL, fragment.next());
    fragment.sent(SendFragment.WARM_UP - 1);
    assertEquals(SendFragment.SMALL, fragment.next());
    fragment.sent(1);
    assertEquals(SendFragment.MAX, fragment.next());
  }

  @Test
  void dynamicRecordsBeginSmallAgainAfterAPause() {
    SendFragment fragment = warm();
    ticker.advance(SendFragment.IDLE);
    assertEquals(SendFragment.MAX, fragment.next());
    ticker.advance(SendFragment.IDLE.plusNanos(1));
    assertEquals(SendFragment.SMALL, fragment.next());
  }

  @Test
  void trafficKeepsAConnectionWarm() {
    SendFragment fragment = warm();
    for (int i = 0; i < 100; i++) {
      ticker.advance(Duration.ofMillis(900));
      assertEquals(SendFragment.MAX, fragment.next());
    }
  }

  @Test
  void limitHoldsForDynamicRecordsToo() {
    SendFragment fragment = SendFragment.dynamic(ticker);
    fragment.limit(600);
    assertEquals(600, fragment.next());
    fragment.sent(SendFragment.WARM_UP);
    assertEquals(600, fragment.next());
  }

  private SendFragment warm() {
    SendFragment fragment = SendFragment.dynamic(ticker);
    fragment.next();
    fragment.sent(SendFragment.WARM_UP);
    assertEquals(SendFragment.MAX, fragment.next());
    return fragment;
  }
}
