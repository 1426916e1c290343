package io.tlsport.core.policy.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Session;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SessionEnvelopeProperties {
  private static final SessionOrigin ORIGIN =
      new SessionOrigin("bctls", Optional.of(new byte[] {7, 8}));

  private static SessionEnvelope envelope(byte[] ticket, byte[] data, boolean withTicket) {
    return new SessionEnvelope(
        ORIGIN, new byte[] {1, 2, 3}, withTicket ? Optional.of(ticket) : Optional.empty(), data);
  }

  @Property(tries = 200)
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 200) byte[] ticket,
      @ForAll @Size(max = 200) byte[] data,
      @ForAll boolean withTicket) {
    SessionEnvelope read = SessionEnvelope.of(envelope(ticket, data, withTicket).session());
    assertEquals("bctls", read.origin().provider());
    assertTrue(ORIGIN.accepts(read.origin()));
    assertArrayEquals(data, read.data());
    assertEquals(withTicket, read.ticket().isPresent());
    read.ticket().ifPresent(seen -> assertArrayEquals(ticket, seen));
    assertTrue(read.isFor(new byte[] {1, 2, 3}));
    assertFalse(read.isFor(new byte[] {1, 2, 4}));
  }

  @Property(tries = 500)
  void anyBytesAreASessionOrARefusal(@ForAll @Size(max = 100) byte[] bytes) {
    try {
      SessionEnvelope.of(Session.of(bytes));
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
    }
  }

  @Property(tries = 200)
  void whatIsCutIsRefused(
      @ForAll @Size(max = 50) byte[] data, @ForAll @IntRange(min = 1, max = 20) int cut) {
    byte[] whole = envelope(new byte[0], data, false).session().export();
    Session damaged = Session.of(Arrays.copyOf(whole, whole.length - Math.min(cut, whole.length)));
    assertThrows(ConfigurationException.class, () -> SessionEnvelope.of(damaged));
  }
}
