package io.tlsport.provider.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tickets are read. */
class JdkTicketsTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00.9Z"));
  private final JcaServices jca = JcaServices.jdk();

  private JdkTickets tickets(int... seeds) {
    JdkTickets tickets =
        new JdkTickets(
            new ContextSpec(
                Role.SERVER, "scope", SessionMode.TICKETS, TIMEOUT, now::get, List.of(), List.of()),
            jca);
    tickets.install(Arrays.stream(seeds).mapToObj(JdkTicketsTest::key).toList());
    return tickets;
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[48];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  private static Optional<SunTicketKeys.Key> read(
      JdkTickets by, SunTicketKeys.Key ticket, Resumption resumption)
      throws GeneralSecurityException {
    JdkTickets.OfEngine engine =
        by.of(SSLContext.getDefault().createSSLEngine("localhost", 1), resumption);
    engine.enter();
    try {
      return by.decrypting(ticket.number());
    } finally {
      engine.leave();
    }
  }

  private static Optional<SunTicketKeys.Key> read(JdkTickets by, SunTicketKeys.Key ticket)
      throws GeneralSecurityException {
    return read(by, ticket, Resumption.own());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:10:00Z",
        "2026-01-01T00:00:00Z",
        "2038-01-19T03:14:06Z",
        "2106-02-07T06:28:14Z",
        "2500-01-01T00:00:00Z"
      })
  void whoHasTheKeyReadsTheTicketUntilItIsTooOld(Instant made) throws GeneralSecurityException {
    now.set(made);
    SunTicketKeys.Key ticket = tickets(1).encrypting();
    JdkTickets others = tickets(2, 1);
    now.set(made.plus(TIMEOUT).minusSeconds(1));
    SunTicketKeys.Key found = read(others, ticket).orElseThrow();
    assertEquals(ticket.number(), found.number());
    assertArrayEquals(ticket.secret().getEncoded(), found.secret().getEncoded());
    now.set(made.plus(TIMEOUT));
    assertEquals(Optional.empty(), read(others, ticket));
    now.set(made.minus(TIMEOUT).minusSeconds(1));
    assertEquals(Optional.empty(), read(others, ticket));
  }

  @Test
  void whoHasAnotherKeyDoesNotReadIt() throws GeneralSecurityException {
    assertEquals(Optional.empty(), read(tickets(2, 3), tickets(1).encrypting()));
  }

  @Test
  void theFirstKeyEncrypts() {
    SunTicketKeys.Key first = tickets(2, 1).encrypting();
    assertEquals(tickets(2).encrypting().number(), first.number());
    assertNotEquals(tickets(1).encrypting().number(), first.number());
  }

  @Test
  void everySecondHasAKeyOfItsOwn() {
    JdkTickets tickets = tickets(1);
    byte[] before = tickets.encrypting().secret().getEncoded();
    assertArrayEquals(before, tickets.encrypting().secret().getEncoded());
    now.updateAndGet(then -> then.plusSeconds(1));
    assertFalse(Arrays.equals(before, tickets.encrypting().secret().getEncoded()));
  }

  @Test
  void anEngineThatMayNotResumeReadsNone() throws GeneralSecurityException {
    JdkTickets tickets = tickets(1);
    assertEquals(Optional.empty(), read(tickets, tickets.encrypting(), Resumption.never()));
    assertEquals(Optional.empty(), tickets.decrypting(tickets.encrypting().number()));
  }
}
