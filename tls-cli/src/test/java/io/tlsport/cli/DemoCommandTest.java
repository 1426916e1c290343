package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  @Test
  void everyProviderEchoesToAnAuthorizedClient() {
    CommandRun demo = CommandRun.start("demo", "--json");
    assertEquals(0, demo.status(), demo::toString);
    List<JsonNode> lines = demo.allEvents();
    assertEquals(
        Providers.names().toList(),
        lines.stream().map(line -> line.get("provider").textValue()).toList());
    for (JsonNode line : lines) {
      assertEquals("demo", line.get("event").textValue());
      assertTrue(line.get("ok").booleanValue(), line::toString);
      assertTrue(line.get("authorized").booleanValue(), line::toString);
      assertEquals("TLSv1.3", line.get("protocol").textValue());
      assertTrue(line.get("cipher").textValue().startsWith("TLS_"), line::toString);
      assertTrue(line.get("reason").isNull(), line::toString);
    }
  }

  @Test
  void peopleGetATable() {
    CommandRun demo = CommandRun.start("demo");
    assertEquals(0, demo.status(), demo::toString);
    List<String> lines = demo.output().lines().toList();
    assertTrue(lines.get(0).startsWith("provider"), demo::toString);
    assertEquals(1 + Providers.names().count(), lines.size(), demo::toString);
  }
}
