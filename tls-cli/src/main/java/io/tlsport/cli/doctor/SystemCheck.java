package io.tlsport.cli.doctor;

import java.util.List;

/** What this runs on. */
final class SystemCheck implements Check {
  private static final String NAME = "system";
  private static final int OLDEST = 17;

  @Override
  public List<Finding> look(Machine machine) {
    String here =
        "Java "
            + machine.property("java.version").orElse(String.valueOf(machine.java()))
            + " ("
            + machine.property("java.vendor").orElse("unknown vendor")
            + "), "
            + machine.platform();
    return List.of(
        machine.java() < OLDEST
            ? Finding.problem(
                NAME, List.of(), here + " is too old", "set JAVA_HOME to a JDK 17 or newer")
            : Finding.ok(NAME, here));
  }
}
