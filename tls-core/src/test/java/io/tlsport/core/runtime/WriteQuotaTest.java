package io.tlsport.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WriteQuotaTest {
  private static final int HIGH = io.tlsport.ConnectionOptions.DEFAULT_HIGH_WATER_MARK;
  private static final int LOW = 16 * 1024;

  private final WriteQuota quota = new WriteQuota();

  @Test
  void isWritableBelowTheHighWaterMark() {
    quota.add(HIGH - 1);
    assertTrue(quota.writable());
    quota.add(1);
    assertFalse(quota.writable());
  }

  @Test
  void asksForADrainOnceTheLowWaterMarkIsReached() {
    quota.add(HIGH);
    assertFalse(quota.remove(HIGH - LOW - 1));
    assertTrue(quota.remove(1));
    assertTrue(quota.writable());
    assertFalse(quota.remove(LOW), "told already");
  }

  @Test
  void asksForNoDrainThatNobodyWaitsFor() {
    quota.add(HIGH - 1);
    assertFalse(quota.remove(HIGH - 1));
  }

  @Test
  void startsAnewAfterADrain() {
    quota.add(HIGH);
    assertTrue(quota.remove(HIGH));
    quota.add(HIGH);
    assertFalse(quota.writable());
    assertTrue(quota.remove(HIGH));
    assertEquals(true, quota.writable());
  }
}
