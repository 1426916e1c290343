package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SoakCommandTest {
  @Test
  void tellsWhatBecameOfAllConnections() {
    CommandRun soak =
        CommandRun.start(
            "soak", "--seconds", "3", "--clients", "6", "--provider", "bctls", "--json");
    assertEquals(0, soak.status(), soak::toString);
    JsonNode told = soak.allEvents().get(0);
    assertTrue(told.get("ok").booleanValue(), soak::toString);
    assertTrue(told.get("connections").intValue() >= 6, soak::toString);
    assertEquals(0, told.get("failed").intValue(), soak::toString);
    assertTrue(told.get("bytes").longValue() > 0, soak::toString);
    assertTrue(told.get("serverErrors").size() > 0, "the hostile ones were noticed");
  }

  @Test
  void refusesTimesThatAreNone() {
    assertEquals(2, CommandRun.start("soak", "--seconds", "0").status());
  }
}
