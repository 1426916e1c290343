package io.tlsport.core.policy.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.tlsport.AuthorizationError;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Node;
import io.tlsport.core.policy.verify.Scenarios.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Verdicts against those that Node gives in a handshake: {@code socket.authorizationError}. */
class NodeVerifyTest {
  /** What Node says where OpenSSL's code has no name in Node. */
  private static final String UNNAMED = "UNSPECIFIED";

  private static final String GOOD = "good";
  private static final Path RECORD = Path.of("target", "node-verdicts.properties");

  @Test
  void differsFromNodeWhereTheLedgerSaysSoAndNowhereElse(TestReporter reporter)
      throws IOException, CRLException {
    reporter.publishEntry("verdicts are compared with", Node.description());
    List<Scenario> asked = Scenarios.all();
    Map<String, String> theirs = Node.present() ? theirs(asked) : recorded();
    record(theirs);
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> found = new TreeMap<>();
    List<VerdictLedger.Difference> ledger = VerdictLedger.differences();
    ledger.forEach(row -> expected.put(row.name(), row.ours() + ", Node " + row.nodes()));
    Set<String> unnamed = VerdictLedger.unnamedCodes();
    Set<String> metUnnamed = new TreeSet<>();
    for (Scenario scenario : asked) {
      String ours = scenario.verdict().map(AuthorizationError::toString).orElse(GOOD);
      String nodes = theirs.getOrDefault(scenario.name(), "not recorded");
      if (unnamed.contains(ours) && nodes.equals(UNNAMED)) {
        metUnnamed.add(ours);
      } else if (!ours.equals(nodes)) {
        found.put(scenario.name(), ours + ", Node " + nodes);
      }
    }
    assertEquals(expected, found);
    assertEquals(unnamed, metUnnamed);
  }

  /** What was seen with Node 20, for machines without it. */
  private static Map<String, String> recorded() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = NodeVerifyTest.class.getResourceAsStream("node-verdicts.properties")) {
      assertNotNull(in);
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    Map<String, String> verdicts = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> verdicts.put(n, properties.getProperty(n)));
    return verdicts;
  }

  /** The record to copy when scenarios are added. */
  private static void record(Map<String, String> verdicts) throws IOException {
    StringBuilder text = new StringBuilder();
    verdicts.forEach(
        (name, code) ->
            text.append(name.replace(" ", "\\ ").replace(":", "\\:"))
                .append('=')
                .append(code)
                .append('\n'));
    Files.createDirectories(RECORD.getParent());
    Files.writeString(RECORD, text);
  }

  private static Map<String, String> theirs(List<Scenario> scenarios)
      throws IOException, CRLException {
    StringBuilder input = new StringBuilder();
    for (Scenario scenario : scenarios) {
      input.append(json(scenario)).append('\n');
    }
    List<String> lines = Node.run(script(), input.toString()).lines().toList();
    Map<String, String> verdicts = new TreeMap<>();
    for (int i = 0; i < scenarios.size(); i++) {
      verdicts.put(scenarios.get(i).name(), lines.get(i));
    }
    return verdicts;
  }

  private static String script() throws IOException {
    try (InputStream in = NodeVerifyTest.class.getResourceAsStream("handshakes.js")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String json(Scenario scenario) throws CRLException {
    Made own = CertificateMaker.leaf("CN=judge").make();
    List<String> crls = new ArrayList<>();
    for (X509CRL crl : scenario.crls()) {
      crls.add(CertificateMaker.pem("X509 CRL", crl.getEncoded()));
    }
    return "{"
        + String.join(
            ",",
            "\"client\":" + (scenario.purpose() == Purpose.CLIENT),
            "\"key\":" + quoted(scenario.chain().get(0).keyPem()),
            "\"cert\":" + quoted(pem(scenario.chain())),
            "\"ownKey\":" + quoted(own.keyPem()),
            "\"ownCert\":" + quoted(own.pem()),
            "\"ca\":" + list(scenario.trusted().stream().map(Made::pem).toList()),
            "\"crl\":" + list(crls))
        + "}";
  }

  private static String pem(List<Made> certificates) {
    return certificates.stream().map(Made::pem).collect(Collectors.joining());
  }

  private static String list(List<String> texts) {
    return texts.stream().map(NodeVerifyTest::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String pem) {
    return '"' + pem.replace("\n", "\\n") + '"';
  }
}
