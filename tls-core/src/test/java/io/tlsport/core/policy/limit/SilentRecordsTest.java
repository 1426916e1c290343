package io.tlsport.core.policy.limit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SilentRecordsTest {
  private final SilentRecords records = new SilentRecords(32);

  private void silent(int count) {
    for (int i = 0; i < count; i++) {
      assertTrue(records.came(0), "record " + i);
    }
  }

  @Test
  void takesThirtyTwoInARow() {
    silent(32);
    assertFalse(records.came(0));
    assertFalse(records.came(0));
  }

  @Test
  void beginsAgainBehindData() {
    silent(32);
    assertTrue(records.came(1));
    silent(32);
    assertFalse(records.came(0));
  }
}
