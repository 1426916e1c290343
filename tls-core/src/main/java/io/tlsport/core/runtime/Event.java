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
    listeners = with(listeners, listener);
  }

  /** A list of listeners with one more, for those that are replaced whenever one comes. */
  static <L> List<L> with(List<L> listeners, L listener) {
    List<L> more = new ArrayList<>(listeners);
    more.add(listener);
    return List.copyOf(more);
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
