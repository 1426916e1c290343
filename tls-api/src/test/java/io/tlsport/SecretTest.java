package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void neverPrintsItself() {
    assertFalse(Secret.of("open sesame").toString().contains("sesame"));
  }

  @Test
  void doesNotShareItsCharacters() {
    char[] given = {'a', 'b'};
    Secret secret = Secret.of(given);
    given[0] = 'x';
    secret.chars()[1] = 'x';
    assertArrayEquals(new char[] {'a', 'b'}, secret.chars());
  }

  @Test
  void cannotBeReadOnceItIsWiped() {
    Secret secret = Secret.of("a");
    secret.close();
    assertThrows(IllegalStateException.class, secret::chars);
  }

  @Test
  void canBeWipedTwice() {
    Secret secret = Secret.of("a");
    secret.close();
    secret.close();
    assertThrows(IllegalStateException.class, secret::chars);
  }
}
