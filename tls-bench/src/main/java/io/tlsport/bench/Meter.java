package io.tlsport.bench;

/** A program that tells what it costs. */
interface Meter extends AutoCloseable {
  /** What is told where nothing is known. */
  long UNKNOWN = -1;

  /** The CPU time of the threads that work, so far; 0 before its first connection. */
  long cpuNanos();

  /** What those threads have allocated so far, in bytes; {@link #UNKNOWN} outside this JVM. */
  default long allocated() {
    return UNKNOWN;
  }

  @Override
  void close();
}
