package io.tlsport.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the JVM still has the security providers that are asked for by name. */
final class ProviderOrderCheck implements Check {
  private static final String NAME = "security providers";
  private static final String JSSE = "SunJSSE";
  private static final String EC = "SunEC";
  private static final String CONSCRYPT = "Conscrypt";
  private static final Set<String> OTHERS =
      Set.of(CONSCRYPT, "BCJSSE", "BC", "BCFIPS", "OpenSSLProvider");

  @Override
  public List<Finding> look(Machine machine) {
    List<String> installed = machine.jcaProviders();
    List<Finding> findings = new ArrayList<>();
    required(findings, installed, JSSE, "provider jdk has no engine");
    required(findings, installed, EC, "provider jdk has no EC keys and no ECDHE");
    required(findings, installed, "SunRsaSign", "provider jdk has no RSA signatures");
    boolean breaking = before(installed, EC).contains(CONSCRYPT);
    if (breaking) {
      findings.add(
          Finding.problem(
              NAME,
              List.of("jdk"),
              CONSCRYPT
                  + " stands before "
                  + EC
                  + ": SunJSSE takes curves and keys of X25519 from it, and fails",
              "call Security.addProvider instead of insertProviderAt, or put it behind SunEC in"
                  + " java.security"));
    }
    List<String> before =
        before(installed, JSSE).stream()
            .filter(OTHERS::contains)
            .filter(name -> !breaking || !name.equals(CONSCRYPT))
            .toList();
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

  private static List<String> before(List<String> installed, String other) {
    return installed.stream().takeWhile(name -> !name.equals(other)).toList();
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
