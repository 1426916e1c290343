package io.tlsport.cli.doctor;

import java.util.List;

/** Whether a newer Java lets native code in. */
final class NativeAccessCheck implements Check {
  private static final String NAME = "native access";
  private static final String MEND = "start Java with --enable-native-access=ALL-UNNAMED";

  @Override
  public List<Finding> look(Machine machine) {
    if (!machine.watchesNativeCode() || !machine.tlsProviders().contains("conscrypt")) {
      return List.of();
    }
    List<String> arguments = machine.jvmArguments();
    if (arguments.stream().anyMatch(argument -> argument.startsWith("--enable-native-access"))) {
      return List.of(Finding.ok(NAME, "native code is allowed"));
    }
    if (arguments.contains("--illegal-native-access=deny")) {
      return List.of(
          Finding.problem(
              NAME,
              NativeLibraryCheck.CONSCRYPT,
              "--illegal-native-access=deny keeps Conscrypt's library out",
              MEND));
    }
    return List.of(
        Finding.warning(
            NAME,
            NativeLibraryCheck.CONSCRYPT,
            "Java " + machine.java() + " warns of native code, and a later one will refuse it",
            MEND));
  }
}
