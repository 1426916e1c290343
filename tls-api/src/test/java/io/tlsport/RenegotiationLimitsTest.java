package io.tlsport;

import static io.tlsport.Codes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenegotiationLimitsTest {
  @Test
  void isThreeInTenMinutesByDefault() {
    assertEquals(new RenegotiationLimits(3, Duration.ofMinutes(10)), RenegotiationLimits.DEFAULT);
  }

  @Test
  void allowsNoneAtAll() {
    assertEquals(0, new RenegotiationLimits(0, Duration.ofNanos(1)).limit());
  }

  @ParameterizedTest
  @CsvSource({"-1, PT1S", "1, PT0S", "1, PT-1S"})
  void refusesWhatIsOutsideOfItsRange(int limit, Duration window) {
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> new RenegotiationLimits(limit, window),
        Integer.toString(limit),
        window.toString());
  }
}
