package io.tlsport.core.sharing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sessions as files of a folder. Each begins with the time at which it is over, which is all that
 * is read of it when the folder is swept: the clock is the caller's, and never the file system's.
 */
final class SessionFiles {
  private static final String PREFIX = "session-";

  /** Those of 300 s at 300 full handshakes in a second. */
  private static final int MOST = 100_000;

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final Path folder;
  private final InstantSource clock;
  private Instant sweptAt = Instant.MIN;
  private int count;

  SessionFiles(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  private Path file(String name) {
    return folder.resolve(PREFIX + name);
  }

  Optional<byte[]> read(String name) throws IOException {
    byte[] content;
    try {
      content = SecretFiles.read(file(name));
    } catch (NoSuchFileException unknown) {
      return Optional.empty();
    }
    return content.length < Long.BYTES || isOver(ByteBuffer.wrap(content).getLong())
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(content, Long.BYTES, content.length));
  }

  private boolean isOver(long end) {
    return end <= clock.millis();
  }

  void write(String name, byte[] data, Duration time) throws IOException {
    if (hasRoom()) {
      ByteBuffer content = ByteBuffer.allocate(Long.BYTES + data.length);
      content.putLong(clock.millis() + time.toMillis()).put(data).flip();
      SecretFiles.write(file(name), content);
    }
  }

  /** Counts one more, and makes room if it is time for that. */
  private synchronized boolean hasRoom() throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(sweptAt) || !now.isBefore(sweptAt.plus(BETWEEN_SWEEPS))) {
      sweptAt = now;
      count = sweep();
    }
    return count++ < MOST;
  }

  /** How many are left. */
  private int sweep() throws IOException {
    int left = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : files) {
        if (isOver(end(file))) {
          Files.deleteIfExists(file);
        } else {
          left++;
        }
      }
    }
    return left;
  }

  /** When a session is over; one that cannot be read is over. */
  private static long end(Path file) {
    ByteBuffer end = ByteBuffer.allocate(Long.BYTES);
    try (FileChannel in = FileChannel.open(file)) {
      return in.read(end) == Long.BYTES ? end.getLong(0) : Long.MIN_VALUE;
    } catch (IOException gone) {
      return Long.MIN_VALUE;
    }
  }
}
