package io.tlsport.core.policy.time;

/** Nanoseconds since some moment: for durations, never for dates. */
@FunctionalInterface
public interface Ticker {
  /** Grows with time; only differences mean something. */
  long nanos();

  /** The time of this machine. */
  static Ticker system() {
    return System::nanoTime;
  }
}
