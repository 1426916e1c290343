package io.tlsport.core.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SystemPropertiesTest {
  private static final String ONE = "io.tlsport.test.one";
  private static final String TWO = "io.tlsport.test.two";

  @Test
  void setsPropertiesForTheBodyOnly() {
    String seen =
        SystemProperties.with(
            Map.of(ONE, "1", TWO, "2"), () -> System.getProperty(ONE) + System.getProperty(TWO));
    assertEquals("12", seen);
    assertNull(System.getProperty(ONE));
    assertNull(System.getProperty(TWO));
  }

  @Test
  void bringsBackWhatWasSetBefore() {
    SystemProperties.with(
        Map.of(ONE, "outer"),
        () -> {
          String inner = SystemProperties.with(Map.of(ONE, "inner"), () -> System.getProperty(ONE));
          assertEquals("inner", inner);
          assertEquals("outer", System.getProperty(ONE));
          return inner;
        });
    assertNull(System.getProperty(ONE));
  }

  @Test
  void restoresAfterAnException() {
    assertThrows(
        IllegalStateException.class,
        () ->
            SystemProperties.with(
                Map.of(ONE, "1"),
                () -> {
                  throw new IllegalStateException(System.getProperty(ONE));
                }));
    assertNull(System.getProperty(ONE));
  }

  @Test
  void restoresAfterAnError() {
    assertThrows(
        AssertionError.class,
        () ->
            new DefaultProviderConfig(true, false)
                .withSystemProperties(
                    Map.of(ONE, "1"),
                    () -> {
                      throw new AssertionError(System.getProperty(ONE));
                    }));
    assertNull(System.getProperty(ONE));
  }

  /** Two bodies that were in at once would meet at the barrier. */
  @Test
  void letsOneBodyInAtATime() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    Callable<Boolean> body = () -> SystemProperties.with(Map.of(ONE, "1"), () -> meets(barrier));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Boolean>> both = threads.invokeAll(List.of(body, body));
      for (Future<Boolean> met : both) {
        assertFalse(met.get());
      }
    } catch (ExecutionException failed) {
      throw new AssertionError(failed);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean meets(CyclicBarrier barrier) {
    try {
      barrier.await(300, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | java.util.concurrent.BrokenBarrierException alone) {
      barrier.reset();
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
