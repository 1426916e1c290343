package io.tlsport.core.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How many file descriptors this process may have open, where the system tells it in a file. */
public final class DescriptorLimit {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  private DescriptorLimit() {}

  /** The limit in force; empty if there is none, or nobody tells. */
  public static OptionalLong ofProcess() {
    try {
      return in(Files.readString(LIMITS));
    } catch (IOException notTold) {
      return OptionalLong.empty();
    }
  }

  /** The limit in such a file: the first of the two numbers, which is the one in force. */
  static OptionalLong in(String file) {
    return file.lines()
        .filter(line -> line.startsWith(LINE))
        .map(line -> line.substring(LINE.length()).strip().split("\\s+", 2)[0])
        .filter(number -> number.matches("[0-9]{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }
}
