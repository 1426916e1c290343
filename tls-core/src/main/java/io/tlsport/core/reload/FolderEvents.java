package io.tlsport.core.reload;

import java.nio.file.Path;
import java.util.Set;

/** Tells that something in a folder has changed, where the system can; nobody relies on it. */
@FunctionalInterface
public interface FolderEvents {
  /** Tells nothing. */
  FolderEvents NONE = (folders, changed) -> () -> {};

  /**
   * Watches folders.
   *
   * @param changed called after a change, on a thread of its own; returns at once
   * @return ends it
   */
  Watch watch(Set<Path> folders, Runnable changed);

  /** A watch that goes on. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
