package io.tlsport.spi.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.Session;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionHandlesTest {
  private final SessionHandles<String> handles = new SessionHandles<>();

  private Session kept(String session) {
    return Session.of(handles.add(session));
  }

  @Test
  void handleStandsForItsSession() {
    Session one = kept("one");
    Session two = kept("two");
    assertEquals(Optional.of("one"), handles.find(one));
    assertEquals(Optional.of("two"), handles.find(two));
  }

  @Test
  void whatIsNoHandleStandsForNothing() {
    kept("one");
    assertEquals(Optional.empty(), handles.find(Session.of(new byte[8])));
    assertEquals(Optional.empty(), handles.find(Session.of(new byte[] {1})));
    assertEquals(Optional.empty(), handles.find(Session.of(new byte[0])));
  }

  @Test
  void unusedSessionsMakeRoom() {
    Session used = kept("used");
    Session unused = kept("unused");
    for (int i = 0; i < 999; i++) {
      kept("another");
      handles.find(used);
    }
    assertEquals(Optional.of("used"), handles.find(used));
    assertEquals(Optional.empty(), handles.find(unused));
  }
}
