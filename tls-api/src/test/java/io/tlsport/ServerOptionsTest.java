package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {
  private static final ServerOptions DEFAULTS = ServerOptions.builder().build();

  @Test
  void asksNoClientForACertificateUnlessToldOtherwise() {
    assertFalse(DEFAULTS.requestCert());
    assertEquals(ClientAuth.NONE, DEFAULTS.clientAuth());
  }

  @Test
  void acceptsTheUnauthorizedUnlessToldOtherwise() {
    assertFalse(DEFAULTS.rejectUnauthorized());
  }

  @Test
  void givesAHandshakeTwoMinutes() {
    assertEquals(Duration.ofMinutes(2), DEFAULTS.handshakeTimeout());
  }

  @Test
  void leavesTheLimitsOfRenegotiationToTheTls() {
    assertTrue(DEFAULTS.renegotiationLimits().isEmpty());
  }

  @Test
  void hasNoHooksUnlessTheyAreSet() {
    assertTrue(DEFAULTS.sniCallback().isEmpty());
    assertEquals(UnknownServerName.ACCEPT, DEFAULTS.unknownServerName());
    assertTrue(DEFAULTS.alpnCallback().isEmpty());
    assertTrue(DEFAULTS.sessionStore().isEmpty());
    assertTrue(DEFAULTS.ocspResponder().isEmpty());
    assertFalse(DEFAULTS.pauseOnConnect());
  }

  @Test
  void keepsWhatWasSet() {
    SniCallback sni = name -> CompletableFuture.completedFuture(Optional.empty());
    AlpnCallback alpn = (name, offered) -> Optional.empty();
    OcspResponder ocsp =
        (certificate, issuer) -> CompletableFuture.completedFuture(Optional.empty());
    SessionStore store =
        new SessionStore() {
          @Override
          public CompletionStage<Void> newSession(byte[] id, byte[] data) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public CompletionStage<Optional<byte[]>> resumeSession(byte[] id) {
            return CompletableFuture.completedFuture(Optional.empty());
          }
        };
    RenegotiationLimits limits = new RenegotiationLimits(0, Duration.ofSeconds(1));
    ServerOptions options =
        ServerOptions.builder()
            .requestCert(true)
            .rejectUnauthorized(true)
            .sniCallback(sni)
            .unknownServerName(UnknownServerName.REFUSE)
            .alpnCallback(alpn)
            .ocspResponder(ocsp)
            .sessionStore(store)
            .renegotiationLimits(limits)
            .pauseOnConnect(true)
            .build();
    assertEquals(ClientAuth.REQUIRE, options.clientAuth());
    assertSame(sni, options.sniCallback().orElseThrow());
    assertEquals(UnknownServerName.REFUSE, options.unknownServerName());
    assertSame(alpn, options.alpnCallback().orElseThrow());
    assertSame(ocsp, options.ocspResponder().orElseThrow());
    assertSame(store, options.sessionStore().orElseThrow());
    assertSame(limits, options.renegotiationLimits().orElseThrow());
    assertTrue(options.pauseOnConnect());
  }
}
