package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Asserts on the code and the words of a refusal. */
final class Codes {
  private Codes() {}

  /** The call is refused with that code, and the message has all of these words. */
  static void assertRefused(ErrorCode code, Executable call, String... words) {
    TlsException refused = assertThrows(TlsException.class, call);
    assertEquals(code, refused.code());
    for (String word : words) {
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains(word), () -> "no \"" + word + "\" in: " + message);
    }
  }
}
