package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;
import static io.tlsport.cli.doctor.Diagnosis.warning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FipsCheckTest {
  private static final Check CHECK = new FipsCheck();

  private static final String MODULE =
      "org/bouncycastle/jcajce/provider/BouncyCastleFipsProvider.class";
  private static final String APPROVED = "org.bouncycastle.fips.approved_only";

  @Test
  void missingModuleIsAProblem() {
    problem(
        CHECK,
        new MadeMachine().fips().property(APPROVED, "true"),
        "bcjsse",
        "bc-fips is not there");
  }

  @Test
  void modeThatIsNotApprovedIsAProblem() {
    problem(
        CHECK,
        new MadeMachine().fips().resource(MODULE),
        "bctls",
        "approved mode",
        "-D" + APPROVED);
  }

  @Test
  void mergedJarIsAProblem() {
    problem(
        CHECK,
        new MadeMachine()
            .fips()
            .resource(MODULE)
            .property(APPROVED, "true")
            .classPath("app-jar-with-dependencies.jar"),
        "bcjsse",
        "merged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.bouncycastle.jsse.fips.allowRSAKeyExchange",
        "org.bouncycastle.rsa.allow_multi_use"
      })
  void settingThatLetsMoreThroughIsAProblem(String name) {
    problem(
        CHECK,
        new MadeMachine().fips().resource(MODULE).property(APPROVED, "true").property(name, "true"),
        "bcjsse",
        name + " is true",
        "-D" + name);
    healthy(
        CHECK,
        new MadeMachine()
            .fips()
            .resource(MODULE)
            .property(APPROVED, "true")
            .property(name, "false"));
  }

  @Test
  void propertyWithoutModuleIsAWarning() {
    warning(CHECK, new MadeMachine().property(APPROVED, "true"), "bcjsse", "nothing is approved");
  }

  @Test
  void moduleWithoutPropertyIsAWarning() {
    warning(CHECK, new MadeMachine().resource(MODULE), "bcjsse", "not in approved mode");
  }

  @Test
  void wholeSetUpIsNone() {
    healthy(CHECK, new MadeMachine().fips().resource(MODULE).property(APPROVED, "true"));
    healthy(CHECK, new MadeMachine());
  }
}
