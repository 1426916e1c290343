package io.tlsport.core.policy.session;

import io.tlsport.SessionStatistics;
import java.util.concurrent.atomic.LongAdder;

/** What becomes of sessions, counted by any number of threads. */
public final class SessionCounts {
  private final LongAdder full = new LongAdder();
  private final LongAdder resumed = new LongAdder();
  private final LongAdder asked = new LongAdder();
  private final LongAdder found = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder created = new LongAdder();

  /** A connection is secure, by a session of an earlier one or not. */
  public void secured(boolean bySession) {
    (bySession ? resumed : full).increment();
  }

  /** A session is looked for. */
  public void asked() {
    asked.increment();
  }

  /** That look was answered. */
  public void answered(boolean there) {
    (there ? found : missed).increment();
  }

  /** That look failed. */
  public void failed() {
    failed.increment();
  }

  /** A session was taken. */
  public void created() {
    created.increment();
  }

  /** All so far. */
  public SessionStatistics snapshot() {
    return new SessionStatistics(
        full.sum(),
        resumed.sum(),
        asked.sum(),
        found.sum(),
        missed.sum(),
        failed.sum(),
        created.sum());
  }
}
