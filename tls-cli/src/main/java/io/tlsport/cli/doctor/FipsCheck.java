package io.tlsport.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether what FIPS approved mode needs is set, and nothing else where it is not asked for. */
final class FipsCheck implements Check {
  private static final String NAME = "FIPS";
  private static final String APPROVED = "org.bouncycastle.fips.approved_only";
  private static final Map<String, String> LOOSE =
      Map.of(
          "org.bouncycastle.jsse.fips.allowRSAKeyExchange",
          "suites are offered whose key transport the module refuses in the handshake",
          "org.bouncycastle.rsa.allow_multi_use",
          "an RSA key may both sign and decrypt, which is not approved");
  private static final List<String> PROVIDERS = List.of("bcjsse", "bctls");
  private static final String MODULE =
      "org/bouncycastle/jcajce/provider/BouncyCastleFipsProvider.class";

  @Override
  public List<Finding> look(Machine machine) {
    boolean approved = machine.property(APPROVED).filter("true"::equalsIgnoreCase).isPresent();
    boolean module = machine.resource().test(MODULE);
    return machine.fips() ? asked(machine, module, approved) : notAsked(module, approved);
  }

  private static List<Finding> asked(Machine machine, boolean module, boolean approved) {
    List<Finding> findings = new ArrayList<>();
    if (!module) {
      findings.add(
          problem(
              "FIPS is asked for, and the module bc-fips is not there",
              "put bc-fips, bctls-fips, bcutil-fips and bcpkix-fips in place of the plain jars;"
                  + " ./tls --fips does"));
    }
    if (!approved) {
      findings.add(
          problem(
              "FIPS is asked for, and the JVM was not started in approved mode",
              "start Java with -D" + APPROVED + "=true: set from code it holds for one thread"));
    }
    loose(machine, findings);
    machine
        .jars()
        .forEach(
            jar -> {
              if (jar.contains("-all")
                  || jar.contains("shaded")
                  || jar.contains("with-dependencies")) {
                findings.add(
                    problem(
                        jar + " looks merged, and the module checks its own jar when it starts",
                        "keep bc-fips a jar of its own"));
              }
            });
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              NAME,
              "the module is there in approved mode; seeds come from "
                  + machine.securityProperty("securerandom.source").orElse("the JVM's default")));
    }
    return findings;
  }

  /** Settings that let more through than the module computes, or than is approved. */
  private static void loose(Machine machine, List<Finding> findings) {
    LOOSE.forEach(
        (name, why) ->
            machine
                .property(name)
                .filter("true"::equalsIgnoreCase)
                .ifPresent(
                    set ->
                        findings.add(
                            problem(name + " is true: " + why, "start Java without -D" + name))));
  }

  private static List<Finding> notAsked(boolean module, boolean approved) {
    if (approved && !module) {
      return List.of(
          Finding.warning(
              NAME,
              PROVIDERS,
              APPROVED + " is true, and the module that reads it is not there: nothing is approved",
              "put bc-fips and its companions in place of the plain jars, and say requireFips()"));
    }
    if (module && !approved) {
      return List.of(
          Finding.warning(
              NAME,
              PROVIDERS,
              "the module bc-fips is there, and not in approved mode",
              "start Java with -D" + APPROVED + "=true, and say requireFips()"));
    }
    return List.of();
  }

  private static Finding problem(String found, String mend) {
    return Finding.problem(NAME, PROVIDERS, found, mend);
  }
}
