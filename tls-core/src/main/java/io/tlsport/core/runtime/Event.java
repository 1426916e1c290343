package io.tlsport.core.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The listeners of an event that may happen many times, in the order in which they came. */
final class Event<T> {
  private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  void add(Consumer<? super T> listener) {
    listeners.add(listener);
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
