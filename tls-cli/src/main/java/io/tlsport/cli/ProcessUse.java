package io.tlsport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process holds, where the system tells it as Linux does.
 *
 * @param residentKilobytes of memory
 * @param descriptors that are open
 */
record ProcessUse(long residentKilobytes, long descriptors) {
  private static final String RESIDENT = "VmRSS:";

  /** Now; empty where the system does not tell, or the process is gone. */
  static Optional<ProcessUse> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> open = Files.list(process.resolve("fd"));
        Stream<String> status = Files.lines(process.resolve("status"))) {
      long descriptors = open.count();
      return status
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> line.replaceAll("\\D", ""))
          .map(number -> new ProcessUse(Long.parseLong(number), descriptors))
          .findFirst();
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
