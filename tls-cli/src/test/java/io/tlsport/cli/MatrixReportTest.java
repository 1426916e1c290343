package io.tlsport.cli;

import static io.tlsport.cli.MadeReports.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of results: rules, tables, pages, differences. */
class MatrixReportTest {
  @TempDir Path folder;

  private static Map<String, String> test(
      String rule, String protocol, String outcome, String why) {
    return Map.of(
        "contract", "Alpn",
        "rule", rule,
        "text", "text of " + rule,
        "protocol", protocol,
        "outcome", outcome,
        "reason", why);
  }

  @Test
  void ruleIsAsGoodAsTheWorstOfItsTests() {
    List<RuleOutcome> outcomes =
        RuleOutcome.of(
            "jdk",
            List.of(
                test("8.10", "", "ok", ""),
                test("8.2", "TLSv1.2", "ok", ""),
                test("8.2", "TLSv1.3", "refused", "not there"),
                test("8.3", "", "refused", "never"),
                test("8.4", "", "defect", "ill"),
                test("8.4", "", "failed", "worse"),
                test("", "", "failed", "buffers were lost")));
    assertEquals(
        List.of("8.2", "8.3", "8.4", "8.10", "Alpn"),
        outcomes.stream().map(RuleOutcome::rule).toList());
    assertEquals("partly refused", outcomes.get(0).words());
    assertEquals("TLSv1.3: not there", outcomes.get(0).reason());
    assertEquals("refused", outcomes.get(1).words());
    assertEquals("worse", outcomes.get(2).reason());
    assertEquals("ok", outcomes.get(3).words());
    assertEquals(Verdict.FAILED, outcomes.get(4).verdict());
  }

  @Test
  void reportIsReadBackAsItWasWritten() throws Exception {
    MatrixReport report = MadeReports.report(MadeReports.rules());
    Path file = folder.resolve("m.json");
    Files.writeString(file, JsonEvents.document(report.members()));
    assertEquals(report, MatrixReport.read(file));
  }

  @Test
  void differenceNamesWhatChangedAndNothingElse() {
    MatrixReport before = MadeReports.report(MadeReports.rules());
    List<RuleOutcome> rules = MadeReports.rules();
    rules.set(0, rule("jdk", "Alpn", "8.1", Verdict.REFUSED, false, "went away"));
    rules.remove(rules.size() - 1);
    List<MatrixDifference.Change> changes =
        MatrixDifference.between(before, MadeReports.report(rules)).changes();
    assertEquals(
        List.of(
            new MatrixDifference.Change("jdk Alpn 8.1", "ok", "refused", "went away"),
            new MatrixDifference.Change(
                "bctls Keys 20.1", "partly refused", "-", "TLSv1.3: only a part | of it")),
        changes);
    assertEquals(List.of(), MatrixDifference.between(before, before).changes());
  }

  @Test
  void differenceNamesOtherVersionsAndWhoDoesNotRunAnyMore() {
    MatrixReport before = MadeReports.report(MadeReports.rules());
    List<RuleOutcome> left =
        MadeReports.rules().stream().filter(rule -> rule.provider().equals("jdk")).toList();
    MatrixReport now =
        new MatrixReport(
            "0.1.0",
            "Java 25.0.3 (OpenJDK 64-Bit Server VM)",
            "2026-12-01T12:00:00Z",
            List.of(
                new MatrixReport.Column("jdk", "25.0.3", ""),
                new MatrixReport.Column("bctls", "1.78", "it is too old")),
            List.of(),
            left);
    assertEquals(
        List.of(
            new MatrixDifference.Change("Java", "17", "25.0.3", ""),
            new MatrixDifference.Change("jdk", "17.0.1", "25.0.3", ""),
            new MatrixDifference.Change("bctls", "1.84", "1.78, does not run", "it is too old")),
        MatrixDifference.between(before, now).changes());
    String summary = new MatrixSummary(now).text();
    assertTrue(summary.contains("bctls does not run: it is too old"), summary);
  }

  @Test
  void providersThatOnlyOneRunHasAreNoDifference() {
    MatrixReport before = MadeReports.report(MadeReports.rules());
    List<RuleOutcome> one =
        MadeReports.rules().stream().filter(rule -> rule.provider().equals("jdk")).toList();
    assertEquals(List.of(), MatrixDifference.between(before, MadeReports.report(one)).changes());
  }

  @Test
  void tableHasRowsForWhatIsNotOkAndNumbersItsReasons() {
    String table = MatrixMarkdown.table(List.of("jdk", "bctls"), MadeReports.rules());
    assertEquals(
        """
        | rules | `jdk` | `bctls` |
        | --- | --- | --- |
        | **Sni** | ok, defect | ok |
        | 7.7 | partly defect (1) | ok |
        | **Alpn** | ok | ok, failed |
        | 8.10 | ok | failed (2) |
        | **Keys** | refused | ok, refused |
        | 20.1 | refused (3) | partly refused (4) |

        1. reads the name (https://example.org)
        2. it <fails> rule: the & rule
        3. from Java 25 on
        4. TLSv1.3: only a part \\| of it
        """,
        table);
  }

  @Test
  void documentNamesProvidersAndPairs() {
    String text = MatrixMarkdown.document(MadeReports.report(MadeReports.rules()));
    assertTrue(text.contains("- `conscrypt` 2.9.0: its library does not load"), text);
    assertTrue(text.contains("| `bctls` | 1 ok | 1 failed |"), text);
    assertTrue(text.contains("failed: bctls to bctls, TLSv1.3, rsa, alpn: nothing came"), text);
  }

  private static PairCell refused(String protocol, String key, String feature, String why) {
    return new PairCell(
        "jdk", "bctls", protocol, key, feature, why.isEmpty() ? Verdict.OK : Verdict.REFUSED, why);
  }

  @Test
  void reasonsOfAPairAreToldOnceForAllThatTheyAreAbout() {
    List<PairCell> pair = new ArrayList<>();
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      for (String key : List.of("rsa", "ec", "ed25519")) {
        String always = key.equals("ed25519") ? "no such key" : "";
        String newer = protocol.equals("TLSv1.2") ? "only in TLS 1.3" : always;
        pair.add(refused(protocol, key, "echo", always));
        pair.add(refused(protocol, key, "sni", always.isEmpty() ? newer : always));
        pair.add(refused(protocol, key, "psk", "has none"));
      }
    }
    pair.add(refused("TLSv1.3", "rsa", "alpn", "not today"));
    pair.add(refused("TLSv1.3", "ec", "alpn", ""));
    assertEquals(
        """
        sni with TLSv1.2 rsa, ec: only in TLS 1.3
        psk: has none
        echo with ed25519; sni with ed25519: no such key
        alpn with rsa: not today\
        """,
        PairReasons.of(pair));
    assertEquals("", PairReasons.of(List.of(refused("TLSv1.3", "ec", "alpn", ""))));
    assertEquals("x", PairReasons.of(List.of(refused("TLSv1.3", "ec", "alpn", "x"))));
  }

  @Test
  void pageIsWholeAndEscapesWhatItShows() {
    MatrixReport report = MadeReports.report(MadeReports.rules());
    String page = MatrixHtml.page(report, Optional.of(report));
    assertTrue(page.contains("it &lt;fails&gt;"), page);
    assertFalse(page.contains("it <fails>"));
    assertFalse(page.matches("(?s).*(src=|<link|<img|<iframe).*"), "it loads something");
    assertTrue(page.contains("<a href=\"https://example.org\""), page);
    assertFalse(page.contains("@import"));
    assertFalse(page.contains("url("));
    assertTrue(page.contains("<p>Nothing.</p>"));
  }

  @Test
  void summaryShowsFailuresAsAWhole() {
    String text = new MatrixSummary(MadeReports.report(MadeReports.rules())).text();
    assertTrue(text.contains("failed: bctls, rule 8.10\nit <fails>\n  rule: the & rule"), text);
    assertTrue(text.contains("failed: bctls to bctls"), text);
  }
}
