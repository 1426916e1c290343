package io.tlsport.core.policy.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.policy.session.TicketKey.Lifetimes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TicketKeyRingProperties {
  private static final Lifetimes LIFETIMES =
      new Lifetimes(Duration.ofHours(2), Duration.ofHours(13));
  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  /** So often a process looks what others wrote: within a sixteenth of two hours. */
  private static final int MOST_MINUTES = 7;

  /** Clocks differ by less than an eighth of two hours. */
  private static final int MOST_SKEW = 14;

  private static final Duration LONGEST_GOOD = LIFETIMES.decrypt().plus(LIFETIMES.issue());

  /** Processes around one place, whose clocks differ by minutes. */
  private static final class Fleet {
    private final List<TicketKeyRing> rings = new ArrayList<>();
    private Optional<byte[]> place = Optional.empty();
    private int made;

    Fleet(int size) {
      for (int i = 0; i < size; i++) {
        rings.add(TicketKeyRing.EMPTY);
      }
    }

    private byte[] key() {
      return ByteBuffer.allocate(TicketKey.LENGTH).putInt(++made).array();
    }

    /** What a process does when it looks. */
    void look(int process, Instant now, double jitter) {
      TicketKeyRing theirs =
          TicketKeyRing.EMPTY.adopting(
              place.flatMap(TicketKeyRing::decode).orElse(TicketKeyRing.EMPTY), now);
      TicketKeyRing ring = rings.get(process).adopting(theirs, now);
      if (theirs.needsKey(now, LIFETIMES, jitter)) {
        if (ring.needsKey(now, LIFETIMES, jitter)) {
          ring = ring.with(key(), now, LIFETIMES);
        }
        place = Optional.of(ring.encode());
        ring = ring.adopting(TicketKeyRing.decode(ring.encode()).orElseThrow(), now);
      }
      rings.set(process, ring);
    }

    /** What a process does before each handshake. */
    List<TicketKey> keys(int process, Instant now) {
      TicketKeyRing ring = rings.get(process);
      if (!ring.issuesAt(now)) {
        ring = ring.with(key(), now, LIFETIMES);
        rings.set(process, ring);
      }
      return ring.keysAt(now);
    }
  }

  private record Issued(TicketKey key, Instant at) {}

  @Property(tries = 40)
  void everyTicketIsDecryptedByAllForTheDecryptLifetime(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = MOST_MINUTES) Integer> looks,
      @ForAll @Size(value = 5) List<@IntRange(min = 0, max = MOST_SKEW) Integer> skews,
      @ForAll @IntRange(min = 0, max = 100) int jitter) {
    int size = looks.size();
    Fleet fleet = new Fleet(size);
    List<Issued> tickets = new ArrayList<>();
    for (int process = 0; process < size; process++) {
      fleet.look(process, START.plus(Duration.ofMinutes(skews.get(process))), jitter / 100.0);
    }
    for (int minute = 1; minute < 24 * 60; minute++) {
      for (int process = 0; process < size; process++) {
        Instant here = START.plus(Duration.ofMinutes(minute + skews.get(process)));
        if (minute % looks.get(process) == 0) {
          fleet.look(process, here, jitter / 100.0);
        }
        List<TicketKey> keys = fleet.keys(process, here);
        for (Issued ticket : tickets) {
          // By the clock of the one who looks, as its keys are.
          Duration age = Duration.between(ticket.at(), here);
          boolean known = keys.stream().anyMatch(ticket.key()::isSame);
          if (age.compareTo(LIFETIMES.decrypt()) <= 0) {
            assertTrue(known, () -> "a ticket was lost after " + age);
          } else if (age.compareTo(LONGEST_GOOD) > 0) {
            assertFalse(known, () -> "a ticket is good after " + age);
          }
        }
        TicketKey first = keys.get(0);
        if (tickets.stream().noneMatch(ticket -> ticket.key().isSame(first))
            || minute % 60 == process) {
          tickets.add(new Issued(first, here));
        }
      }
    }
  }

  @Property(tries = 300)
  void noKeyEncryptsLongerThanItsIssueLifetimeWhateverHappens(
      @ForAll @Size(min = 10, max = 100) List<@IntRange(min = 0, max = 300) Integer> steps,
      @ForAll @IntRange(min = 1, max = 3) int size) {
    Fleet fleet = new Fleet(size);
    Instant now = START;
    List<Issued> firsts = new ArrayList<>();
    for (int step : steps) {
      now = now.plus(Duration.ofMinutes(step));
      int process = step % size;
      switch (step % 7) {
        case 0 -> fleet.place = Optional.empty();
        case 1 -> fleet.place = Optional.of(new byte[] {1, 2, 3});
        case 2, 3, 4 -> fleet.look(process, now, 0.5);
        default -> {
          // The place is away.
        }
      }
      TicketKey first = fleet.keys(process, now).get(0);
      if (firsts.stream().noneMatch(seen -> seen.key().isSame(first))) {
        firsts.add(new Issued(first, now));
      }
      for (Issued seen : firsts) {
        if (seen.key().isSame(first)) {
          Duration used = Duration.between(seen.at(), now);
          assertTrue(used.compareTo(LIFETIMES.issue()) < 0, () -> "encrypts for " + used);
        }
      }
    }
  }

  @Property(tries = 300)
  void processesThatMeetAgainEncryptWithTheSameKey(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 200) Integer> outage,
      @ForAll boolean emptied,
      @ForAll @IntRange(min = 2, max = 5) int size) {
    Fleet fleet = new Fleet(size);
    Instant now = START;
    for (int process = 0; process < size; process++) {
      fleet.look(process, now, 0);
    }
    for (int wait : outage) {
      now = now.plus(Duration.ofMinutes(wait));
      fleet.keys(wait % size, now);
    }
    if (emptied) {
      fleet.place = Optional.empty();
    }
    List<TicketKey> before = new ArrayList<>();
    for (int process = 0; process < size; process++) {
      before.add(fleet.keys(process, now).get(0));
    }
    for (int process = 0; process < size; process++) {
      fleet.look(process, now, 0);
    }
    byte[] common = fleet.keys(0, now).get(0).bytes();
    for (int process = 0; process < size; process++) {
      List<TicketKey> keys = fleet.keys(process, now);
      assertArrayEquals(common, keys.get(0).bytes());
      assertTrue(keys.stream().anyMatch(before.get(process)::isSame), "its own tickets are lost");
    }
    assertTrue(
        before.get(0).isSame(fleet.keys(1, now).get(0)), "the first one's key is the new one");
  }

  @Property(tries = 100)
  void whatIsWrittenIsRead(@ForAll @IntRange(min = 0, max = 20) int count) {
    TicketKeyRing ring = TicketKeyRing.EMPTY;
    for (int i = 0; i < count; i++) {
      ring = ring.with(ByteBuffer.allocate(TicketKey.LENGTH).putInt(i).array(), START, LIFETIMES);
    }
    TicketKeyRing read = TicketKeyRing.decode(ring.encode()).orElseThrow();
    assertArrayEquals(ring.encode(), read.encode());
    assertEquals(ring.issuing().size(), read.issuing().size());
  }

  @Property(tries = 1000)
  void anyBytesAreARingOrNone(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(min = 0, max = 4) int count) {
    ByteBuffer framed = ByteBuffer.allocate(8 + bytes.length);
    framed.putInt(0x746C6B01).putInt(count).put(bytes);
    for (byte[] garbage : List.of(bytes, framed.array())) {
      TicketKeyRing.decode(garbage)
          .ifPresent(
              ring -> {
                TicketKeyRing adopted = TicketKeyRing.EMPTY.adopting(ring, START);
                adopted.keysAt(START);
                adopted.changesAfter(START);
                adopted.needsKey(START, LIFETIMES, 0.5);
              });
    }
  }

  @Property(tries = 20)
  void keyOfTheFarFutureIsNotTaken(@ForAll @IntRange(min = 5, max = 5000) int hours) {
    TicketKeyRing far =
        TicketKeyRing.EMPTY.with(
            new byte[TicketKey.LENGTH], START.plus(Duration.ofHours(hours)), LIFETIMES);
    assertTrue(TicketKeyRing.EMPTY.adopting(far, START).keysAt(START).isEmpty());
  }
}
