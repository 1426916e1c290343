package io.tlsport.provider.bcjsse;

import java.util.Collection;
import java.util.Hashtable;
import java.util.Vector;

/** Bouncy Castle's low-level API takes and gives the collections of Java 1.1. */
final class BctlsVectors {
  private BctlsVectors() {}

  @SuppressWarnings("JdkObsolete")
  static <T> Vector<T> of(Collection<T> elements) {
    return new Vector<>(elements);
  }

  /** Extensions by their number. */
  @SuppressWarnings("JdkObsolete")
  static Hashtable<Integer, byte[]> table() {
    return new Hashtable<>();
  }
}
