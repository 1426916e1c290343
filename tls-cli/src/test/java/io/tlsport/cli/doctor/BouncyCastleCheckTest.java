package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;

import org.junit.jupiter.api.Test;

class BouncyCastleCheckTest {
  private static final Check CHECK = new BouncyCastleCheck();

  private static final String PLAIN = "org/bouncycastle/jce/provider/BouncyCastleProvider.class";
  private static final String FIPS =
      "org/bouncycastle/jcajce/provider/BouncyCastleFipsProvider.class";
  private static final String JSSE =
      "org/bouncycastle/jsse/provider/BouncyCastleJsseProvider.class";

  private static MadeMachine with(String... resources) {
    MadeMachine machine = new MadeMachine();
    for (String resource : resources) {
      machine.resource(resource);
    }
    return machine;
  }

  @Test
  void bothStacksAreAProblem() {
    problem(CHECK, with(PLAIN, FIPS, JSSE), "bcjsse", "both there", "never some of both");
  }

  @Test
  void halfAStackIsAProblem() {
    problem(CHECK, with(PLAIN), "bctls", "add bctls-jdk18on");
    problem(CHECK, with(JSSE), "bctls", "add bcprov-jdk18on");
  }

  @Test
  void jarsOfTwoVersionsAreAProblem() {
    problem(
        CHECK,
        with(PLAIN, JSSE).classPath("a/bcprov-jdk18on-1.84.jar", "a/bctls-jdk18on-1.78.1.jar"),
        "bcjsse",
        "1.84",
        "1.78.1",
        "bc-jdk18on-bom");
  }

  @Test
  void wholeStackIsNone() {
    healthy(
        CHECK,
        with(PLAIN, JSSE).classPath("a/bcprov-jdk18on-1.84.jar", "a/bctls-jdk18on-1.84.jar"));
    healthy(CHECK, new MadeMachine().tls("jdk"));
  }
}
