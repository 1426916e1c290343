package io.tlsport.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which part of the kit is run, and how. */
final class KitArguments {
  @Option(
      names = "--contract",
      paramLabel = "NAME",
      description = "only that contract, such as Alpn (repeatable)")
  List<String> contracts = new ArrayList<>();

  @Option(
      names = "--rule",
      paramLabel = "NUMBER",
      description = "only that rule, such as 7.3, or that chapter, such as 7 (repeatable)")
  List<String> rules = new ArrayList<>();

  @Option(names = "--provider-internals", description = "allow vendor internals")
  boolean internals;

  @Option(names = "--fips", description = "FIPS class path, approved mode only")
  boolean fips;

  /** What the kit is told of it. */
  List<String> forKit() {
    List<String> arguments = new ArrayList<>();
    contracts.forEach(name -> arguments.addAll(List.of("--contract", name)));
    rules.forEach(number -> arguments.addAll(List.of("--rule", number)));
    if (internals) {
      arguments.add("--provider-internals");
    }
    if (fips) {
      arguments.add("--fips");
    }
    return arguments;
  }
}
