package io.tlsport.core.runtime;

import io.tlsport.TlsException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the plaintext of a socket goes: to its listeners, on whatever thread they run, or to a
 * blocking view. Starts the flow with the first of them.
 */
final class SocketInput {
  /** So much may wait for an executor before the flow stops. */
  private static final int QUEUE_LIMIT = 64 * 1024;

  private final Callbacks callbacks;
  private final Consumer<Boolean> flow;
  private final Event<ByteBuffer> dataEvent = new Event<>();
  private final Event<String> textEvent = new Event<>();
  private final AtomicInteger queued = new AtomicInteger();
  private volatile Charset charset = StandardCharsets.UTF_8;
  private volatile boolean paused;
  private final AtomicBoolean started = new AtomicBoolean();
  private @Nullable TextDecoder decoder;
  private volatile @Nullable BlockingInput view;
  private volatile @Nullable End over;

  private record End(@Nullable TlsException failure) {}

  /** Input that goes nowhere yet; {@code flow} starts and stops the delivery. */
  SocketInput(Callbacks callbacks, Consumer<Boolean> flow) {
    this.callbacks = callbacks;
    this.flow = flow;
  }

  void onData(Consumer<ByteBuffer> listener) {
    requireNoView();
    dataEvent.add(listener);
    start();
  }

  void onText(Consumer<String> listener) {
    requireNoView();
    textEvent.add(listener);
    start();
  }

  void encoding(Charset newCharset) {
    charset = newCharset;
  }

  private void requireNoView() {
    if (view != null) {
      throw new IllegalStateException("a blocking view was taken: data events exclude it");
    }
  }

  private void start() {
    if (started.compareAndSet(false, true) && !paused) {
      flow.accept(true);
    }
  }

  InputStream blocking(Runnable destroy) {
    BlockingInput made;
    synchronized (this) {
      BlockingInput current = view;
      if (current != null) {
        return current;
      }
      if (!dataEvent.isEmpty() || !textEvent.isEmpty()) {
        throw new IllegalStateException(
            "data events have a listener: a blocking view excludes them");
      }
      made = new BlockingInput(flow, destroy);
      view = made;
    }
    End before = over;
    if (before != null) {
      made.end(before.failure());
    }
    start();
    return made;
  }

  void pause(boolean on) {
    paused = on;
    if (!on) {
      started.set(true);
    }
    flow.accept(!on && queued.get() < QUEUE_LIMIT);
  }

  boolean paused() {
    return paused;
  }

  /** Takes plaintext, on the loop. */
  void data(ByteBuffer plaintext) {
    BlockingInput current = view;
    if (current != null) {
      current.data(plaintext);
    } else if (callbacks.hops()) {
      hop(ByteBuffer.allocate(plaintext.remaining()).put(plaintext).flip().asReadOnlyBuffer());
    } else {
      callbacks.run(() -> emit(plaintext));
    }
  }

  private void hop(ByteBuffer copy) {
    int size = copy.remaining();
    if (queued.addAndGet(size) >= QUEUE_LIMIT) {
      flow.accept(false);
    }
    callbacks.run(
        () -> {
          try {
            emit(copy);
          } finally {
            if (queued.addAndGet(-size) < QUEUE_LIMIT && !paused) {
              flow.accept(true);
            }
          }
        });
  }

  private void emit(ByteBuffer data) {
    if (!textEvent.isEmpty()) {
      text(decoder().decode(data.duplicate()));
    }
    if (dataEvent.size() == 1) {
      dataEvent.emit(data);
    } else {
      dataEvent.emitEach(data::duplicate);
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      textEvent.emit(text);
    }
  }

  private TextDecoder decoder() {
    TextDecoder current = decoder;
    if (current == null) {
      current = new TextDecoder(charset);
      decoder = current;
    }
    return current;
  }

  /** Nothing more comes; before the end event is fired. */
  void end(@Nullable TlsException failure) {
    if (over == null) {
      over = new End(failure);
    }
    BlockingInput current = view;
    if (current != null) {
      current.end(failure);
    } else if (failure == null && !textEvent.isEmpty()) {
      callbacks.run(
          () -> {
            text(decoder().finish());
            decoder = null;
          });
    }
  }
}
