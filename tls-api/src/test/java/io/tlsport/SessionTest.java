package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SessionTest {
  @Test
  void printsItsLengthOnly() {
    assertEquals("Session[3 bytes]", Session.of(new byte[] {65, 66, 67}).toString());
  }

  @Test
  void isEqualByItsBytes() {
    assertEquals(Session.of(new byte[] {1}), Session.of(new byte[] {1}));
    assertEquals(Session.of(new byte[] {1}).hashCode(), Session.of(new byte[] {1}).hashCode());
    assertNotEquals(Session.of(new byte[] {1}), Session.of(new byte[] {2}));
  }

  @Test
  void keepsItsBytesToItself() {
    byte[] given = {1, 2};
    Session session = Session.of(given);
    given[0] = 9;
    session.export()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, session.export());
  }
}
