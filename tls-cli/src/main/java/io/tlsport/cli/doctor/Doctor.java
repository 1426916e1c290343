package io.tlsport.cli.doctor;

import java.util.List;

/** All checks, in the order in which one would look. */
public final class Doctor {
  private static final List<Check> CHECKS =
      List.of(
          new SystemCheck(),
          new ClockCheck(),
          new RootsCheck(),
          new ProviderOrderCheck(),
          new DisabledAlgorithmsCheck(),
          new JdkPropertiesCheck(),
          new ModulePathCheck(),
          new NativeLibraryCheck(),
          new LibcCheck(),
          new NativeFolderCheck(),
          new NativeAccessCheck(),
          new BouncyCastleCheck(),
          new FipsCheck());

  private Doctor() {}

  /** What they find on that machine. */
  public static List<Finding> examine(Machine machine) {
    return CHECKS.stream().flatMap(check -> check.look(machine).stream()).toList();
  }
}
