package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SocketOptionsTest {
  private static final SocketOptions DEFAULTS = SocketOptions.builder().build();

  @Test
  void takesTheClientsSideUnlessToldOtherwise() {
    assertFalse(DEFAULTS.isServer());
  }

  @Test
  void enforcesNothingUnlessToldOtherwise() {
    assertFalse(DEFAULTS.requestCert());
    assertFalse(DEFAULTS.rejectUnauthorized());
  }

  @Test
  void givesAHandshakeTwoMinutes() {
    assertEquals(Duration.ofMinutes(2), DEFAULTS.handshakeTimeout());
  }

  @Test
  void asksForNothingThatTheSeedLeavesOut() {
    assertTrue(DEFAULTS.server().isEmpty());
    assertTrue(DEFAULTS.sniCallback().isEmpty());
    assertTrue(DEFAULTS.servername().isEmpty());
    assertFalse(DEFAULTS.strictNames());
    assertTrue(DEFAULTS.session().isEmpty());
    assertFalse(DEFAULTS.requestOcsp());
  }

  @Test
  void keepsWhatWasSet() {
    SniCallback sni = name -> CompletableFuture.completedFuture(Optional.empty());
    Session session = Session.of(new byte[] {1});
    SocketOptions options =
        SocketOptions.builder()
            .isServer(true)
            .requestCert(true)
            .rejectUnauthorized(true)
            .sniCallback(sni)
            .servername("example.com")
            .strictNames(true)
            .session(session)
            .requestOcsp(true)
            .build();
    assertTrue(options.isServer());
    assertTrue(options.requestCert());
    assertTrue(options.rejectUnauthorized());
    assertSame(sni, options.sniCallback().orElseThrow());
    assertEquals("example.com", options.servername().orElseThrow());
    assertTrue(options.strictNames());
    assertEquals(session, options.session().orElseThrow());
    assertTrue(options.requestOcsp());
  }
}
