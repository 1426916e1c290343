package io.tlsport.cli.doctor;

import java.util.List;

/** Whether Conscrypt's jar has a library for this system and processor. */
final class NativeLibraryCheck implements Check {
  static final String NAME = "native library";
  static final List<String> CONSCRYPT = List.of("conscrypt");
  static final String CONSCRYPT_CLASS = "org/conscrypt/Conscrypt.class";

  @Override
  public List<Finding> look(Machine machine) {
    if (!machine.tlsProviders().contains("conscrypt")) {
      return List.of();
    }
    if (!machine.resource().test(CONSCRYPT_CLASS)) {
      return List.of(
          Finding.problem(
              NAME,
              CONSCRYPT,
              "tlsport-provider-conscrypt is there without Conscrypt itself",
              "add conscrypt-openjdk-uber to the class path"));
    }
    String library = library(machine);
    if (machine.resource().test(library)) {
      return List.of(Finding.ok(NAME, "Conscrypt has a library for " + machine.platform()));
    }
    return List.of(
        Finding.problem(
            NAME,
            CONSCRYPT,
            "Conscrypt has no library for " + machine.platform() + " (" + library + ")",
            "use conscrypt-openjdk-uber, which has those for Linux, macOS and Windows on x86_64 and"
                + " for Linux and macOS on aarch_64; elsewhere use jdk, bcjsse or bctls"));
  }

  private static String library(Machine machine) {
    String name = "conscrypt_openjdk_jni-" + machine.platform();
    return "META-INF/native/"
        + switch (machine.os()) {
          case "windows" -> name + ".dll";
          case "osx" -> "lib" + name + ".dylib";
          default -> "lib" + name + ".so";
        };
  }
}
