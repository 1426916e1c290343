package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.warning;

import org.junit.jupiter.api.Test;

class JdkPropertiesCheckTest {
  private static final Check CHECK = new JdkPropertiesCheck();

  @Test
  void groupsForTheWholeProcessAreAWarning() {
    warning(
        CHECK,
        new MadeMachine().property("jdk.tls.namedGroups", "secp384r1"),
        "jdk",
        "jdk.tls.namedGroups=secp384r1",
        "ecdhCurve",
        "without -D");
  }

  @Test
  void switchIsAWarningWhereItIsOff() {
    warning(
        CHECK,
        new MadeMachine().property("jsse.enableSNIExtension", "false"),
        "jdk",
        "server name");
    healthy(CHECK, new MadeMachine().property("jsse.enableSNIExtension", "true"));
  }
}
