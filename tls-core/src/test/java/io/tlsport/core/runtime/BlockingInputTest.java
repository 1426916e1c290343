package io.tlsport.core.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BlockingInputTest {
  private static final int LIMIT = 64 * 1024;

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final BlockingInput input =
      new BlockingInput(on -> events.add(on ? "go" : "stop"), () -> events.add("close"));

  private void arrive(String text) {
    input.data(ByteBuffer.wrap(text.getBytes(US_ASCII)));
  }

  @Test
  void readsWhatArrivedInOrder() throws IOException {
    arrive("ab");
    arrive("c");
    input.end(null);
    assertEquals('a', input.read());
    assertEquals("bc", new String(input.readAllBytes(), US_ASCII));
    assertEquals(-1, input.read());
    assertEquals(-1, input.read(new byte[1]));
  }

  @Test
  void readsNoMoreThanThereIsAndNoMoreThanIsAskedFor() throws IOException {
    arrive("abc");
    byte[] target = new byte[10];
    assertEquals(2, input.read(target, 3, 2));
    assertArrayEquals(new byte[] {0, 0, 0, 'a', 'b', 0, 0, 0, 0, 0}, target);
    assertEquals(1, input.read(target));
    assertEquals(0, input.read(target, 0, 0));
  }

  @Test
  void refusesRangesOutsideOfTheTarget() {
    assertThrows(IndexOutOfBoundsException.class, () -> input.read(new byte[2], 1, 2));
  }

  @Test
  void readsBytesAsTheyAreAndNotAsSigned() throws IOException {
    input.data(ByteBuffer.wrap(new byte[] {-1}));
    assertEquals(255, input.read());
  }

  @Test
  void keepsACopyOfWhatArrived() throws IOException {
    byte[] buffer = {'a'};
    input.data(ByteBuffer.wrap(buffer));
    buffer[0] = 'x';
    assertEquals('a', input.read());
  }

  @Test
  void readsNothingOutOfNothing() throws IOException {
    input.data(ByteBuffer.allocate(0));
    arrive("a");
    input.data(ByteBuffer.allocate(0));
    input.end(null);
    assertEquals('a', input.read());
    assertEquals(-1, input.read());
  }

  @Test
  void saysHowMuchCanBeReadAtOnce() throws IOException {
    assertEquals(0, input.available());
    arrive("abc");
    arrive("d");
    assertEquals(4, input.available());
    assertEquals('a', input.read());
    assertEquals(3, input.available());
  }

  @Test
  void throwsTheErrorBehindWhatArrivedBefore() throws IOException {
    TlsException failure = new TransportException(ErrorCode.ECONNRESET, "reset");
    arrive("a");
    input.end(failure);
    input.end(null);
    assertEquals('a', input.read());
    IOException thrown = assertThrows(IOException.class, input::read);
    assertSame(failure, thrown.getCause());
    assertEquals("reset", thrown.getMessage());
    assertThrows(IOException.class, input::read);
  }

  @Test
  void takesTheFirstEndForTheEnd() throws IOException {
    input.end(null);
    input.end(new TransportException(ErrorCode.ECONNRESET, "reset"));
    assertEquals(-1, input.read());
  }

  @Test
  void stopsTheFlowWhenItIsFullAndStartsItHalfEmpty() throws IOException {
    input.data(ByteBuffer.allocate(LIMIT - 1));
    assertEquals(List.of(), events);
    arrive("a");
    arrive("b");
    assertEquals(List.of("stop"), events);
    byte[] target = new byte[LIMIT];
    assertEquals(LIMIT / 2, input.read(target, 0, LIMIT / 2));
    assertEquals(List.of("stop"), events);
    assertEquals(1, input.read(target, 0, 1));
    assertEquals(List.of("stop", "go"), events);
    input.data(ByteBuffer.allocate(LIMIT));
    assertEquals(List.of("stop", "go", "stop"), events);
  }

  @Test
  void closesTheSocket() {
    input.close();
    assertEquals(List.of("close"), events);
  }

  @Test
  void waitsForDataAndForTheEnd() throws Exception {
    CompletableFuture<String> read = reading();
    awaitWaiting();
    arrive("abc");
    awaitWaiting();
    arrive("d");
    input.end(null);
    assertEquals("abcd", read.get(10, TimeUnit.SECONDS));
  }

  @Test
  void endsItsWaitWhenItsThreadIsInterrupted() throws Exception {
    CompletableFuture<String> read = reading();
    awaitWaiting();
    reader.interrupt();
    assertEquals("InterruptedIOException true", read.get(10, TimeUnit.SECONDS));
  }

  private Thread reader = Thread.currentThread();

  /** Reads everything on a thread of its own. */
  private CompletableFuture<String> reading() {
    CompletableFuture<String> result = new CompletableFuture<>();
    reader =
        new Thread(
            () -> {
              try {
                result.complete(new String(input.readAllBytes(), US_ASCII));
              } catch (InterruptedIOException interrupted) {
                result.complete(
                    interrupted.getClass().getSimpleName()
                        + " "
                        + Thread.currentThread().isInterrupted());
              } catch (IOException failed) {
                result.completeExceptionally(failed);
              }
            });
    reader.setDaemon(true);
    reader.start();
    return result;
  }

  private void awaitWaiting() {
    while (reader.getState() != Thread.State.WAITING || input.available() > 0) {
      Thread.onSpinWait();
    }
    assertTrue(reader.isAlive());
  }
}
