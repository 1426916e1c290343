package io.tlsport.tck.report;

import io.tlsport.tck.engine.Contracts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the program of the kit is told.
 *
 * @param jar the jar that the provider must come from; empty: any
 * @param provider the provider's name; empty: every one
 * @param contracts only these, by their tags; empty: all
 * @param rules only these, by number or chapter; empty: all
 * @param internals whether the vendor's internals are allowed
 * @param fips whether FIPS approved mode is required
 */
record KitArguments(
    Optional<String> jar,
    Optional<String> provider,
    List<String> contracts,
    List<String> rules,
    boolean internals,
    boolean fips) {
  /** Keeps copies. */
  KitArguments {
    contracts = List.copyOf(contracts);
    rules = List.copyOf(rules);
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static KitArguments parse(String... arguments) {
    Optional<String> jar = Optional.empty();
    Optional<String> provider = Optional.empty();
    List<String> contracts = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    boolean internals = false;
    boolean fips = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--provider-jar" -> jar = Optional.of(value(arguments, ++i));
        case "--provider" -> provider = Optional.of(value(arguments, ++i));
        case "--contract" -> contracts.add(contract(value(arguments, ++i)));
        case "--rule" -> rules.add(rule(value(arguments, ++i)));
        case "--provider-internals" -> internals = true;
        case "--fips" -> fips = true;
        default -> throw new IllegalArgumentException("unknown option: " + arguments[i]);
      }
    }
    return new KitArguments(jar, provider, contracts, rules, internals, fips);
  }

  private static String value(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
    }
    return arguments[at];
  }

  private static String contract(String name) {
    return Contracts.tags().stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no contract " + name + "; there are " + Contracts.tags()));
  }

  private static String rule(String number) {
    String bare = number.replaceFirst("^TLS-", "");
    Set<String> all = new TreeSet<>();
    Contracts.tags().forEach(tag -> all.addAll(Contracts.rules(tag)));
    if (all.stream().noneMatch(rule -> isOf(rule, bare))) {
      throw new IllegalArgumentException(
          "no test has the rule "
              + number
              + ": give one of docs/specification.md, such as 7.3, or a"
              + " chapter, such as 7");
    }
    return bare;
  }

  private static boolean isOf(String rule, String wanted) {
    return rule.equals(wanted) || rule.startsWith(wanted + ".");
  }

  /** Whether tests of that rule are wanted. */
  boolean wantsRule(String rule) {
    return rules.isEmpty() || rules.stream().anyMatch(wanted -> isOf(rule, wanted));
  }
}
