package io.tlsport.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether the folder that native libraries are unpacked into can hold them. */
final class NativeFolderCheck implements Check {
  private static final String NAME = "folder for native libraries";
  private static final String WORKDIR = "org.conscrypt.native.workdir";
  private static final String MEND =
      "name a folder that can be written and holds programs: -D" + WORKDIR + "=DIR";

  /** The fields of a line of {@code /proc/mounts}. */
  private static final int PLACE = 1;

  private static final int OPTIONS = 3;

  @Override
  public List<Finding> look(Machine machine) {
    if (!machine.resource().test(NativeLibraryCheck.CONSCRYPT_CLASS)) {
      return List.of();
    }
    Path folder =
        Path.of(
            machine.property(WORKDIR).or(() -> machine.property("java.io.tmpdir")).orElse("/tmp"));
    return List.of(
        wrong(machine, folder)
            .map(wrong -> Finding.problem(NAME, NativeLibraryCheck.CONSCRYPT, wrong, MEND))
            .orElseGet(() -> Finding.ok(NAME, folder + " takes native libraries")));
  }

  private static Optional<String> wrong(Machine machine, Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.of(folder + ", where Conscrypt's library is unpacked, is no folder");
    }
    if (!canWrite(folder)) {
      return Optional.of(folder + ", where Conscrypt's library is unpacked, cannot be written");
    }
    return mount(machine, folder)
        .filter(fields -> Arrays.asList(fields[OPTIONS].split(",", -1)).contains("noexec"))
        .map(
            fields ->
                folder
                    + ", where Conscrypt's library is unpacked, lies on "
                    + fields[PLACE]
                    + ", which is mounted with noexec");
  }

  /** Tried: permissions alone do not tell of file systems that are full or read-only. */
  private static boolean canWrite(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "tlsport", ".tmp"));
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** The line of the mount that holds the folder: the one with the longest path. */
  private static Optional<String[]> mount(Machine machine, Path folder) {
    try {
      Path real = folder.toRealPath();
      return Files.readAllLines(machine.file("/proc/mounts")).stream()
          .map(line -> line.split(" ", -1))
          .filter(fields -> fields.length > OPTIONS)
          .filter(fields -> real.startsWith(Path.of(fields[PLACE].replace("\\040", " "))))
          .max(Comparator.comparingInt(fields -> fields[PLACE].length()));
    } catch (IOException noLinux) {
      return Optional.empty();
    }
  }
}
