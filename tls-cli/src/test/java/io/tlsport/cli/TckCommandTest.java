package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kit from the command line, on one small contract. */
class TckCommandTest {
  private static List<JsonNode> events(CommandRun run, String name) {
    return run.allEvents().stream()
        .filter(event -> event.get("event").textValue().equals(name))
        .toList();
  }

  @Test
  void tellsEachTestEachRuleAndTheSum() {
    CommandRun run =
        CommandRun.start(
            "tck", "--provider", "jdk", "--contract", "Alpn", "--rule", "8.1", "--json");
    assertEquals(0, run.status(), run::toString);
    assertEquals(2, events(run, "result").size(), run::toString);
    List<JsonNode> rules = events(run, "rule");
    assertEquals(1, rules.size(), run::toString);
    assertEquals("8.1", rules.get(0).get("rule").textValue());
    assertEquals("ok", rules.get(0).get("outcome").textValue());
    assertFalse(rules.get(0).get("text").textValue().isBlank());
    JsonNode sum = events(run, "tck").get(0);
    assertEquals("jdk", sum.get("provider").textValue());
    assertEquals(1, sum.get("ok").intValue());
    assertEquals(0, sum.get("failed").intValue());
  }

  @Test
  void peopleReadReasonsOfRefusalsAndDefects() {
    CommandRun refused = CommandRun.start("tck", "--provider", "bcjsse", "--rule", "20");
    assertEquals(0, refused.status(), refused::toString);
    assertTrue(refused.output().contains("BC-JSSE's engine has no exporter"), refused::toString);
    assertTrue(refused.output().contains("refused"), refused::toString);
    CommandRun defect = CommandRun.start("tck", "--provider", "jdk", "--rule", "7.7");
    assertEquals(0, defect.status(), defect::toString);
    assertTrue(defect.output().contains("defect"), defect::toString);
    assertTrue(defect.output().contains("https://github.com/jetty"), defect::toString);
  }
}
