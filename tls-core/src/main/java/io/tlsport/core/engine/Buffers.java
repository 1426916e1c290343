package io.tlsport.core.engine;

/** Lends memory; safe for any number of threads. */
@FunctionalInterface
public interface Buffers {
  /**
   * Memory of at least that capacity, position 0.
   *
   * @param direct outside the heap; otherwise backed by an array
   */
  Slab take(int capacity, boolean direct);
}
