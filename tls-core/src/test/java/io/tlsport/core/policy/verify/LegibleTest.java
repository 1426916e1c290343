package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.core.fixtures.ForeignCertificate;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LegibleTest {
  private static final X509Certificate GOOD = leaf("CN=good").make().certificate();

  @Test
  void letsPassWhatCanBeRead() {
    assertDoesNotThrow(() -> Legible.require(List.of(GOOD, GOOD)));
    assertDoesNotThrow(() -> Legible.require(List.of()));
  }

  @Test
  void refusesWhatItsProviderCannotRead() {
    X509Certificate bad =
        new ForeignCertificate(GOOD) {
          private static final long serialVersionUID = 1L;

          @Override
          public PublicKey getPublicKey() {
            throw new IllegalArgumentException("no point of that curve");
          }
        };
    HandshakeException refused =
        assertThrows(HandshakeException.class, () -> Legible.require(List.of(GOOD, bad)));
    assertEquals(ErrorCode.ERR_SSL_DECODE_ERROR, refused.code());
    assertEquals(
        "the peer's certificate at depth 1 cannot be read: no point of that curve",
        refused.getMessage());
  }
}
