package io.tlsport.provider.bcjsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BctlsSavedSessionProperties {
  private static final byte[] SCOPE = {7, 8};

  private static BctlsSavedSession session(
      Instant created, byte[] secret, List<byte[]> chain, byte[] shown, boolean ticket) {
    return new BctlsSavedSession(
        created, SCOPE, 0x0303, 0xC02F, true, false, secret, chain, shown, ticket);
  }

  @Property(tries = 200)
  void whatIsSavedIsRead(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long created,
      @ForAll @Size(min = 1, max = 48) byte[] secret,
      @ForAll @Size(max = 4) List<@Size(max = 60) byte[]> chain,
      @ForAll @Size(max = 60) byte[] shown,
      @ForAll boolean ticket) {
    BctlsSavedSession read =
        BctlsSavedSession.decode(
                session(Instant.ofEpochSecond(created), secret, chain, shown, ticket).encode())
            .orElseThrow();
    assertEquals(Instant.ofEpochSecond(created), read.created());
    assertArrayEquals(SCOPE, read.scope());
    assertEquals(0x0303, read.version());
    assertEquals(0xC02F, read.suite());
    assertTrue(read.extendedMasterSecret());
    assertFalse(read.encryptThenMac());
    assertArrayEquals(secret, read.masterSecret());
    assertEquals(chain.size(), read.peerChain().size());
    for (int i = 0; i < chain.size(); i++) {
      assertArrayEquals(chain.get(i), read.peerChain().get(i));
    }
    assertArrayEquals(shown, read.shown());
    assertEquals(ticket, read.ticket());
  }

  @Property(tries = 1000)
  void anyBytesAreASessionOrNone(@ForAll @Size(max = 120) byte[] bytes) {
    byte[] likely = bytes.clone();
    if (likely.length > 0) {
      likely[0] = 1;
    }
    BctlsSavedSession.decode(bytes);
    BctlsSavedSession.decode(likely).ifPresent(read -> assertArrayEquals(likely, read.encode()));
  }

  @Property(tries = 200)
  void isGoodForItsTimeAndNothingElse(
      @ForAll @IntRange(min = 1, max = 1000) int timeout,
      @ForAll @IntRange(min = -2000, max = 2000) int age) {
    Instant now = Instant.ofEpochSecond(1_000_000);
    BctlsSavedSession saved =
        session(now.minusSeconds(age), new byte[] {1}, List.of(), new byte[0], false);
    assertEquals(Math.abs(age) < timeout, saved.isGood(SCOPE, now, Duration.ofSeconds(timeout)));
    assertFalse(saved.isGood(new byte[] {7}, now, Duration.ofSeconds(timeout)));
  }
}
