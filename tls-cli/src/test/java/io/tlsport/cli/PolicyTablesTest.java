package io.tlsport.cli;

import io.tlsport.Tls;
import io.tlsport.core.policy.baseline.SecurityPolicies;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.cipher.CipherSuite;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the document says of policies is what they select. */
class PolicyTablesTest {
  @Test
  void policiesSelectWhatTheirTablesSay() throws IOException {
    Map<String, List<String>> ciphers = new LinkedHashMap<>();
    for (String provider : Providers.names().toList()) {
      try (Tls tls = Tls.builder().provider(provider).build()) {
        ciphers.put(provider, tls.getCiphers());
      }
    }
    Document document = Document.read("docs/policies.md");
    // The others have the name of the day or one that stands for it.
    for (String name : List.of("default", "node-0.12", "fips")) {
      SecurityPolicy policy = SecurityPolicies.byName(name).orElseThrow();
      document = document.withPart("policy " + name, part(policy, ciphers));
    }
    document.requireInPlace();
  }

  private static String part(SecurityPolicy policy, Map<String, List<String>> ciphers) {
    return "| | |\n| --- | --- |\n"
        + row("versions", policy.minVersion() + " to " + policy.maxVersion())
        + row("`ciphers`", "`" + policy.ciphers() + "`")
        + row(
            "`ecdhCurve`",
            policy.groups().isEmpty() ? "`auto`" : "`" + String.join(":", policy.groups()) + "`")
        + "\n"
        + row("suite, most wanted first", cells(ciphers, name -> "`" + name + "`"))
        + row("---", cells(ciphers, name -> "---"))
        + CipherList.parse(policy.ciphers()).stream()
            .filter(suite -> !suite.isPsk()) // a policy has no pskCallback, and they need one
            .filter(suite -> ciphers.keySet().stream().anyMatch(p -> has(ciphers, p, suite)))
            .map(
                suite ->
                    row(
                        "`" + suite.name() + "`",
                        cells(ciphers, name -> has(ciphers, name, suite) ? "yes" : "")))
            .collect(Collectors.joining());
  }

  /** What depends on the version of Java is left out: the document says so. */
  private static boolean has(
      Map<String, List<String>> ciphers, String provider, CipherSuite suite) {
    boolean depends = provider.equals("jdk") && suite.keyExchange().equals("RSA");
    return !depends && ciphers.getOrDefault(provider, List.of()).contains(suite.name());
  }

  private static String cells(
      Map<String, List<String>> ciphers, java.util.function.UnaryOperator<String> cell) {
    return ciphers.keySet().stream().map(cell).collect(Collectors.joining(" | "));
  }

  private static String row(String title, String cells) {
    return "| " + title + " | " + cells + " |\n";
  }
}
