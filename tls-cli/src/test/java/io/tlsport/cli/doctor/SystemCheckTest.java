package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;

import org.junit.jupiter.api.Test;

class SystemCheckTest {
  private static final Check CHECK = new SystemCheck();

  @Test
  void oldJavaIsAProblem() {
    problem(
        CHECK, new MadeMachine().property("java.specification.version", "1.8"), "jdk", "JAVA_HOME");
    healthy(CHECK, new MadeMachine());
  }
}
