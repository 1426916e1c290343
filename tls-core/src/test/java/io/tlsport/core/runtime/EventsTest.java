package io.tlsport.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.fixtures.ManualLoop;
import io.tlsport.core.fixtures.ManualTicker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final List<String> seen = new ArrayList<>();
  private final List<Throwable> thrown = new ArrayList<>();
  private final Callbacks callbacks =
      new Callbacks(new ManualLoop(), Optional.empty(), new ManualTicker(), thrown::add);

  @Test
  void tellsEveryListenerInTheOrderInWhichTheyCame() {
    Event<String> event = new Event<>();
    event.add(value -> seen.add("first " + value));
    event.add(value -> seen.add("second " + value));
    event.emit("a");
    event.emit("b");
    assertEquals(List.of("first a", "second a", "first b", "second b"), seen);
  }

  @Test
  void givesEveryListenerAValueOfItsOwn() {
    AtomicInteger made = new AtomicInteger();
    Event<Integer> event = new Event<>();
    event.add(value -> seen.add("" + value));
    event.add(value -> seen.add("" + value));
    event.emitEach(made::incrementAndGet);
    assertEquals(List.of("1", "2"), seen);
  }

  @Test
  void knowsHowManyListen() {
    Event<String> event = new Event<>();
    assertTrue(event.isEmpty());
    event.add(seen::add);
    event.add(seen::add);
    assertFalse(event.isEmpty());
    assertEquals(2, event.size());
  }

  @Test
  void takesAListenerThatIsAddedWhileItTells() {
    Event<String> event = new Event<>();
    event.add(
        value -> {
          seen.add(value);
          event.add(more -> seen.add("late " + more));
        });
    event.emit("a");
    event.emit("b");
    assertEquals(List.of("a", "b", "late b"), seen);
  }

  @Test
  void tellsNobodyOnceItIsOver() {
    Event<String> event = new Event<>();
    event.add(seen::add);
    event.emit("a");
    event.stop();
    event.emit("b");
    assertEquals(List.of("a"), seen);
  }

  @Test
  void happensOnce() {
    OnceEvent event = new OnceEvent(callbacks);
    event.add(() -> seen.add("one"));
    event.add(() -> seen.add("two"));
    assertEquals(List.of(), seen);
    event.fire();
    event.fire();
    assertEquals(List.of("one", "two"), seen);
  }

  @Test
  void callsAtOnceWhoComesLater() {
    OnceEvent event = new OnceEvent(callbacks);
    event.fire();
    event.add(() -> seen.add("late"));
    assertEquals(List.of("late"), seen);
  }

  @Test
  void letsNoListenerHideAnother() {
    OnceEvent event = new OnceEvent(callbacks);
    RuntimeException failure = new IllegalStateException("listener");
    event.add(
        () -> {
          throw failure;
        });
    event.add(() -> seen.add("two"));
    event.fire();
    assertEquals(List.of("two"), seen);
    assertEquals(List.of(failure), thrown);
  }
}
