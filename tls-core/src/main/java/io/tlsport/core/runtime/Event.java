package io.tlsport.core.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The listeners of an event that may happen many times, in the order in which they came. */
final class Event<T> {
  // Replaced by each that comes: most have none or one, and every connection has several events.
  private volatile List<Consumer<? super T>> listeners = List.of();
  private volatile boolean over;

  synchronized void add(Consumer<? super T> listener) {
    List<Consumer<? super T>> more = new ArrayList<>(listeners);
    more.add(listener);
    listeners = List.copyOf(more);
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  int size() {
    return listeners.size();
  }

  /** From now on nobody is told. */
  void stop() {
    over = true;
  }

  void emit(T value) {
    if (over) {
      return;
    }
    for (Consumer<? super T> listener : listeners) {
      listener.accept(value);
    }
  }

  /** Gives every listener a value of its own. */
  void emitEach(Supplier<T> value) {
    if (over) {
      return;
    }
    for (Consumer<? super T> listener : listeners) {
      listener.accept(value.get());
    }
  }
}
