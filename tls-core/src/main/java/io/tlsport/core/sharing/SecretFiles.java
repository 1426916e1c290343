package io.tlsport.core.sharing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** Files that only their owner can read. */
final class SecretFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final int LONGEST = 1 << 20;

  private SecretFiles() {}

  private static FileAttribute<?>[] only(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only("rwx------"));
    }
  }

  /** Refuses what others could have written, or can read. */
  static void requireOwn(Path file, String permissions) throws IOException {
    if (POSIX && Files.exists(file)) {
      String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      boolean folder = Files.isDirectory(file);
      boolean open = folder ? found.substring(3).contains("w") : !found.endsWith("------");
      if (open) {
        throw new AccessDeniedException(
            file.toString(),
            null,
            "others may use it (" + found + "): make it " + permissions + "------");
      }
    }
  }

  /** Opens a file, and makes it if it is not there. */
  static FileChannel open(Path file, OpenOption option) throws IOException {
    return FileChannel.open(file, Set.of(option, StandardOpenOption.CREATE), only("rw-------"));
  }

  /** Writes a file in place of one that may be there: readers see the old one or the new one. */
  static void write(Path file, ByteBuffer content) throws IOException {
    Path fresh = Files.createTempFile(file.getParent(), ".tls", ".new", only("rw-------"));
    try {
      try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        while (content.hasRemaining()) {
          out.write(content);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Reads a file; of one that is longer than anything that is written here, the beginning. */
  static byte[] read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.min(in.size(), LONGEST));
      while (content.hasRemaining() && in.read(content) >= 0) {
        // Until all of it is there.
      }
      return Arrays.copyOf(content.array(), content.position());
    }
  }
}
