package io.tlsport.cli.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether {@code jdk.tls.disabledAlgorithms} forbids what is asked for by default. */
final class DisabledAlgorithmsCheck implements Check {
  private static final String NAME = "disabled algorithms";
  private static final String PROPERTY = "jdk.tls.disabledAlgorithms";
  private static final List<String> JSSE = List.of("jdk", "bcjsse");

  /** What stops working. */
  private static final Map<String, String> NEEDED =
      Map.ofEntries(
          Map.entry("TLS", "every version of TLS"),
          Map.entry("TLSv1.2", "TLS 1.2"),
          Map.entry("TLSv1.3", "TLS 1.3"),
          Map.entry("ECDHE", "key exchange by ECDHE in TLS 1.2"),
          Map.entry("ECDHE_RSA", "RSA certificates in TLS 1.2"),
          Map.entry("ECDHE_ECDSA", "EC certificates in TLS 1.2"),
          Map.entry("RSA", "RSA certificates"),
          Map.entry("EC", "EC certificates"),
          Map.entry("ECDSA", "EC certificates"),
          Map.entry("AES", "the suites with AES"),
          Map.entry("GCM", "the suites with GCM"),
          Map.entry("X25519", "the group X25519"),
          Map.entry("SECP256R1", "the group P-256"),
          Map.entry("SHA256", "signatures with SHA-256"));

  private static final Set<String> WHOLE = Set.of("TLS", "TLSv1.2", "TLSv1.3");

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> findings = new ArrayList<>();
    for (String entry : entries(machine)) {
      NEEDED.forEach(
          (algorithm, what) -> {
            if (algorithm.equalsIgnoreCase(entry)) {
              findings.add(finding(algorithm, what));
            }
          });
    }
    return findings.isEmpty()
        ? List.of(Finding.ok(NAME, PROPERTY + " forbids nothing that is asked for by default"))
        : findings;
  }

  /** Entries with a condition, such as {@code RSA keySize < 2048}, forbid a part only. */
  private static List<String> entries(Machine machine) {
    return machine.securityProperty(PROPERTY).stream()
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static Finding finding(String algorithm, String what) {
    String found = PROPERTY + " names " + algorithm + ", which switches off " + what;
    String mend =
        "take "
            + algorithm
            + " out of "
            + PROPERTY
            + " in the java.security of this JVM, or use conscrypt or bctls, which do not read it";
    return WHOLE.contains(algorithm)
        ? Finding.problem(NAME, JSSE, found, mend)
        : Finding.warning(NAME, JSSE, found, mend);
  }
}
