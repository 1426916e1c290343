package io.tlsport.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the JVM still has the security providers that are asked for by name. */
final class ProviderOrderCheck implements Check {
  private static final String NAME = "security providers";
  private static final String JSSE = "SunJSSE";
  private static final Set<String> OTHERS =
      Set.of("Conscrypt", "BCJSSE", "BC", "BCFIPS", "OpenSSLProvider");

  @Override
  public List<Finding> look(Machine machine) {
    List<String> installed = machine.jcaProviders();
    List<Finding> findings = new ArrayList<>();
    required(findings, installed, JSSE, "provider jdk has no engine");
    required(findings, installed, "SunEC", "provider jdk has no EC keys and no ECDHE");
    required(findings, installed, "SunRsaSign", "provider jdk has no RSA signatures");
    List<String> before =
        installed.stream().takeWhile(name -> !name.equals(JSSE)).filter(OTHERS::contains).toList();
    if (!before.isEmpty()) {
      findings.add(
          Finding.warning(
              NAME,
              List.of(),
              String.join(", ", before)
                  + " stands before "
                  + JSSE
                  + ": nothing changes for tlsport, which asks by name, but other libraries in this"
                  + " JVM get it where they name none",
              "take it out of security.provider.N in java.security, and out of calls of"
                  + " Security.insertProviderAt: tlsport needs none of them installed"));
    }
    return findings.isEmpty()
        ? List.of(Finding.ok(NAME, "SunJSSE and what it needs are installed"))
        : findings;
  }

  private static void required(
      List<Finding> findings, List<String> installed, String name, String consequence) {
    if (!installed.contains(name)) {
      findings.add(
          Finding.problem(
              NAME,
              List.of("jdk"),
              name + " is not among the security providers of this JVM: " + consequence,
              "add security.provider.N=" + name + " to java.security"));
    }
  }
}
