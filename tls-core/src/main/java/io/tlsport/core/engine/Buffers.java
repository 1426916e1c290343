package io.tlsport.core.engine;

/** Lends memory; safe for any number of threads. */
@FunctionalInterface
public interface Buffers {
  /** The most that {@link #brief} is made for: four records. */
  int LARGE = 4 * Records.ENGINE_BUFFER;

  /**
   * Memory of at least that capacity, position 0.
   *
   * @param direct outside the heap; otherwise backed by an array
   */
  Slab take(int capacity, boolean direct);

  /**
   * The same for memory that is given back within this turn of the loop, or nearly always: each
   * thread may have some of it ready.
   */
  default Slab brief(int capacity, boolean direct) {
    return take(capacity, direct);
  }
}
