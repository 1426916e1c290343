package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.PeerCertificate;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import io.tlsport.spi.AlertCodes;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.testpki.TestIdentity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a peer is told whose certificate is refused, and what its other side tells. */
final class RefusalAlerts {
  /** The alerts about certificates of RFC 8446: bad_certificate to unknown_ca. */
  private static final List<Integer> OF_CERTIFICATES = List.of(42, 43, 44, 45, 46, 48);

  private static final int ALERT_RECORD = 21;
  private static final int FATAL = 2;
  private static final int LENGTH = 7;

  private RefusalAlerts() {}

  /** The peer was told by that alert; where the engine does not let it be chosen, by a similar. */
  static void assertAlert(Workbench bench, int wanted, TlsException told) {
    List<ErrorCode> allowed = allowed(bench, wanted).mapToObj(AlertCodes::code).toList();
    assertTrue(allowed.contains(told.code()), () -> told + " is none of " + allowed);
  }

  /** The last record in the clear is that alert, or a similar one. */
  static void assertLastRecord(Workbench bench, int wanted, byte[] sent) {
    byte[] last = Arrays.copyOfRange(sent, Math.max(0, sent.length - LENGTH), sent.length);
    assertEquals(LENGTH, last.length);
    assertEquals(ALERT_RECORD, last[0], () -> "the last record: " + Arrays.toString(last));
    assertEquals(FATAL, last[LENGTH - 2], () -> "the last record: " + Arrays.toString(last));
    assertTrue(
        allowed(bench, wanted).anyMatch(alert -> alert == last[LENGTH - 1]),
        () -> "the last record: " + Arrays.toString(last));
  }

  /** The side that refused knows why, and what it refused: in the error and on the socket. */
  static void assertTold(
      ErrorCode code, TestIdentity refused, TlsException error, TLSSocket socket) {
    assertTrue(error instanceof HandshakeException, error::toString);
    HandshakeException told = (HandshakeException) error;
    assertEquals(code, told.code(), error::toString);
    assertEquals(Optional.of(code), told.authorizationError().map(AuthorizationError::code));
    assertEquals(told.authorizationError(), socket.authorizationError());
    assertFalse(socket.authorized());
    for (Optional<PeerCertificate> shown :
        List.of(told.peerCertificate(), socket.peerCertificate())) {
      assertArrayEquals(refused.der(), shown.orElseThrow().raw());
    }
  }

  private static IntStream allowed(Workbench bench, int wanted) {
    boolean chosen = bench.tls().capabilities().supports(Capability.ALERT_CHOICE);
    return chosen ? IntStream.of(wanted) : OF_CERTIFICATES.stream().mapToInt(Integer::intValue);
  }
}
