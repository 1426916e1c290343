package io.tlsport.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.core.fixtures.CertificateMaker;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerVerdictTest {
  private static final AuthorizationError EXPIRED =
      new AuthorizationError(ErrorCode.CERT_HAS_EXPIRED, "certificate has expired", 0);

  private final List<X509Certificate> chain =
      List.of(CertificateMaker.leaf("CN=one").make().certificate());
  private final AtomicInteger asked = new AtomicInteger();

  private PeerVerdict saying(Verdict verdict) {
    return new PeerVerdict(
        shown -> {
          asked.incrementAndGet();
          return verdict;
        });
  }

  @Test
  void tellsTheAlertOfARefusal() {
    Verdict refused = Verdict.untrusted(EXPIRED, true, 45, Optional.empty());
    PeerVerdict peer = saying(refused);
    assertEquals(OptionalInt.of(45), peer.shown(chain));
    assertEquals(Optional.of(refused), peer.refusal());
  }

  @Test
  void letsAnUntrustedPeerPassThatIsNotToBeRejected() {
    PeerVerdict peer = saying(Verdict.untrusted(EXPIRED, false, 45, Optional.empty()));
    assertEquals(OptionalInt.empty(), peer.shown(chain));
    assertEquals(Optional.empty(), peer.refusal());
  }

  @Test
  void judgesEachChainOnce() {
    Verdict trusted = Verdict.trusted();
    PeerVerdict peer = saying(trusted);
    assertEquals(OptionalInt.empty(), peer.shown(chain));
    assertSame(trusted, peer.of(List.copyOf(chain)));
    assertEquals(1, asked.get());
    peer.of(List.of());
    assertEquals(2, asked.get());
  }

  @Test
  void saysThatACertificateIsBadThatCannotBeRead() {
    HandshakeException illegible =
        new HandshakeException(ErrorCode.ERR_SSL_DECODE_ERROR, "cannot be read");
    PeerVerdict peer =
        new PeerVerdict(
            shown -> {
              throw illegible;
            });
    assertEquals(OptionalInt.of(42), peer.shown(chain));
    assertEquals(Optional.of(illegible), peer.failure());
  }

  @Test
  void keepsWhatACallbackThrew() {
    RuntimeException thrown = new IllegalStateException("from the application");
    PeerVerdict peer =
        new PeerVerdict(
            shown -> {
              throw thrown;
            });
    assertTrue(peer.shown(chain).isPresent());
    assertEquals(Optional.of(thrown), peer.failure());
    assertEquals(Optional.empty(), peer.refusal());
  }
}
