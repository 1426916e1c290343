package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderCheckTest {
  private static final Check CHECK = new NativeFolderCheck();

  @TempDir Path root;

  private MadeMachine machine(Path folder) {
    return new MadeMachine().root(root).property("java.io.tmpdir", folder.toString());
  }

  private void mounts(String... lines) throws IOException {
    Files.write(Files.createDirectory(root.resolve("proc")).resolve("mounts"), List.of(lines));
  }

  @Test
  void missingFolderIsAProblem() {
    problem(CHECK, machine(root.resolve("gone")), "conscrypt", "is no folder", "workdir=DIR");
  }

  @Test
  void folderThatTakesNoFilesIsAProblem() {
    // Nobody, not even root, makes files there.
    problem(CHECK, machine(Path.of("/proc")), "conscrypt", "cannot be written");
  }

  @Test
  void folderThatHoldsNoProgramsIsAProblem() throws IOException {
    Path folder = Files.createDirectory(root.resolve("tmp")).toRealPath();
    mounts("d / ext4 rw 0 0", "t " + folder + " tmpfs rw,nosuid,noexec 0 0");
    problem(CHECK, machine(folder), "conscrypt", "mounted with noexec", "workdir=DIR");
  }

  @Test
  void innermostMountCounts() throws IOException {
    Path folder = Files.createDirectory(root.resolve("tmp")).toRealPath();
    mounts("d / ext4 rw,noexec 0 0", "t " + folder + " tmpfs rw 0 0");
    healthy(CHECK, machine(folder));
  }

  @Test
  void folderOfConscryptsOwnCounts() {
    healthy(
        CHECK,
        machine(root.resolve("gone")).property("org.conscrypt.native.workdir", root.toString()));
  }
}
