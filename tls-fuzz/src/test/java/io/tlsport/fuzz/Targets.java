package io.tlsport.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All of them, by their names. */
final class Targets {
  /** The providers whose engines are tried. */
  static final List<String> PROVIDERS = List.of("jdk", "conscrypt", "bcjsse", "bctls");

  private Targets() {}

  /** Those that one process tries by day. */
  static List<List<String>> parsers() {
    return Stream.of(
            WireTarget.values(), TextTarget.values(), DerTarget.values(), CredentialTarget.values())
        .map(group -> Arrays.stream(group).map(Enum::name).toList())
        .toList();
  }

  /** What of a provider is tried. */
  static List<String> engines(String provider) {
    return Arrays.stream(EngineTarget.Kind.values()).map(kind -> provider + '/' + kind).toList();
  }

  static Target named(String name) {
    int slash = name.indexOf('/');
    if (slash > 0) {
      return EngineTarget.of(
          name.substring(0, slash), EngineTarget.Kind.valueOf(name.substring(slash + 1)));
    }
    List<Target> all = new ArrayList<>();
    all.addAll(List.of(WireTarget.values()));
    all.addAll(List.of(TextTarget.values()));
    all.addAll(List.of(DerTarget.values()));
    all.addAll(List.of(CredentialTarget.values()));
    return all.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target " + name));
  }
}
