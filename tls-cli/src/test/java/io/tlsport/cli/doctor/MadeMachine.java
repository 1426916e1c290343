package io.tlsport.cli.doctor;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine to the taste of a test; at first a healthy one, with nothing of Bouncy Castle. */
final class MadeMachine {
  private final Map<String, String> system =
      new HashMap<>(
          Map.of(
              "java.specification.version", "17",
              "java.version.date", "2026-01-20",
              "os.name", "Linux",
              "os.arch", "amd64"));
  private final Map<String, String> security = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private final Set<String> resources =
      new HashSet<>(
          Set.of(
              NativeLibraryCheck.CONSCRYPT_CLASS,
              "META-INF/native/libconscrypt_openjdk_jni-linux-x86_64.so"));
  private List<String> jca = List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE");
  private List<String> tls = List.of("jdk", "conscrypt", "bcjsse", "bctls");
  private Path root = Path.of("/nowhere");
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private boolean fips;

  MadeMachine property(String name, String value) {
    system.put(name, value);
    return this;
  }

  MadeMachine security(String name, String value) {
    security.put(name, value);
    return this;
  }

  MadeMachine argument(String argument) {
    arguments.add(argument);
    return this;
  }

  MadeMachine resource(String name) {
    resources.add(name);
    return this;
  }

  MadeMachine without(String resource) {
    resources.remove(resource);
    return this;
  }

  MadeMachine jca(String... names) {
    jca = List.of(names);
    return this;
  }

  MadeMachine tls(String... names) {
    tls = List.of(names);
    return this;
  }

  MadeMachine root(Path folder) {
    root = folder;
    return this;
  }

  MadeMachine now(String instant) {
    now = Instant.parse(instant);
    return this;
  }

  MadeMachine fips() {
    fips = true;
    return this;
  }

  MadeMachine classPath(String... jars) {
    return property("java.class.path", String.join(File.pathSeparator, jars));
  }

  MadeMachine modulePath(String... jars) {
    return property("jdk.module.path", String.join(File.pathSeparator, jars));
  }

  Machine machine() {
    return new Machine(
        name -> system.getOrDefault(name, ""),
        name -> security.getOrDefault(name, ""),
        arguments,
        jca,
        tls,
        resources::contains,
        root,
        now,
        fips);
  }

  /** What a check finds, but for what is as it should be. */
  List<Finding> wrong(Check check) {
    return check.look(machine()).stream()
        .filter(finding -> finding.gravity() != Finding.Gravity.OK)
        .toList();
  }
}
