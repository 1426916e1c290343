package io.tlsport.core.runtime;

import io.tlsport.TlsListener;
import java.util.List;
import java.util.function.Consumer;

/** Those who watch everything: one that throws harms nobody. */
final class Observers {
  private Observers() {}

  /** Tells the listeners of an event for which there is no connection to end. */
  static <T> void emit(Event<T> event, T value) {
    try {
      event.emit(value);
    } catch (RuntimeException thrown) {
      System.getLogger("io.tlsport")
          .log(System.Logger.Level.WARNING, "a listener failed: " + thrown, thrown);
    }
  }

  static void tell(List<TlsListener> observers, Consumer<TlsListener> told) {
    for (TlsListener observer : observers) {
      try {
        told.accept(observer);
      } catch (RuntimeException thrown) {
        System.getLogger("io.tlsport")
            .log(System.Logger.Level.WARNING, "a TlsListener failed: " + thrown);
      }
    }
  }
}
