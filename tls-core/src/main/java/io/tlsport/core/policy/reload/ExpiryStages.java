package io.tlsport.core.policy.reload;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which certificates are to be told of: each once when it comes near its end, once when it has a
 * day left, and once when it has expired. Not safe for several threads.
 */
public final class ExpiryStages {
  private static final Duration LAST_DAY = Duration.ofDays(1);
  private static final int PARTS_OF_LIFE = 3;

  private final Duration warnBefore;
  private final Map<String, Stage> told = new HashMap<>();

  private enum Stage {
    FAR,
    NEAR,
    LAST_DAY,
    EXPIRED
  }

  /**
   * Stages with that limit.
   *
   * @param warnBefore how long before the end it is near; at most a third of the life counts
   */
  public ExpiryStages(Duration warnBefore) {
    this.warnBefore = warnBefore;
  }

  /**
   * Whether a certificate is to be told of now.
   *
   * @param id identifies it
   */
  public boolean tells(String id, Instant begins, Instant ends, Instant now) {
    Stage stage = stage(Duration.between(begins, ends), Duration.between(now, ends));
    Stage before = told.getOrDefault(id, Stage.FAR);
    if (stage.compareTo(before) <= 0) {
      return false;
    }
    told.put(id, stage);
    return true;
  }

  private Stage stage(Duration life, Duration left) {
    Duration third = life.dividedBy(PARTS_OF_LIFE);
    Duration near = warnBefore.compareTo(third) < 0 ? warnBefore : third;
    Duration last = LAST_DAY.compareTo(near) < 0 ? LAST_DAY : Duration.ZERO;
    if (left.isNegative() || left.isZero()) {
      return Stage.EXPIRED;
    }
    if (left.compareTo(last) <= 0) {
      return Stage.LAST_DAY;
    }
    return left.compareTo(near) <= 0 ? Stage.NEAR : Stage.FAR;
  }

  /** Forgets all but these. */
  public void keep(Set<String> ids) {
    told.keySet().retainAll(ids);
  }
}
