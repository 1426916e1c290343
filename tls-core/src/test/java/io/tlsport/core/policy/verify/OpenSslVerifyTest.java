package io.tlsport.core.policy.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.policy.verify.Scenarios.Scenario;
import io.tlsport.testpki.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found first, against {@code openssl verify} on the same files, which stops there. */
class OpenSslVerifyTest {
  private static final Pattern ERROR = Pattern.compile("error (\\d+) at (\\d+) depth");

  /** What its numbers (x509_vfy.h) are called. */
  private static final Map<Integer, ErrorCode> CODES =
      Map.ofEntries(
          Map.entry(2, ErrorCode.UNABLE_TO_GET_ISSUER_CERT),
          Map.entry(3, ErrorCode.UNABLE_TO_GET_CRL),
          Map.entry(7, ErrorCode.CERT_SIGNATURE_FAILURE),
          Map.entry(8, ErrorCode.CRL_SIGNATURE_FAILURE),
          Map.entry(9, ErrorCode.CERT_NOT_YET_VALID),
          Map.entry(10, ErrorCode.CERT_HAS_EXPIRED),
          Map.entry(11, ErrorCode.CRL_NOT_YET_VALID),
          Map.entry(12, ErrorCode.CRL_HAS_EXPIRED),
          Map.entry(18, ErrorCode.DEPTH_ZERO_SELF_SIGNED_CERT),
          Map.entry(19, ErrorCode.SELF_SIGNED_CERT_IN_CHAIN),
          Map.entry(20, ErrorCode.UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
          Map.entry(21, ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE),
          Map.entry(23, ErrorCode.CERT_REVOKED),
          Map.entry(25, ErrorCode.PATH_LENGTH_EXCEEDED),
          Map.entry(26, ErrorCode.INVALID_PURPOSE),
          Map.entry(34, ErrorCode.UNHANDLED_CRITICAL_EXTENSION),
          // The issuer may sign no list: so nobody has signed it who may.
          Map.entry(35, ErrorCode.CRL_SIGNATURE_FAILURE),
          // A list for other certificates is none for this one.
          Map.entry(44, ErrorCode.UNABLE_TO_GET_CRL),
          Map.entry(47, ErrorCode.PERMITTED_VIOLATION),
          Map.entry(48, ErrorCode.EXCLUDED_VIOLATION),
          Map.entry(66, ErrorCode.EE_KEY_TOO_SMALL),
          Map.entry(67, ErrorCode.CA_KEY_TOO_SMALL),
          Map.entry(68, ErrorCode.CA_MD_TOO_WEAK),
          Map.entry(79, ErrorCode.INVALID_CA));

  @TempDir private Path directory;

  @BeforeAll
  static void saysWhoIsAsked(TestReporter reporter) {
    reporter.publishEntry("verdicts are compared with", OpenSsl.description());
  }

  static List<Scenario> scenarios() {
    return OpenSsl.present() ? Scenarios.all() : List.of(Scenarios.all().get(0));
  }

  @Test
  void knowsManyWaysToBeWrong() {
    assertTrue(Scenarios.all().size() > 60);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void agreesWithOpenSsl(Scenario scenario) throws IOException, CRLException {
    String expected = OpenSsl.present() ? theirs(scenario) : "good";
    assertEquals(expected, ours(scenario));
  }

  private static String ours(Scenario scenario) {
    return scenario.findings().stream().findFirst().map(OpenSslVerifyTest::text).orElse("good");
  }

  private static String text(AuthorizationError error) {
    return error.code() + " at " + error.depth();
  }

  private String theirs(Scenario scenario) throws IOException, CRLException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "verify",
                "-no-CApath",
                "-no-CAstore",
                "-auth_level",
                "2",
                "-attime",
                Long.toString(CertificateMaker.NOW.getEpochSecond()),
                "-purpose",
                scenario.purpose() == Purpose.SERVER ? "sslserver" : "sslclient",
                "-CAfile",
                file("ca.pem", scenario.trusted()),
                "-untrusted",
                file("sent.pem", scenario.chain())));
    if (scenario.partial()) {
      arguments.add("-partial_chain");
    }
    if (!scenario.crls().isEmpty()) {
      arguments.addAll(List.of("-crl_check_all", "-CRLfile", lists(scenario.crls())));
    }
    arguments.add(file("leaf.pem", scenario.chain().subList(0, 1)));
    OpenSsl.Result result = OpenSsl.tryRun(directory, arguments.toArray(String[]::new));
    if (result.status() == 0) {
      return "good";
    }
    Matcher error = ERROR.matcher(result.out());
    assertTrue(error.find(), result::out);
    int number = Integer.parseInt(error.group(1));
    return Optional.ofNullable(CODES.get(number)).map(ErrorCode::toString).orElse("error " + number)
        + " at "
        + error.group(2);
  }

  private String file(String name, List<Made> certificates) throws IOException {
    String text = certificates.stream().map(Made::pem).collect(Collectors.joining());
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private String lists(List<X509CRL> crls) throws IOException, CRLException {
    StringBuilder text = new StringBuilder();
    for (X509CRL crl : crls) {
      text.append(CertificateMaker.pem("X509 CRL", crl.getEncoded()));
    }
    return Files.writeString(directory.resolve("crl.pem"), text).toString();
  }
}
