package io.tlsport.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether system properties of the JDK reach over what options ask for. */
final class JdkPropertiesCheck implements Check {
  private static final String NAME = "JDK properties";
  private static final List<String> JDK = List.of("jdk");

  /** What each of them does, whatever its value. */
  private static final Map<String, String> LIMITS =
      new TreeMap<>(
          Map.of(
              "jdk.tls.namedGroups",
                  "SunJSSE has no other groups than these, whatever ecdhCurve says",
              "jdk.tls.client.SignatureSchemes",
                  "clients sign with no others, whatever sigalgs says",
              "jdk.tls.server.SignatureSchemes",
                  "servers sign with no others, whatever sigalgs says",
              "jdk.tls.maxCertificateChainLength", "longer chains of peers are refused",
              "jdk.tls.maxHandshakeMessageSize", "longer messages of peers are refused"));

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> findings = new ArrayList<>();
    LIMITS.forEach(
        (property, what) ->
            machine
                .property(property)
                .ifPresent(value -> findings.add(warning(property, value, what))));
    switchedOff(machine, findings, "jsse.enableSNIExtension", "clients send no server name");
    switchedOff(
        machine,
        findings,
        "jdk.tls.useExtendedMasterSecret",
        "sessions of TLS 1.2 are not resumed (RFC 7627)");
    return findings.isEmpty()
        ? List.of(Finding.ok(NAME, "none is set that reaches over options"))
        : findings;
  }

  private static void switchedOff(
      Machine machine, List<Finding> findings, String property, String what) {
    machine
        .property(property)
        .filter("false"::equalsIgnoreCase)
        .ifPresent(value -> findings.add(warning(property, value, what)));
  }

  private static Finding warning(String property, String value, String what) {
    return Finding.warning(
        NAME,
        JDK,
        property + "=" + value + ": " + what,
        "start Java without -D" + property + ", or use another provider, which does not read it");
  }
}
