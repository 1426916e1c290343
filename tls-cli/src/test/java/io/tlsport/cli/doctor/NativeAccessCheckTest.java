package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;
import static io.tlsport.cli.doctor.Diagnosis.warning;

import org.junit.jupiter.api.Test;

class NativeAccessCheckTest {
  private static final Check CHECK = new NativeAccessCheck();

  private static MadeMachine java25() {
    return new MadeMachine().property("java.specification.version", "25");
  }

  @Test
  void deniedAccessIsAProblem() {
    problem(
        CHECK,
        java25().argument("--illegal-native-access=deny"),
        "conscrypt",
        "deny",
        "--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void silenceIsAWarningOnNewerJava() {
    warning(CHECK, java25(), "conscrypt", "Java 25");
    healthy(CHECK, new MadeMachine());
    healthy(CHECK, java25().argument("--enable-native-access=ALL-UNNAMED"));
  }
}
