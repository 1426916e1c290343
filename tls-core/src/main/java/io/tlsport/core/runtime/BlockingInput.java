package io.tlsport.core.runtime;

import io.tlsport.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What arrives on a socket, for a thread that may wait. Reads at most 64 KiB ahead. */
final class BlockingInput extends InputStream {
  private static final int LIMIT = 64 * 1024;

  private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
  private final Consumer<Boolean> flow;
  private final Runnable onClose;
  private int size;
  private boolean stopped;
  private boolean ended;
  private @Nullable TlsException error;

  /**
   * A view that is empty.
   *
   * @param flow starts and stops the delivery
   * @param onClose what {@link #close()} does
   */
  BlockingInput(Consumer<Boolean> flow, Runnable onClose) {
    this.flow = flow;
    this.onClose = onClose;
  }

  /** Takes a copy of what arrived. */
  void data(ByteBuffer data) {
    if (!data.hasRemaining()) {
      return; // an empty chunk would be read as a byte that never came
    }
    boolean stop;
    synchronized (chunks) {
      size += data.remaining();
      chunks.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
      stop = !stopped && size >= LIMIT;
      stopped |= stop;
      chunks.notifyAll();
    }
    if (stop) {
      flow.accept(false);
    }
  }

  /** Nothing more arrives. */
  void end(@Nullable TlsException failure) {
    synchronized (chunks) {
      if (!ended) {
        ended = true;
        error = failure;
        chunks.notifyAll();
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count;
    boolean go;
    synchronized (chunks) {
      ByteBuffer head = head();
      if (head == null) {
        return -1;
      }
      count = Math.min(length, head.remaining());
      head.get(target, offset, count);
      if (!head.hasRemaining()) {
        chunks.remove();
      }
      size -= count;
      go = stopped && size <= LIMIT / 2;
      if (go) {
        stopped = false;
      }
    }
    if (go) {
      flow.accept(true);
    }
    return count;
  }

  private @Nullable ByteBuffer head() throws IOException {
    while (chunks.isEmpty() && !ended) {
      try {
        chunks.wait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the peer");
      }
    }
    TlsException failure = error;
    if (chunks.isEmpty() && failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    return chunks.peek();
  }

  @Override
  public int available() {
    synchronized (chunks) {
      return size;
    }
  }

  /** Destroys the socket, as closing the input of a {@link java.net.Socket} closes it. */
  @Override
  public void close() {
    onClose.run();
  }
}
