package io.tlsport.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the jars of Bouncy Castle are one stack, whole and of one version. */
final class BouncyCastleCheck implements Check {
  private static final String NAME = "Bouncy Castle";
  private static final List<String> PROVIDERS = List.of("bcjsse", "bctls");
  private static final String PLAIN = "org/bouncycastle/jce/provider/BouncyCastleProvider.class";
  private static final String FIPS =
      "org/bouncycastle/jcajce/provider/BouncyCastleFipsProvider.class";
  private static final String JSSE =
      "org/bouncycastle/jsse/provider/BouncyCastleJsseProvider.class";
  private static final Pattern JAR =
      Pattern.compile("(bc(?:prov|pkix|util|tls)-jdk\\w+on)-(\\d[\\w.]*)\\.jar");

  @Override
  public List<Finding> look(Machine machine) {
    if (PROVIDERS.stream().noneMatch(machine.tlsProviders()::contains)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    boolean plain = machine.resource().test(PLAIN);
    boolean fips = machine.resource().test(FIPS);
    if (plain && fips) {
      findings.add(
          problem(
              "bcprov and bc-fips are both there, and which of them wins depends on their order",
              "keep bcprov, bcutil, bctls and bcpkix, or bc-fips, bcutil-fips, bctls-fips and"
                  + " bcpkix-fips, never some of both"));
    }
    if (!plain && !fips) {
      findings.add(
          problem("neither bcprov nor bc-fips is there", "add bcprov-jdk18on, or bc-fips"));
    }
    if (!machine.resource().test(JSSE)) {
      findings.add(
          problem("Bouncy Castle's TLS is not there", "add bctls-jdk18on, or bctls-fips for FIPS"));
    }
    versions(machine, findings);
    return findings.isEmpty()
        ? List.of(Finding.ok(NAME, fips ? "the FIPS stack is whole" : "the plain stack is whole"))
        : findings;
  }

  private static void versions(Machine machine, List<Finding> findings) {
    Map<String, Set<String>> versions = new TreeMap<>();
    for (String jar : machine.jars()) {
      Matcher matcher = JAR.matcher(jar);
      if (matcher.matches()) {
        versions.computeIfAbsent(matcher.group(1), name -> new TreeSet<>()).add(matcher.group(2));
      }
    }
    Set<String> all = new TreeSet<>();
    versions.values().forEach(all::addAll);
    if (all.size() > 1) {
      findings.add(
          problem(
              "its jars are of several versions: " + versions,
              "give all of them the same version, in Maven by bc-jdk18on-bom"));
    }
  }

  private static Finding problem(String found, String mend) {
    return Finding.problem(NAME, PROVIDERS, found, mend);
  }
}
