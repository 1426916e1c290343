package io.tlsport.core.policy.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionCeilingTest {
  private static int room(ConnectionCeiling ceiling) {
    int count = 0;
    while (count < 10_000 && ceiling.enter()) {
      count++;
    }
    return count;
  }

  /** The last ones: more than half is never left, and one connection always fits. */
  @ParameterizedTest
  @CsvSource({
    "1500, 200, 1, 1300",
    "1500, 200, 3, 433",
    "1500, 0, 1, 1500",
    "256, 200, 1, 128",
    "256, 200, 3, 42",
    "2, 200, 3, 1"
  })
  void leavesDescriptors(long limit, int spare, int perConnection, int most) {
    assertEquals(most, room(new ConnectionCeiling(OptionalLong.of(limit), spare, perConnection)));
  }

  @Test
  void isNoneWithoutALimit() {
    assertEquals(10_000, room(new ConnectionCeiling(OptionalLong.empty(), 200, 3)));
  }

  @Test
  void hasRoomAgainWhenOneIsGone() {
    ConnectionCeiling ceiling = new ConnectionCeiling(OptionalLong.of(4), 0, 1);
    assertEquals(4, room(ceiling));
    assertFalse(ceiling.enter());
    ceiling.leave();
    assertTrue(ceiling.enter());
    assertFalse(ceiling.enter());
  }
}
