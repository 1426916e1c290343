package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibcCheckTest {
  private static final Check CHECK = new LibcCheck();

  @TempDir Path root;

  @Test
  void muslAloneIsAProblem() throws IOException {
    Files.createFile(Files.createDirectory(root.resolve("lib")).resolve("ld-musl-x86_64.so.1"));
    problem(CHECK, new MadeMachine().root(root), "conscrypt", "musl", "image with glibc");
  }

  @Test
  void muslBesideGlibcIsNone() throws IOException {
    Files.createFile(Files.createDirectory(root.resolve("lib")).resolve("ld-musl-x86_64.so.1"));
    Files.createFile(Files.createDirectory(root.resolve("lib64")).resolve("ld-linux-x86-64.so.2"));
    healthy(CHECK, new MadeMachine().root(root));
  }
}
