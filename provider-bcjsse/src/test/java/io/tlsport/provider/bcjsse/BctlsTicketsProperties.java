package io.tlsport.provider.bcjsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BctlsTicketsProperties {
  private static final byte[] OLD = key(1);
  private static final byte[] NEW = key(2);

  private static byte[] key(int seed) {
    byte[] key = new byte[BctlsTickets.KEY_LENGTH];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  private static BctlsTickets tickets(byte[]... keys) {
    BctlsTickets tickets = new BctlsTickets(JcaServices.jdk(), new SecureRandom());
    if (keys.length > 0) {
      tickets.install(List.of(keys));
    }
    return tickets;
  }

  @Property(tries = 100)
  void everyKeyOpensAndTheFirstSeals(@ForAll @Size(max = 300) byte[] session)
      throws GeneralSecurityException {
    byte[] old = tickets(OLD).seal(session);
    assertArrayEquals(session, tickets(NEW, OLD).open(old).orElseThrow());
    assertEquals(Optional.empty(), tickets(NEW).open(old));
    assertArrayEquals(session, tickets(NEW).open(tickets(NEW, OLD).seal(session)).orElseThrow());
  }

  @Property(tries = 100)
  void nobodyElseOpensWhatAKeyOfOurOwnSealed(@ForAll @Size(max = 50) byte[] session)
      throws GeneralSecurityException {
    assertEquals(Optional.empty(), tickets().open(tickets().seal(session)));
  }

  @Property(tries = 300)
  void whatIsChangedIsNotOpened(
      @ForAll @Size(max = 100) byte[] session,
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change)
      throws GeneralSecurityException {
    byte[] ticket = tickets(OLD).seal(session);
    ticket[place % ticket.length] ^= (byte) change;
    assertEquals(Optional.empty(), tickets(OLD).open(ticket));
  }

  @Property(tries = 500)
  void anyBytesAreATicketOrNone(@ForAll @Size(max = 200) byte[] bytes) {
    assertTrue(tickets(OLD).open(bytes).isEmpty());
  }

  @Property(tries = 20)
  void sameSessionNeverMakesTheSameTicket(@ForAll @Size(max = 50) byte[] session)
      throws GeneralSecurityException {
    BctlsTickets tickets = tickets(OLD);
    assertTrue(!Arrays.equals(tickets.seal(session), tickets.seal(session)));
  }
}
