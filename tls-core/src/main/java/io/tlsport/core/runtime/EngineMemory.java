package io.tlsport.core.runtime;

import io.tlsport.core.engine.Buffers;
import io.tlsport.core.engine.Slab;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of an engine that may be forgotten without being closed: it comes from no pool. What was
 * given back last is used again, as much of it as one step needs.
 */
final class EngineMemory implements Buffers {
  /** What is read, what is written, and its records. */
  private static final int MOST = 3;

  private final List<ByteBuffer> spares = new ArrayList<>(MOST);

  @Override
  public Slab take(int capacity, boolean direct) {
    ByteBuffer memory = spare(capacity, direct);
    return new Slab() {
      @Override
      public ByteBuffer bytes() {
        return memory;
      }

      @Override
      public void release() {
        keep(memory);
      }
    };
  }

  private synchronized ByteBuffer spare(int capacity, boolean direct) {
    for (int i = spares.size() - 1; i >= 0; i--) {
      ByteBuffer kept = spares.get(i);
      if (kept.isDirect() == direct && kept.capacity() >= capacity) {
        spares.remove(i);
        return kept.clear();
      }
    }
    return direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
  }

  private synchronized void keep(ByteBuffer memory) {
    if (spares.size() == MOST) {
      spares.remove(0);
    }
    spares.add(memory);
  }
}
