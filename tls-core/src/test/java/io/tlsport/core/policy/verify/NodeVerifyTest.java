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
import java.nio.charset.StandardCharsets;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Verdicts against those that Node gives in a handshake: {@code socket.authorizationError}. */
class NodeVerifyTest {
  /** What Node has no name for, and calls by one name. */
  private static final String UNNAMED = "UNSPECIFIED";

  private static final Set<String> UNNAMED_CODES =
      Set.of(
          "UNHANDLED_CRITICAL_EXTENSION",
          "CA_KEY_TOO_SMALL",
          "CA_MD_TOO_WEAK",
          "PERMITTED_VIOLATION",
          "EXCLUDED_VIOLATION");

  /** Where Node says something else than OpenSSL's program, which we agree with. */
  private static final Map<String, String> OF_ITS_OWN =
      Map.ofEntries(
          // Its security level is 1, ours is 2.
          Map.entry("weak key", "good"),
          Map.entry("weak key of the issuer", "good"),
          // It refuses to show this one at all.
          Map.entry("weak digest", "thrown: ERR_SSL_CA_MD_TOO_WEAK"),
          // It has no option for this before Node 22.
          Map.entry("trusted intermediate, partial", "UNABLE_TO_GET_ISSUER_CERT"),
          // It goes on after an error and shows the last one, which is less to the point.
          Map.entry("issuer is no authority", "INVALID_PURPOSE"),
          Map.entry("issuer says nothing", "INVALID_PURPOSE"),
          Map.entry("issuer of version 1", "INVALID_PURPOSE"),
          Map.entry("root says nothing", "INVALID_PURPOSE"),
          Map.entry("issuer may not sign", UNNAMED),
          Map.entry("list of somebody who may sign none", UNNAMED));

  @Test
  void agreesWithNode(TestReporter reporter) throws IOException, CRLException {
    reporter.publishEntry("verdicts are compared with", Node.description());
    Map<String, String> ours = new TreeMap<>();
    List<Scenario> asked = Scenarios.all();
    for (Scenario scenario : asked) {
      ours.put(scenario.name(), OF_ITS_OWN.getOrDefault(scenario.name(), ours(scenario)));
    }
    assertEquals(Node.present() ? theirs(asked) : ours, ours);
  }

  private static String ours(Scenario scenario) {
    String code = scenario.verdict().map(AuthorizationError::toString).orElse("good");
    return UNNAMED_CODES.contains(code) ? UNNAMED : code;
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
