package io.tlsport.core.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
  @Test
  void isTheNumberInForce() {
    assertEquals(
        OptionalLong.of(1500),
        DescriptorLimit.in(
            """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             127234               127234               processes
            Max open files            1500                 524288               files
            Max locked memory         8388608              8388608              bytes
            """));
  }

  @Test
  void isNotKnownWhereThereIsNone() {
    assertEquals(
        OptionalLong.empty(),
        DescriptorLimit.in("Max open files            unlimited            unlimited   files\n"));
    assertEquals(OptionalLong.empty(), DescriptorLimit.in(""));
    assertEquals(OptionalLong.empty(), DescriptorLimit.in("Max open files"));
  }
}
