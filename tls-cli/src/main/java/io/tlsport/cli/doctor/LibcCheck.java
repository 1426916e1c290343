package io.tlsport.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether a Linux has the C library that Conscrypt's is linked with. */
final class LibcCheck implements Check {
  private static final String NAME = "C library";

  @Override
  public List<Finding> look(Machine machine) {
    if (!machine.os().equals("linux")
        || !machine.resource().test(NativeLibraryCheck.CONSCRYPT_CLASS)) {
      return List.of();
    }
    boolean musl = has(machine, "ld-musl-");
    boolean glibc = has(machine, "ld-linux");
    if (musl && !glibc) {
      return List.of(
          Finding.problem(
              NAME,
              NativeLibraryCheck.CONSCRYPT,
              "this system has musl and no glibc, as Alpine has, and Conscrypt needs glibc",
              "start from an image with glibc, or use jdk, bcjsse or bctls, which are Java only"));
    }
    return glibc ? List.of(Finding.ok(NAME, "glibc is there")) : List.of();
  }

  private static boolean has(Machine machine, String loader) {
    return Stream.of("/lib", "/lib64").map(machine::file).anyMatch(folder -> holds(folder, loader));
  }

  private static boolean holds(Path folder, String beginning) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith(beginning));
    } catch (IOException notThere) {
      return false;
    }
  }
}
