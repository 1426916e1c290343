package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files that options name; what is wrong with one is told with the option's name. */
final class InputFile {
  private InputFile() {}

  /**
   * Reads the file of an option.
   *
   * @throws ConfigurationException if it is missing, unreadable or empty
   */
  static Pem read(String option, Path file) {
    Pem content;
    try {
      content = Pem.read(file);
    } catch (ConfigurationException unreadable) {
      throw new ConfigurationException(
          unreadable.code(),
          option + ": " + unreadable.getMessage() + "; give the path of a file that can be read",
          unreadable);
    }
    if (content.bytes().length == 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, option + ": " + file + " is empty; give another file");
    }
    return content;
  }

  /** The first line of a file, without its end. */
  static Secret passphrase(String option, Path file) {
    String text = new String(read(option, file).bytes(), StandardCharsets.UTF_8);
    return Secret.of(text.lines().findFirst().orElse(""));
  }
}
