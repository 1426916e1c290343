package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;
import static io.tlsport.cli.doctor.Diagnosis.warning;

import org.junit.jupiter.api.Test;

class ProviderOrderCheckTest {
  private static final Check CHECK = new ProviderOrderCheck();

  @Test
  void jvmWithoutSunJsseIsAProblemOfJdk() {
    problem(
        CHECK,
        new MadeMachine().jca("SUN", "SunEC", "SunRsaSign"),
        "jdk",
        "SunJSSE",
        "java.security");
  }

  @Test
  void jvmWithoutEcIsAProblemOfJdk() {
    problem(CHECK, new MadeMachine().jca("SUN", "SunRsaSign", "SunJSSE"), "jdk", "SunEC");
  }

  @Test
  void anotherProviderInFrontIsAWarning() {
    warning(
        CHECK,
        new MadeMachine().jca("BC", "SunRsaSign", "SunEC", "Conscrypt", "SunJSSE"),
        "conscrypt",
        "BC, Conscrypt stands before SunJSSE",
        "insertProviderAt");
    healthy(CHECK, new MadeMachine().jca("SunRsaSign", "SunEC", "SunJSSE", "BC"));
  }

  @Test
  void conscryptBeforeSunEcIsAProblemOfJdk() {
    problem(
        CHECK,
        new MadeMachine().jca("Conscrypt", "SunRsaSign", "SunEC", "SunJSSE"),
        "jdk",
        "Conscrypt stands before SunEC",
        "addProvider");
  }
}
