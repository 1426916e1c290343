package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixCommandTest {
  @TempDir Path folder;

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static Set<String> words(JsonNode list, String member) {
    Set<String> words = new TreeSet<>();
    list.forEach(element -> words.add(element.get(member).textValue()));
    return words;
  }

  @Test
  void writesWhatTheContractOfTheCommandLineSays() throws Exception {
    CommandRun run =
        CommandRun.start("matrix", "--provider", "bctls", "--rule", "8.1", "--json", "-");
    assertEquals(0, run.status(), run::toString);
    JsonNode report = run.allEvents().get(0);
    for (String member : List.of("version", "jvm", "date", "cells", "rules")) {
      assertTrue(report.has(member), member);
    }
    JsonNode cells = report.get("cells");
    assertEquals(2 * PairKey.values().length * PairFeature.values().length, cells.size());
    assertEquals(Set.of("bctls"), words(cells, "server"));
    assertEquals(Set.of("bctls"), words(cells, "client"));
    assertEquals(Set.of("TLSv1.2", "TLSv1.3"), words(cells, "protocol"));
    assertEquals(Set.of("rsa", "rsaPss", "ec", "ecP384", "ed25519"), words(cells, "key"));
    assertEquals(Set.of("ok", "refused"), words(cells, "outcome"), run::toString);
    for (JsonNode cell : cells) {
      assertEquals(
          cell.get("outcome").textValue().equals("ok"),
          cell.get("reason").isNull(),
          cell::toString);
    }
    JsonNode rules = report.get("rules");
    assertEquals(1, rules.size(), run::toString);
    assertEquals(Set.of("bctls"), words(rules, "provider"));
    assertEquals(Set.of("8.1"), words(rules, "rule"));
    assertEquals(Set.of("ok"), words(rules, "outcome"));
  }

  @Test
  void showsARunBeforeAndWhatIsDifferent() throws Exception {
    MatrixReport now = MadeReports.report(MadeReports.rules());
    List<RuleOutcome> rules = MadeReports.rules();
    rules.set(0, MadeReports.rule("jdk", "Alpn", "8.1", Verdict.REFUSED, false, "not then"));
    Files.writeString(folder.resolve("now.json"), JsonEvents.document(now.members()));
    Files.writeString(
        folder.resolve("old.json"), JsonEvents.document(MadeReports.report(rules).members()));
    CommandRun run =
        CommandRun.start(
            "matrix",
            "--from",
            file("now.json"),
            "--compare",
            file("old.json"),
            "--html",
            file("matrix.html"),
            "--markdown",
            file("matrix.md"));
    assertEquals(1, run.status(), "it shows failures: " + run);
    assertTrue(run.output().contains("jdk Alpn 8.1  refused  ok   not then"), run::toString);
    assertTrue(Files.readString(folder.resolve("matrix.html")).contains("was refused"));
    assertTrue(Files.readString(folder.resolve("matrix.md")).contains("| **Alpn** | ok |"));
  }

  @Test
  void fileThatIsNoReportIsToldInOneLine() throws Exception {
    Files.writeString(folder.resolve("m.json"), "{\"rules\":[{\"outcome\":\"perhaps\"}]}");
    CommandRun run = CommandRun.start("matrix", "--from", file("m.json"));
    assertEquals(2, run.status());
    assertEquals(1, run.errors().lines().count(), run::toString);
  }

  @Test
  void otherJarsTakeThePlaceOfThoseOfTheSameArtifact() {
    KitClassPath path =
        new KitClassPath(
            List.of(
                Path.of("lib/bcprov-jdk18on-1.84.jar"),
                Path.of("lib/bctls-jdk18on-1.84.jar"),
                Path.of("lib/bctls-jdk18on-extra-1.jar"),
                Path.of("classes")));
    assertEquals(
        List.of(
            Path.of("new/bctls-jdk18on-1.78.jar"),
            Path.of("lib/bctls-jdk18on-extra-1.jar"),
            Path.of("classes")),
        path.replacing(
                List.of("bcprov-jdk18on", "bctls-jdk18on"),
                List.of(Path.of("new/bctls-jdk18on-1.78.jar")))
            .entries());
  }
}
