package io.tlsport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A report as one page that needs nothing but itself. Its table is there without a script, which
 * filters only.
 */
final class MatrixHtml {
  private static final String NO_RUN = "-";
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("https?://[^\\s()<>&\"]+");

  private final MatrixReport report;
  private final Optional<MatrixReport> before;
  private final StringBuilder html = new StringBuilder();

  private MatrixHtml(MatrixReport report, Optional<MatrixReport> before) {
    this.report = report;
    this.before = before;
  }

  /** The page; {@code before}: what it is compared with. */
  static String page(MatrixReport report, Optional<MatrixReport> before) {
    return new MatrixHtml(report, before).page();
  }

  private static String resource(String name) {
    try (InputStream in = MatrixHtml.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not beside the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private MatrixHtml text(String text) {
    html.append(escape(text));
    return this;
  }

  /** What stands in backticks is code, and addresses lead to their pages. */
  private MatrixHtml prose(String text) {
    String marked = CODE.matcher(escape(text)).replaceAll("<code>$1</code>");
    html.append(LINK.matcher(marked).replaceAll("<a href=\"$0\" rel=\"noreferrer\">$0</a>"));
    return this;
  }

  private MatrixHtml tag(String markup) {
    html.append(markup);
    return this;
  }

  private String page() {
    tag("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    tag("<title>tlsport: compatibility of providers</title>\n<style>\n");
    tag(resource("matrix.css")).tag("</style>\n</head>\n<body>\n");
    head();
    changes();
    form();
    if (!report.rules().isEmpty()) {
      rules();
    }
    if (!report.cells().isEmpty()) {
      pairs();
    }
    tag("<script>\n").tag(resource("matrix.js")).tag("</script>\n</body>\n</html>\n");
    return html.toString();
  }

  private void head() {
    tag("<header>\n<h1>Compatibility of providers</h1>\n<p class=\"facts\">");
    text("tlsport " + report.version() + ", " + report.jvm() + ", " + report.date());
    tag("</p>\n<ul class=\"providers\">\n");
    for (MatrixReport.Column column : report.columns()) {
      tag("<li><b>").text(column.name()).tag("</b> <span>").text(column.version());
      text(column.reason().isEmpty() ? "" : ": " + column.reason()).tag("</span></li>\n");
    }
    tag("</ul>\n</header>\n");
  }

  private void changes() {
    before.ifPresent(
        old -> {
          tag("<h2>What is different from ").text(old.date()).tag("</h2>\n");
          List<MatrixDifference.Change> changes = MatrixDifference.between(old, report).changes();
          if (changes.isEmpty()) {
            tag("<p>Nothing.</p>\n");
            return;
          }
          tag("<table class=\"changes\"><thead><tr><th scope=\"col\">what</th>");
          tag("<th scope=\"col\">before</th><th scope=\"col\">now</th>");
          tag("<th scope=\"col\">why</th></tr></thead><tbody>\n");
          for (MatrixDifference.Change change : changes) {
            tag("<tr><th scope=\"row\">").text(change.about()).tag("</th><td>");
            text(change.before()).tag("</td><td>").text(change.now());
            tag("</td><td style=\"white-space: normal\">").text(change.reason());
            tag("</td></tr>\n");
          }
          tag("</tbody></table>\n");
        });
  }

  private List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    report.columns().forEach(column -> names.add(column.name()));
    report.rules().forEach(rule -> names.add(rule.provider()));
    return List.copyOf(names);
  }

  // --- rules

  private void rules() {
    tag("<h2>Rules</h2>\n<p role=\"status\"></p>\n");
    Map<String, Map<String, Map<String, RuleOutcome>>> byContract = byContract();
    List<String> names = names();
    tag(
        "<table id=\"rules\" class=\"outcomes\" style=\"--columns: "
            + names.size()
            + "\">\n<thead><tr>");
    tag("<th scope=\"col\">rule</th>");
    for (String name : names) {
      tag("<th scope=\"col\" data-provider=\"").text(name).tag("\">").text(name);
      tag("<small>").text(version(name)).tag("</small></th>");
    }
    tag("</tr></thead>\n<tbody>\n");
    byContract.forEach(
        (contract, rules) -> {
          tag("<tr class=\"contract\"><th scope=\"rowgroup\" colspan=\"");
          tag(String.valueOf(names.size() + 1)).tag("\">").text(contract).tag("</th></tr>\n");
          rules.forEach((number, outcomes) -> rule(contract, number, outcomes, names));
        });
    tag("</tbody></table>\n<p class=\"keys\"><kbd>/</kbd> searches, arrow keys move between");
    tag(" outcomes that have a reason, <kbd>Esc</kbd> closes it.</p>\n");
  }

  private Map<String, Map<String, Map<String, RuleOutcome>>> byContract() {
    List<RuleOutcome> sorted = new ArrayList<>(report.rules());
    sorted.sort(RuleOutcome.ORDER);
    Map<String, Map<String, Map<String, RuleOutcome>>> all = new LinkedHashMap<>();
    for (RuleOutcome rule : sorted) {
      all.computeIfAbsent(rule.contract(), any -> new LinkedHashMap<>())
          .computeIfAbsent(rule.rule(), any -> new LinkedHashMap<>())
          .put(rule.provider(), rule);
    }
    return all;
  }

  private String version(String name) {
    return report.columns().stream()
        .filter(column -> column.name().equals(name))
        .map(MatrixReport.Column::version)
        .findFirst()
        .orElse("");
  }

  private void form() {
    tag("<form hidden>\n");
    if (!report.rules().isEmpty()) {
      ofRules(byContract().keySet());
    }
    boxes("provider", names());
    tag("</form>\n");
  }

  private void ofRules(Set<String> contracts) {
    tag("<label><span>search</span><input type=\"search\" name=\"text\"");
    tag(" placeholder=\"rule or reason\"></label>\n");
    tag("<label><span>feature</span><select name=\"contract\"><option value=\"\">all</option>");
    for (String contract : contracts) {
      tag("<option>").text(contract).tag("</option>");
    }
    tag("</select></label>\n");
    List<String> verdicts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      verdicts.add(verdict.word());
    }
    boxes("outcome", verdicts);
  }

  private void boxes(String name, List<String> values) {
    tag("<fieldset><legend>").text(name).tag("</legend>");
    for (String value : values) {
      tag("<label><input type=\"checkbox\" checked name=\"").tag(name).tag("\" value=\"");
      text(value).tag("\">").text(value).tag("</label>");
    }
    tag("</fieldset>\n");
  }

  private void rule(
      String contract, String number, Map<String, RuleOutcome> outcomes, List<String> names) {
    String rule = outcomes.values().iterator().next().text();
    StringBuilder words = new StringBuilder(number + " " + rule);
    outcomes.values().forEach(outcome -> words.append(' ').append(outcome.reason()));
    tag("<tr data-contract=\"").text(contract).tag("\" data-text=\"");
    text(words.toString().toLowerCase(Locale.ROOT)).tag("\"><th scope=\"row\" class=\"rule\"><b>");
    text(number).tag("</b> <span>").prose(rule).tag("</span></th>");
    for (String name : names) {
      cell(name, outcomes.get(name));
    }
    tag("</tr>\n");
  }

  private void cell(String name, @Nullable RuleOutcome outcome) {
    if (outcome == null) {
      tag("<td class=\"none\" data-provider=\"").text(name).tag("\">").tag(NO_RUN).tag("</td>");
      return;
    }
    String word = outcome.verdict().word();
    tag("<td class=\"").tag(word).tag("\" data-outcome=\"").tag(word).tag("\" data-provider=\"");
    text(name).tag("\">");
    answer(outcome.words(), outcome.reason());
    was(outcome).ifPresent(old -> tag("<em>was ").text(old).tag("</em>"));
    tag("</td>");
  }

  private Optional<String> was(RuleOutcome now) {
    return before.stream()
        .flatMap(old -> old.rules().stream())
        .filter(old -> old.provider().equals(now.provider()) && old.rule().equals(now.rule()))
        .map(RuleOutcome::words)
        .filter(words -> !words.equals(now.words()))
        .findFirst();
  }

  private void answer(String words, String reason) {
    if (reason.isEmpty()) {
      text(words);
    } else {
      tag("<button type=\"button\" aria-expanded=\"false\">").text(words).tag("</button>");
      tag("<span class=\"reason\" role=\"note\">").prose(reason).tag("</span>");
    }
  }

  // --- pairs

  private void pairs() {
    Set<String> servers = new LinkedHashSet<>();
    Set<String> clients = new LinkedHashSet<>();
    report
        .cells()
        .forEach(
            cell -> {
              servers.add(cell.server());
              clients.add(cell.client());
            });
    tag("<h2>Pairs</h2>\n<p class=\"facts\">Handshakes over loopback, of every version, key and");
    tag(" feature: clients in rows, servers in columns.</p>\n");
    tag("<table id=\"pairs\" class=\"outcomes\" style=\"--columns: " + servers.size() + "\">");
    tag("<thead><tr><th scope=\"col\">client</th>");
    for (String name : servers) {
      tag("<th scope=\"col\" data-provider=\"").text(name).tag("\">").text(name).tag("</th>");
    }
    tag("</tr></thead><tbody>\n");
    for (String client : clients) {
      tag("<tr data-provider=\"").text(client).tag("\">");
      tag("<th scope=\"row\" class=\"rule\"><b>").text(client).tag("</b></th>");
      servers.forEach(server -> pair(server, client));
      tag("</tr>\n");
    }
    tag("</tbody></table>\n");
  }

  private void pair(String server, String client) {
    List<PairCell> cells =
        report.cells().stream()
            .filter(cell -> cell.server().equals(server) && cell.client().equals(client))
            .toList();
    Verdict worst =
        cells.stream().map(PairCell::verdict).max(Comparator.naturalOrder()).orElse(Verdict.OK);
    long ok = cells.stream().filter(cell -> cell.verdict() == Verdict.OK).count();
    tag("<td class=\"").tag(worst.word()).tag("\" data-provider=\"").text(server).tag("\">");
    answer(worst == Verdict.OK ? "all " + ok : ok + " of " + cells.size(), PairReasons.of(cells));
    tag("</td>");
  }
}
