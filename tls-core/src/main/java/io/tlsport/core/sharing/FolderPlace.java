package io.tlsport.core.sharing;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.spi.SharedPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A folder that processes of one machine share: a file for the keys, one for each session. Only
 * their owner can read them. Files appear whole or not at all.
 */
final class FolderPlace implements SharedPlace {
  private static final String KEYS = "ticket-keys";
  private static final String LOCK = "ticket-keys.lock";

  /** Names of files have 255 bytes at most; identifiers have 32. */
  private static final int LONGEST_ID = 100;

  private static final int THREADS = 2;

  /** More than that wait for a disk that does not keep up. */
  private static final int MOST_WAITING = 1024;

  private final Path folder;
  private final SessionFiles sessions;
  private final ExecutorService disk =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "tlsport-sharing-disk");
            thread.setDaemon(true);
            return thread;
          });

  private FolderPlace(Path folder, InstantSource clock) {
    this.folder = folder;
    this.sessions = new SessionFiles(folder, clock);
  }

  /** The place in a folder, which is made if it is not there. */
  static FolderPlace open(String name, InstantSource clock) {
    try {
      Path folder = Path.of(name);
      SecretFiles.createFolder(folder);
      SecretFiles.requireOwn(folder, "rwx");
      SecretFiles.requireOwn(folder.resolve(KEYS), "rw-");
      return new FolderPlace(folder, clock);
    } catch (InvalidPathException malformed) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, "dir:" + name + " is no path here", malformed);
    } catch (IOException failed) {
      throw new ConfigurationException(
          ErrorCode.EACCES,
          "dir:" + name + " cannot be used: " + failed + "; give a folder that can be written",
          failed);
    }
  }

  @Override
  public CompletionStage<Optional<byte[]>> session(byte[] id) {
    return id.length > LONGEST_ID
        ? CompletableFuture.completedStage(Optional.empty())
        : onDisk(() -> sessions.read(HexFormat.of().formatHex(id)));
  }

  @Override
  public CompletionStage<Void> keepSession(byte[] id, byte[] data, Duration time) {
    if (id.length > LONGEST_ID) {
      return CompletableFuture.completedStage(null);
    }
    byte[] copy = data.clone();
    return onDisk(
        () -> {
          sessions.write(HexFormat.of().formatHex(id), copy, time);
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<byte[]>> keys() {
    return onDisk(this::readKeys);
  }

  private Optional<byte[]> readKeys() throws IOException {
    try {
      return Optional.of(SecretFiles.read(folder.resolve(KEYS)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  public CompletionStage<Boolean> replaceKeys(Optional<byte[]> expected, byte[] keys) {
    return onDisk(
        () -> {
          try (FileChannel lock = SecretFiles.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
              FileLock mine = lock.tryLock()) {
            if (mine == null || !same(readKeys(), expected)) {
              return false;
            }
            SecretFiles.write(folder.resolve(KEYS), ByteBuffer.wrap(keys));
            return true;
          } catch (OverlappingFileLockException another) {
            // Somebody else in this process is writing.
            return false;
          }
        });
  }

  private static boolean same(Optional<byte[]> found, Optional<byte[]> expected) {
    return Arrays.equals(found.orElse(null), expected.orElse(null));
  }

  /** Files block, and nobody who asks may be held up. */
  private <T> CompletionStage<T> onDisk(Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception failed) {
            throw new CompletionException(failed);
          }
        },
        disk);
  }

  @Override
  public void close() {
    disk.shutdown();
  }
}
