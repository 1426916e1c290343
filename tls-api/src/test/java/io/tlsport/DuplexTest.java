package io.tlsport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DuplexTest {
  private final Recorder source = new Recorder();
  private final Recorder target = new Recorder();

  @Test
  void pipesWhatArrivesInOrder() {
    source.pipeTo(target);
    source.deliver("one");
    source.deliver("two");
    assertEquals(List.of("write one", "write two"), target.calls);
  }

  @Test
  void pausesTheSourceWhileTheTargetIsFull() {
    source.pipeTo(target);
    target.writable = false;
    source.deliver("one");
    assertEquals(List.of("pause"), source.calls);
    target.drained.forEach(Runnable::run);
    assertEquals(List.of("pause", "resume"), source.calls);
  }

  /** The two sides run on threads of their own. */
  @Test
  void goesOnWhereTheTargetDrainsJustBeforeThePause() {
    source.pipeTo(target);
    target.writable = false;
    source.beforePause =
        () -> {
          target.writable = true;
          target.drained.forEach(Runnable::run);
        };
    source.deliver("one");
    assertEquals("resume", source.calls.get(source.calls.size() - 1));
  }

  @Test
  void endsTheTargetWithTheSource() {
    source.pipeTo(target);
    source.ended.forEach(Runnable::run);
    assertEquals(List.of("end"), target.calls);
  }

  @Test
  void givesBackTheTargetForTheNextPipe() {
    assertSame(target, source.pipeTo(target));
  }

  /** Writes down what is asked of it. */
  private static final class Recorder implements Duplex {
    final List<String> calls = new ArrayList<>();
    final List<Runnable> ended = new ArrayList<>();
    final List<Runnable> drained = new ArrayList<>();
    private final List<Consumer<ByteBuffer>> data = new ArrayList<>();
    boolean writable = true;
    Runnable beforePause = () -> {};

    void deliver(String text) {
      data.forEach(listener -> listener.accept(ByteBuffer.wrap(text.getBytes(US_ASCII))));
    }

    @Override
    public Duplex onData(Consumer<ByteBuffer> listener) {
      data.add(listener);
      return this;
    }

    @Override
    public Duplex onEnd(Runnable listener) {
      ended.add(listener);
      return this;
    }

    @Override
    public Duplex onError(Consumer<TlsException> listener) {
      return this;
    }

    @Override
    public Duplex onClose(Runnable listener) {
      return this;
    }

    @Override
    public Duplex onDrain(Runnable listener) {
      drained.add(listener);
      return this;
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer bytes) {
      calls.add("write " + US_ASCII.decode(bytes));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean writable() {
      return writable;
    }

    @Override
    public Duplex pause() {
      beforePause.run();
      calls.add("pause");
      return this;
    }

    @Override
    public Duplex resume() {
      calls.add("resume");
      return this;
    }

    @Override
    public boolean paused() {
      return false;
    }

    @Override
    public CompletionStage<Void> end() {
      calls.add("end");
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void destroy() {
      calls.add("destroy");
    }

    @Override
    public CompletionStage<Void> closed() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
