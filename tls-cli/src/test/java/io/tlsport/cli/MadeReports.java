package io.tlsport.cli;

import java.util.ArrayList;
import java.util.List;

/** Reports of runs that never were. */
final class MadeReports {
  private static final String CHECKED =
      "a server MUST answer with the first of its protocols that the client offers";

  private MadeReports() {}

  static RuleOutcome rule(
      String provider,
      String contract,
      String rule,
      Verdict verdict,
      boolean partly,
      String reason) {
    return new RuleOutcome(provider, contract, rule, CHECKED, verdict, partly, reason);
  }

  private static RuleOutcome ok(String provider, String contract, String rule) {
    return rule(provider, contract, rule, Verdict.OK, false, "");
  }

  /** Two contracts on two providers, with each verdict once. */
  static List<RuleOutcome> rules() {
    return new ArrayList<>(
        List.of(
            ok("jdk", "Alpn", "8.1"),
            ok("bctls", "Alpn", "8.1"),
            ok("jdk", "Alpn", "8.10"),
            rule("bctls", "Alpn", "8.10", Verdict.FAILED, false, "it <fails>\n  rule: the & rule"),
            rule("jdk", "Sni", "7.7", Verdict.DEFECT, true, "reads the name (https://example.org)"),
            ok("bctls", "Sni", "7.7"),
            rule("jdk", "Keys", "20.1", Verdict.REFUSED, false, "from Java 25 on"),
            rule("bctls", "Keys", "20.1", Verdict.REFUSED, true, "TLSv1.3: only a part | of it")));
  }

  static PairCell cell(String server, String client, Verdict verdict, String reason) {
    return new PairCell(server, client, "TLSv1.3", "rsa", "alpn", verdict, reason);
  }

  /** A whole report. */
  static MatrixReport report(List<RuleOutcome> rules) {
    return new MatrixReport(
        "0.1.0",
        "Java 17",
        "2026-11-30T12:00:00Z",
        List.of(
            new MatrixReport.Column("jdk", "17.0.1", ""),
            new MatrixReport.Column("bctls", "1.84", ""),
            new MatrixReport.Column("conscrypt", "2.9.0", "its library does not load")),
        List.of(
            cell("jdk", "jdk", Verdict.OK, ""),
            cell("jdk", "bctls", Verdict.OK, ""),
            cell("bctls", "jdk", Verdict.REFUSED, "jdk: has it not"),
            cell("bctls", "bctls", Verdict.FAILED, "nothing came")),
        rules);
  }
}
