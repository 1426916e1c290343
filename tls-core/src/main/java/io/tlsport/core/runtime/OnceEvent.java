package io.tlsport.core.runtime;

import java.util.List;

/** The listeners of an event that happens once: who comes later is called at once. */
final class OnceEvent {
  private final Callbacks callbacks;
  private List<Runnable> listeners = List.of();
  private boolean fired;

  OnceEvent(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  void add(Runnable listener) {
    synchronized (this) {
      if (!fired) {
        listeners = Event.with(listeners, listener);
        return;
      }
    }
    callbacks.run(listener);
  }

  /** Fires; each listener runs as a callback of its own, so that none hides another. */
  void fire() {
    List<Runnable> told;
    synchronized (this) {
      if (fired) {
        return;
      }
      fired = true;
      told = listeners;
      listeners = List.of();
    }
    told.forEach(callbacks::run);
  }
}
