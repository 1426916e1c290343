package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;
import static io.tlsport.cli.doctor.Diagnosis.warning;

import org.junit.jupiter.api.Test;

class DisabledAlgorithmsCheckTest {
  private static final Check CHECK = new DisabledAlgorithmsCheck();

  private static MadeMachine disabled(String list) {
    return new MadeMachine().security("jdk.tls.disabledAlgorithms", list);
  }

  @Test
  void versionThatIsOnByDefaultIsAProblem() {
    problem(CHECK, disabled("SSLv3, tlsv1.3"), "jdk", "TLSv1.3", "java.security", "conscrypt");
  }

  @Test
  void keyExchangeIsAWarning() {
    warning(CHECK, disabled("RC4, ECDHE"), "bcjsse", "key exchange by ECDHE");
  }

  @Test
  void whatNobodyAsksForMayBeOff() {
    healthy(CHECK, disabled("SSLv3, TLSv1, TLSv1.1, RC4, RSA keySize < 1024, EC keySize < 224"));
  }
}
