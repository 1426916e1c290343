package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PskIdentityTest {
  private static void assertOutOfRange(Executable call) {
    assertEquals(
        ErrorCode.ERR_OUT_OF_RANGE, assertThrows(ConfigurationException.class, call).code());
  }

  @Test
  void keepsCopiesAndPrintsNoKey() {
    byte[] key = {77, 78};
    PskIdentity identity = PskIdentity.of("client", key);
    key[0] = 0;
    identity.key()[1] = 0;
    assertArrayEquals(new byte[] {77, 78}, identity.key());
    assertEquals("client", identity.identity());
    assertFalse(identity.toString().contains("77"));
  }

  @Test
  void boundsAreThoseOfOpenSsl() {
    PskIdentity.of("ü".repeat(128), new byte[512]);
    assertOutOfRange(() -> PskIdentity.of("ü".repeat(128) + "x", new byte[1]));
    assertOutOfRange(() -> PskIdentity.of("", new byte[1]));
    assertOutOfRange(() -> PskIdentity.of("x", new byte[0]));
    assertOutOfRange(() -> PskIdentity.of("x", new byte[513]));
  }
}
