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
   * A log in that file.
   *
   * @throws ConfigurationException if it cannot be written
   */
  static KeyLogFile open(Path file) {
    try {
      if (!Files.exists(file)) {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
          Files.createFile(file);
        }
      }
      KeyLogFile log = new KeyLogFile(file);
      log.append("");
      return log;
    } catch (IOException cannot) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, "--keylog: " + file + " cannot be written", cannot);
    }
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
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
  }
}
