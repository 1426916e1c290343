package io.tlsport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends what it was given to: Node's {@code AbortController} and {@code AbortSignal} in one. One
 * signal may serve many operations; each lets go of it when it is over. Safe for several threads.
 */
public final class AbortSignal {
  private final Set<Registration> listeners = new LinkedHashSet<>();
  private boolean aborted;

  /** A listener that can be taken back. */
  public static final class Registration {
    private final AbortSignal signal;
    private final Runnable listener;

    private Registration(AbortSignal signal, Runnable listener) {
      this.signal = signal;
      this.listener = listener;
    }

    /** Takes the listener back; without effect once it was called. */
    public void remove() {
      signal.remove(this);
    }
  }

  /** A signal that was not given yet. */
  public AbortSignal() {}

  /** Gives it, once and for all: listeners run now, on this thread. */
  public void abort() {
    List<Registration> told;
    synchronized (this) {
      aborted = true;
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(registration -> registration.listener.run());
  }

  /** True once it was given. */
  public synchronized boolean aborted() {
    return aborted;
  }

  /** Runs that when the signal is given; at once if it was. */
  public Registration onAbort(Runnable listener) {
    Registration registration =
        new Registration(this, Arguments.given("listener of a signal", listener));
    boolean now;
    synchronized (this) {
      now = aborted;
      if (!now) {
        listeners.add(registration);
      }
    }
    if (now) {
      listener.run();
    }
    return registration;
  }

  private synchronized void remove(Registration registration) {
    listeners.remove(registration);
  }
}
