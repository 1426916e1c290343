package io.tlsport.cli;

import org.jspecify.annotations.Nullable;

/** For failures of a write: the socket's error or close event tells them already. */
final class Told {
  private Told() {}

  /** Drops the failure. */
  static @Nullable Void elsewhere(Throwable failure) {
    return null;
  }
}
