package io.tlsport.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that appear whole or not at all; secret ones can be read by their owner only. */
final class OutputFile {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OutputFile() {}

  private static FileAttribute<?>[] only(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes a folder for secrets, and those above it, unless it is there. */
  static void createSecretFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only("rwx------"));
    }
  }

  /**
   * Writes a file that only its owner may read, in place of one that may be there. Readers see the
   * old content or the new one.
   */
  static void writeSecret(Path file, byte[] content) throws IOException {
    write(file, content, only("rw-------"));
  }

  /** Writes a file that everybody may read, in the same way. */
  static void write(Path file, byte[] content) throws IOException {
    write(file, content, only("rw-r--r--"));
  }

  private static void write(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(folder, ".tls", ".new", attributes);
    try {
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
