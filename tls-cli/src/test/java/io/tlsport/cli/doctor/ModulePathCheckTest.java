package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathCheckTest {
  private static final Check CHECK = new ModulePathCheck();

  @Test
  void bouncyCastleBelongsOnTheClassPath() {
    problem(
        CHECK,
        new MadeMachine().modulePath("m/tlsport-provider-bcjsse-0.1.0.jar"),
        "bctls",
        "module descriptor",
        "class path");
  }

  @Test
  void foldersOnTheModulePathCount(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("tlsport-provider-bcjsse-0.1.0.jar"));
    problem(CHECK, new MadeMachine().modulePath(folder.toString()), "bctls", "module descriptor");
  }

  @Test
  void providerThatIsNotResolvedIsAProblem() {
    problem(
        CHECK,
        new MadeMachine().tls().modulePath("m/tlsport-provider-jdk-0.1.0.jar"),
        "jdk",
        "--add-modules");
    healthy(CHECK, new MadeMachine().modulePath("m/tlsport-provider-jdk-0.1.0.jar"));
  }

  @Test
  void apiOnBothPathsIsAProblem() {
    problem(
        CHECK,
        new MadeMachine().modulePath("m/tlsport-api-1.jar").classPath("lib/tlsport-api-1.jar"),
        "jdk",
        "on the module path",
        "one of them");
  }
}
