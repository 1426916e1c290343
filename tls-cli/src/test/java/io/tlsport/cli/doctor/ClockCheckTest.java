package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;

import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private static final Check CHECK = new ClockCheck();

  @Test
  void timeBeforeTheReleaseOfTheJdkIsAProblem() {
    problem(CHECK, new MadeMachine().now("1970-01-01T00:00:10Z"), "jdk", "1970-01-01", "NTP");
  }

  @Test
  void timeLongAfterTheReleaseOfTheJdkIsAProblem() {
    problem(CHECK, new MadeMachine().now("2051-01-01T00:00:00Z"), "jdk", "20 years after");
  }

  @Test
  void timeOfOurDaysIsNone() {
    healthy(CHECK, new MadeMachine());
    healthy(
        CHECK, new MadeMachine().property("java.version.date", "soon").now("1970-01-01T00:00:10Z"));
  }
}
