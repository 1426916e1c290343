package io.tlsport.core.runtime;

import io.tlsport.core.engine.Buffers;
import io.tlsport.core.engine.Slab;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory of an engine that may be forgotten without being closed: it comes from no pool. Direct
 * memory is dear to make, so that the last piece is used again.
 */
final class EngineMemory implements Buffers {
  private @Nullable ByteBuffer spare;

  @Override
  public Slab take(int capacity, boolean direct) {
    ByteBuffer memory = direct ? direct(capacity) : ByteBuffer.allocate(capacity);
    return new Slab() {
      @Override
      public ByteBuffer bytes() {
        return memory;
      }

      @Override
      public void release() {
        if (direct) {
          keep(memory);
        }
      }
    };
  }

  private synchronized ByteBuffer direct(int capacity) {
    ByteBuffer kept = spare;
    if (kept != null && kept.capacity() >= capacity) {
      spare = null;
      return kept.clear();
    }
    return ByteBuffer.allocateDirect(capacity);
  }

  private synchronized void keep(ByteBuffer memory) {
    ByteBuffer kept = spare;
    if (kept == null || kept.capacity() < memory.capacity()) {
      spare = memory;
    }
  }
}
