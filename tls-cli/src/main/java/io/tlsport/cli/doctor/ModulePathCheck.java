package io.tlsport.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether what lies on the module path takes part. */
final class ModulePathCheck implements Check {
  private static final String NAME = "module path";
  private static final String PROVIDER = "tlsport-provider-";

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> findings = new ArrayList<>();
    List<String> adapters =
        machine.modules().stream().filter(jar -> jar.startsWith(PROVIDER)).toList();
    for (String jar : adapters) {
      if (jar.startsWith(PROVIDER + "bcjsse")) {
        findings.add(
            Finding.problem(
                NAME,
                List.of("bcjsse", "bctls"),
                jar + " is on the module path, and has no module descriptor",
                "put it, and the jars of Bouncy Castle, on the class path"));
      } else if (machine.tlsProviders().isEmpty()) {
        findings.add(
            Finding.problem(
                NAME,
                List.of(),
                jar + " is on the module path, and no provider was found",
                "start Java with --add-modules ALL-MODULE-PATH, or let your module require"
                    + " io.tlsport and io.tlsport.core, which use providers"));
      }
    }
    boolean split =
        !machine.modules().isEmpty()
            && machine.jars().stream().anyMatch(jar -> jar.startsWith("tlsport-api"))
            && machine.modules().stream().anyMatch(jar -> jar.startsWith("tlsport-api"));
    if (split) {
      findings.add(
          Finding.problem(
              NAME,
              List.of(),
              "tlsport-api is on the class path and on the module path: providers of the one are"
                  + " not found by the other",
              "keep it on one of them"));
    }
    return findings;
  }
}
