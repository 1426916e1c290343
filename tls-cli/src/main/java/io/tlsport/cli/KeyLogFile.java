package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.InsecureKeyLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Appends secrets to a file, which is for its owner only where this program makes it. */
final class KeyLogFile implements InsecureKeyLog {
  private final Path file;

  private KeyLogFile(Path file) {
    this.file = file;
  }

  /**
   * A log in that file, which is made with the first line: a provider may still refuse to tell any.
   *
   * @throws ConfigurationException if it cannot be written
   */
  static KeyLogFile open(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    boolean writable =
        Files.exists(absolute)
            ? !Files.isDirectory(absolute) && Files.isWritable(absolute)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, "--keylog: " + file + " cannot be written");
    }
    return new KeyLogFile(file);
  }

  @Override
  public void line(String line) {
    try {
      append(line + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private synchronized void append(String text) throws IOException {
    if (!Files.exists(file)) {
      make();
    }
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
  }

  private void make() throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }
}
