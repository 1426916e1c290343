package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbortSignalTest {
  private final AbortSignal signal = new AbortSignal();
  private final List<String> told = new ArrayList<>();

  @Test
  void tellsEachListenerOnceInOrder() {
    signal.onAbort(() -> told.add("first"));
    signal.onAbort(() -> told.add("second"));
    assertFalse(signal.aborted());
    signal.abort();
    signal.abort();
    assertTrue(signal.aborted());
    assertEquals(List.of("first", "second"), told);
  }

  @Test
  void tellsALateListenerAtOnce() {
    signal.abort();
    signal.onAbort(() -> told.add("late"));
    assertEquals(List.of("late"), told);
  }

  @Test
  void forgetsWhoIsTakenBack() {
    AbortSignal.Registration first = signal.onAbort(() -> told.add("first"));
    signal.onAbort(() -> told.add("second"));
    first.remove();
    signal.abort();
    first.remove();
    assertEquals(List.of("second"), told);
  }
}
