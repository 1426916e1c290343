package io.tlsport.core.policy.session;

import io.tlsport.core.policy.session.TicketKey.Lifetimes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ticket keys of a fleet as one process knows them. Immutable; the time is a parameter.
 *
 * <p>What it guarantees among processes that read what another wrote within a sixteenth of the
 * issue lifetime, and whose clocks differ by less than an eighth of it:
 *
 * <ul>
 *   <li>A ticket is decrypted by all of them for at least the decrypt lifetime after it was issued,
 *       and by none for longer than both lifetimes.
 *   <li>No key encrypts longer than the issue lifetime.
 *   <li>A key is known to all of them before the first of them encrypts with it.
 * </ul>
 *
 * <p>A process that cannot reach the others keeps the second: when the last common key is used up,
 * it goes on with one of its own, whose tickets only it understands.
 */
public final class TicketKeyRing {
  /** A ring without a key. */
  public static final TicketKeyRing EMPTY = new TicketKeyRing(List.of(), List.of());

  /** "tlk", and the version of this format. */
  private static final int MAGIC = 0x746C6B01;

  private static final int KEY_SIZE = TicketKey.LENGTH + 3 * Long.BYTES;
  private static final int MOST_KEYS = 64;

  /** Clocks differ by less than that part of the issue lifetime. */
  private static final int SKEW_PART = 8;

  private static final Duration LONGEST_LIFE = Duration.ofDays(15);

  /** What {@link #keysAt} encrypts with: those of two processes choose the same. */
  private static final Comparator<TicketKey> NEWEST_FIRST =
      Comparator.comparing(TicketKey::from)
          .thenComparing(TicketKey::bytes, Arrays::compare)
          .reversed();

  private final List<TicketKey> issuing;
  private final List<TicketKey> retired;

  private TicketKeyRing(List<TicketKey> issuing, List<TicketKey> retired) {
    this.issuing = issuing;
    this.retired = retired;
  }

  /** Keys that may encrypt when their time has come, those whose time was included. */
  List<TicketKey> issuing() {
    return issuing;
  }

  private Optional<TicketKey> issuerAt(Instant now) {
    return issuing.stream().filter(key -> key.issuesAt(now)).min(NEWEST_FIRST);
  }

  /** Whether a key encrypts at that time. */
  public boolean issuesAt(Instant now) {
    return issuerAt(now).isPresent();
  }

  /** The keys at that time: first the one that encrypts, then all others that decrypt. */
  public List<TicketKey> keysAt(Instant now) {
    Optional<TicketKey> issuer = issuerAt(now);
    return Stream.concat(
            issuer.stream(),
            all()
                .filter(key -> !key.isOver(now) && !issuer.filter(key::isSame).isPresent())
                .sorted(NEWEST_FIRST))
        .toList();
  }

  private Stream<TicketKey> all() {
    return Stream.concat(issuing.stream(), retired.stream());
  }

  /** When {@link #keysAt} changes next after that time. */
  public Instant changesAfter(Instant now) {
    return all()
        .flatMap(key -> Stream.of(key.from(), key.issuesUntil(), key.decryptsUntil()))
        .filter(now::isBefore)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /**
   * Whether it is time to add the next key: between a half and a quarter of the issue lifetime
   * before it is needed.
   *
   * @param jitter 0 to 1, another one in each process, so that not all of them write at once
   */
  public boolean needsKey(Instant now, Lifetimes lifetimes, double jitter) {
    Duration early = lifetimes.issue().dividedBy(2);
    Duration late = Duration.ofNanos((long) (lifetimes.issue().toNanos() * jitter / 4));
    return !issuesAt(now) || !now.isBefore(lastIssue(now).minus(early).plus(late));
  }

  /** When the keys that follow each other without a gap from now on cease to encrypt. */
  private Instant lastIssue(Instant now) {
    Instant until = now;
    for (TicketKey key : issuing) {
      if (!key.from().isAfter(until) && key.issuesUntil().isAfter(until)) {
        until = key.issuesUntil();
      }
    }
    return until;
  }

  /**
   * With a key that begins where the others end. Where there is none it has begun already, so that
   * it encrypts for those, too, whose clocks are behind.
   */
  public TicketKeyRing with(byte[] key, Instant now, Lifetimes lifetimes) {
    Instant start =
        issuesAt(now) ? lastIssue(now) : now.minus(lifetimes.issue().dividedBy(SKEW_PART));
    TicketKey next = TicketKey.starting(start, key, lifetimes);
    return of(Stream.concat(issuing.stream(), Stream.of(next)), retired.stream(), now);
  }

  /**
   * What this process goes on with after it has read the others' ring. Where that one has a key
   * that encrypts, it decides, and keys that are only known here decrypt what was made with them.
   * Where it has none, keys that are only known here are offered to the others.
   */
  public TicketKeyRing adopting(TicketKeyRing others, Instant now) {
    List<TicketKey> theirs = others.issuing.stream().filter(key -> isPlausible(key, now)).toList();
    boolean decides = theirs.stream().anyMatch(key -> key.issuesAt(now));
    List<TicketKey> ours =
        issuing.stream().filter(key -> theirs.stream().noneMatch(key::isSame)).toList();
    Stream<TicketKey> old = retired.stream().filter(key -> theirs.stream().noneMatch(key::isSame));
    return decides
        ? of(theirs.stream(), Stream.concat(old, ours.stream()), now)
        : of(Stream.concat(theirs.stream(), ours.stream()), old, now);
  }

  private static TicketKeyRing of(
      Stream<TicketKey> issuing, Stream<TicketKey> retired, Instant now) {
    return new TicketKeyRing(bounded(issuing, now), bounded(retired, now));
  }

  /** Oldest first. */
  private static List<TicketKey> bounded(Stream<TicketKey> keys, Instant now) {
    List<TicketKey> kept =
        new ArrayList<>(
            keys.filter(key -> !key.isOver(now)).sorted(NEWEST_FIRST).limit(MOST_KEYS).toList());
    Collections.reverse(kept);
    return List.copyOf(kept);
  }

  /** A key of the far future would keep the place of those that are needed before. */
  private static boolean isPlausible(TicketKey key, Instant now) {
    Duration issue = Duration.between(key.from(), key.issuesUntil());
    return !key.from().isAfter(now.plus(issue.multipliedBy(2)));
  }

  // --- as bytes

  /** What other processes read: without the keys that they need not know. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + issuing.size() * KEY_SIZE);
    out.putInt(MAGIC).putInt(issuing.size());
    for (TicketKey key : issuing) {
      out.put(key.bytes());
      out.putLong(key.from().toEpochMilli());
      out.putLong(key.issuesUntil().toEpochMilli());
      out.putLong(key.decryptsUntil().toEpochMilli());
    }
    return out.array();
  }

  /** Reads {@link #encode}; empty for any bytes that are none. */
  public static Optional<TicketKeyRing> decode(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    try {
      if (in.getInt() != MAGIC) {
        return Optional.empty();
      }
      int count = in.getInt();
      if (count < 0 || count > MOST_KEYS || in.remaining() != count * KEY_SIZE) {
        return Optional.empty();
      }
      List<TicketKey> keys = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] bytes = new byte[TicketKey.LENGTH];
        in.get(bytes);
        keys.add(
            new TicketKey(
                bytes,
                Instant.ofEpochMilli(in.getLong()),
                Instant.ofEpochMilli(in.getLong()),
                Instant.ofEpochMilli(in.getLong())));
      }
      return keys.stream().allMatch(TicketKeyRing::isOrdered)
          ? Optional.of(new TicketKeyRing(List.copyOf(keys), List.of()))
          : Optional.empty();
    } catch (BufferUnderflowException | DateTimeException | ArithmeticException damaged) {
      return Optional.empty();
    }
  }

  private static boolean isOrdered(TicketKey key) {
    return key.from().isBefore(key.issuesUntil())
        && key.issuesUntil().isBefore(key.decryptsUntil())
        && Duration.between(key.from(), key.decryptsUntil()).compareTo(LONGEST_LIFE) <= 0;
  }
}
