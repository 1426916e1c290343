package io.tlsport.core.sharing;

import io.tlsport.TicketKeySource;
import io.tlsport.core.policy.session.TicketKey;
import io.tlsport.core.policy.session.TicketKey.Lifetimes;
import io.tlsport.core.policy.session.TicketKeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The ticket keys of this process, which rotate by the clock alone, and take over what other
 * processes have. Safe for any number of threads.
 */
public final class RotatingKeys implements TicketKeySource {
  /** What {@link io.tlsport.SharedSessionsOptions} has as defaults. */
  public static final Lifetimes DEFAULT = new Lifetimes(Duration.ofHours(2), Duration.ofHours(13));

  private final Lifetimes lifetimes;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Runnable onRotated;
  private TicketKeyRing ring = TicketKeyRing.EMPTY;
  private double jitter;
  private List<byte[]> inForce = List.of();
  private Instant since = Instant.MAX;
  private Instant until = Instant.MIN;

  /**
   * Keys of this process alone; the first is made when it is asked for.
   *
   * @param onRotated told when another key encrypts
   */
  public RotatingKeys(
      Lifetimes lifetimes, InstantSource clock, SecureRandom random, Runnable onRotated) {
    this.lifetimes = lifetimes;
    this.clock = clock;
    this.random = random;
    this.onRotated = onRotated;
    this.jitter = random.nextDouble();
  }

  @Override
  public List<byte[]> ticketKeys() {
    boolean rotated = false;
    List<byte[]> keys;
    synchronized (this) {
      Instant now = clock.instant();
      if (now.isBefore(since) || !now.isBefore(until)) {
        rotated = renew(now);
      }
      keys = inForce;
    }
    if (rotated) {
      onRotated.run();
    }
    return keys;
  }

  /** True if another key encrypts now. */
  private boolean renew(Instant now) {
    if (!ring.issuesAt(now)) {
      ring = ring.with(newKey(), now, lifetimes);
    }
    List<byte[]> before = inForce;
    inForce = ring.keysAt(now).stream().map(TicketKey::bytes).toList();
    since = now;
    until = ring.changesAfter(now);
    boolean rotated = !before.isEmpty() && !Arrays.equals(before.get(0), inForce.get(0));
    if (rotated) {
      jitter = random.nextDouble();
    }
    return rotated;
  }

  /**
   * Takes over what the processes have in common.
   *
   * @param common what was read; empty if nothing was there
   * @return what should be there in place of it; empty if it is good as it is
   */
  Optional<byte[]> adopt(Optional<byte[]> common) {
    synchronized (this) {
      Instant now = clock.instant();
      TicketKeyRing theirs =
          TicketKeyRing.EMPTY.adopting(
              common.flatMap(TicketKeyRing::decode).orElse(TicketKeyRing.EMPTY), now);
      ring = ring.adopting(theirs, now);
      until = Instant.MIN;
      if (!theirs.needsKey(now, lifetimes, jitter)) {
        return Optional.empty();
      }
      TicketKeyRing wanted =
          ring.needsKey(now, lifetimes, jitter) ? ring.with(newKey(), now, lifetimes) : ring;
      return Optional.of(wanted.encode());
    }
  }

  private byte[] newKey() {
    byte[] key = new byte[TicketKey.LENGTH];
    random.nextBytes(key);
    return key;
  }
}
