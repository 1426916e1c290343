package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsExceptionTest {
  @Test
  void blamesWhomItsCodeBlames() {
    assertEquals(Blame.PEER, new HandshakeException(ErrorCode.CERT_REVOKED, "m").blame());
    assertEquals(Blame.ENVIRONMENT, new TransportException(ErrorCode.EPIPE, "m").blame());
  }

  @Test
  void keepsItsCause() {
    Throwable cause = new IllegalStateException("deeper");
    assertSame(cause, new ConfigurationException(ErrorCode.EIO, "m", cause).getCause());
    assertSame(cause, new HandshakeException(ErrorCode.EIO, "m", cause).getCause());
    assertSame(cause, new TransportException(ErrorCode.EIO, "m", cause).getCause());
    assertSame(cause, new ProviderException(ErrorCode.EIO, "m", cause).getCause());
  }

  @Test
  void carriesTheVerdictOnACertificate() {
    AuthorizationError verdict = new AuthorizationError(ErrorCode.CERT_REVOKED, "revoked", 1);
    HandshakeException refused = new HandshakeException(verdict, Optional.empty());
    assertEquals(Optional.of(verdict), refused.authorizationError());
    assertEquals(ErrorCode.CERT_REVOKED, refused.code());
    assertEquals("revoked", refused.getMessage());
  }

  @Test
  void printsAVerdictAsItsCode() {
    assertEquals(
        "CERT_REVOKED", new AuthorizationError(ErrorCode.CERT_REVOKED, "revoked", 1).toString());
  }

  @Test
  void namesProviderCapabilityAndReasonOfARefusal() {
    UnsupportedFeatureException refused =
        new UnsupportedFeatureException(Capability.NPN, "jdk", "use ALPN");
    assertEquals(Capability.NPN, refused.capability());
    assertEquals("jdk", refused.provider());
    assertEquals("use ALPN", refused.reason());
    assertEquals(ErrorCode.UNSUPPORTED_FEATURE, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("jdk") && message.contains("NPN") && message.contains("use ALPN"));
  }
}
