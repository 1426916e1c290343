package io.tlsport.core.policy.reload;

import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a look at files that somebody else writes: what is seen twice in a row is
 * complete, what is seen once may be half of a change. Not safe for several threads.
 */
public final class SettledLooks {
  private String taken;
  private @Nullable String candidate;

  /** What to do after a look. */
  public enum Step {
    /** Nothing has changed. */
    NOTHING,
    /** Something has: look again soon. */
    LOOK_AGAIN,
    /** It stays so: take it. */
    TAKE
  }

  /**
   * Begins with what is in force.
   *
   * @param taken identifies what was seen
   */
  public SettledLooks(String taken) {
    this.taken = taken;
  }

  /** Tells what this look saw. */
  public Step look(String seen) {
    if (seen.equals(taken)) {
      candidate = null;
      return Step.NOTHING;
    }
    if (seen.equals(candidate)) {
      take(seen);
      return Step.TAKE;
    }
    candidate = seen;
    return Step.LOOK_AGAIN;
  }

  /** That was taken, whether it was good or not. */
  public void take(String seen) {
    taken = seen;
    candidate = null;
  }

  /** What was taken last is to be tried again: something else than the files may have changed. */
  public void retry() {
    candidate = taken;
    taken = "";
  }
}
