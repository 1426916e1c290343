package io.tlsport.core.engine;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Ciphertext that waits: a record that is not complete, or what came while nobody could look. Holds
 * no memory while it is empty, and memory of the record's size while a record is incomplete.
 */
final class Inbound {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LARGEST_IDLE = 2 * Records.MAX_RECORD;

  private final Buffers buffers;
  private boolean direct;
  private @Nullable Slab slab;
  private int start;
  private int end;

  Inbound(Buffers buffers) {
    this.buffers = buffers;
  }

  /** Which kind of memory the engine wants from now on. */
  void direct(boolean direct) {
    this.direct = direct;
  }

  int size() {
    return end - start;
  }

  boolean isEmpty() {
    return start == end;
  }

  void append(ByteBuffer more) {
    int added = more.remaining();
    if (added == 0) {
      return;
    }
    ByteBuffer into = room(added);
    into.limit(end + added).position(end);
    into.put(more);
    end += added;
  }

  private ByteBuffer room(int added) {
    Slab current = slab;
    if (current != null && current.bytes().capacity() - end >= added) {
      return current.bytes();
    }
    Slab larger = buffers.take(capacityFor(size() + added), direct);
    moveTo(larger);
    return larger.bytes();
  }

  private int capacityFor(int needed) {
    // Growing a buffer that is filled byte by byte has to stay linear.
    return needed > 1024 ? Math.max(needed, Math.min(2 * needed, LARGEST_IDLE)) : 1024;
  }

  private void moveTo(Slab target) {
    int size = size();
    Slab old = slab;
    target.bytes().clear();
    if (old != null) {
      ByteBuffer from = old.bytes();
      from.limit(end).position(start);
      target.bytes().put(from);
      old.release();
    }
    slab = target;
    start = 0;
    end = size;
  }

  /** What is there, to be consumed by moving the position; then call {@link #consumed}. */
  ByteBuffer view() {
    Slab current = slab;
    if (current == null) {
      return NOTHING;
    }
    ByteBuffer bytes = current.bytes();
    bytes.limit(end).position(start);
    return bytes;
  }

  /** Takes over how far {@link #view()} was read, and gives back memory that is not needed. */
  void consumed(ByteBuffer view) {
    Slab current = slab;
    if (current == null) {
      return;
    }
    start = view.position();
    if (start == end) {
      release();
    } else if (start > 0 && current.bytes().capacity() > 2 * Math.max(size(), Records.MAX_RECORD)) {
      moveTo(buffers.take(Math.max(size(), Records.MAX_RECORD), direct));
    } else if (start > Records.MAX_RECORD) {
      moveTo(buffers.take(current.bytes().capacity(), direct));
    }
  }

  void release() {
    Slab current = slab;
    slab = null;
    start = 0;
    end = 0;
    if (current != null) {
      current.release();
    }
  }
}
