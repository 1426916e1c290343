package io.tlsport.provider.bcjsse;

import java.util.Collection;
import java.util.Vector;

/** Bouncy Castle's low-level API takes and gives vectors, from the days of Java 1.1. */
final class BctlsVectors {
  private BctlsVectors() {}

  @SuppressWarnings("JdkObsolete")
  static <T> Vector<T> of(Collection<T> elements) {
    return new Vector<>(elements);
  }
}
