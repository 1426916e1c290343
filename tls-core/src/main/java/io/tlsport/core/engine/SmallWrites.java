package io.tlsport.core.engine;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Plaintext of small writes that waits for the end of the loop's turn, so that many of them become
 * one record: a record of 1 KiB costs nearly as much as one of 16 KiB. Holds no memory while it is
 * empty.
 */
final class SmallWrites {
  /** From here on copying costs more than a record of its own. */
  static final int LARGEST = 4096;

  private final Buffers buffers;
  private boolean direct;
  private @Nullable Slab slab;

  SmallWrites(Buffers buffers) {
    this.buffers = buffers;
  }

  /** Which kind of memory the engine wants from now on. */
  void direct(boolean direct) {
    this.direct = direct;
  }

  boolean isEmpty() {
    return slab == null;
  }

  /**
   * Takes what there is room for of {@code data}, which is left as it is.
   *
   * @param from where to begin
   * @return how many bytes were taken
   */
  int add(ByteBuffer data, int from) {
    ByteBuffer into = room();
    int at = into.position();
    int count = Math.min(data.limit() - from, into.remaining());
    into.put(at, data, from, count).position(at + count);
    return count;
  }

  /** True if what waits fills a record. */
  boolean isFull() {
    Slab current = slab;
    return current != null && !current.bytes().hasRemaining();
  }

  private ByteBuffer room() {
    Slab current = slab;
    if (current == null) {
      current = buffers.brief(Records.MAX_PLAINTEXT, direct);
      current.bytes().clear().limit(Records.MAX_PLAINTEXT);
      slab = current;
    }
    return current.bytes();
  }

  /** What waits, to be read; then it is released. */
  ByteBuffer waiting() {
    return room().flip();
  }

  void release() {
    Slab current = slab;
    slab = null;
    if (current != null) {
      current.release();
    }
  }
}
