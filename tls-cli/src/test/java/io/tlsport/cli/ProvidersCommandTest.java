package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tlsport.Capability;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersCommandTest {
  @Test
  void everyProviderTellsEveryCapability() {
    CommandRun run = CommandRun.start("providers", "--json");
    assertEquals(0, run.status(), run::toString);
    List<String> names = Arrays.stream(Capability.values()).map(Enum::name).toList();
    assertEquals(
        Providers.names().toList(),
        run.allEvents().stream().map(line -> line.get("name").textValue()).toList());
    for (JsonNode provider : run.allEvents()) {
      assertTrue(provider.get("available").booleanValue(), provider::toString);
      assertTrue(provider.get("reason").isNull(), provider::toString);
      assertFalse(provider.get("version").textValue().isEmpty());
      assertFalse(provider.get("fips").booleanValue());
      assertEquals(names, provider.get("capabilities").findValuesAsText("name"));
    }
  }

  @Test
  void aNoHasAReasonAndAPartialYesItsVersions() {
    for (JsonNode provider : CommandRun.start("providers", "--json").allEvents()) {
      for (JsonNode capability : provider.get("capabilities")) {
        String support = capability.get("support").textValue();
        assertEquals(!support.equals("no"), capability.get("supported").booleanValue());
        switch (support) {
          case "yes", "internals" -> assertTrue(capability.get("reason").isNull());
          case "no" -> assertFalse(capability.get("reason").textValue().isBlank());
          case "only" -> assertTrue(capability.get("versions").size() > 0, capability::toString);
          default -> throw new AssertionError(capability.toString());
        }
      }
    }
  }

  @Test
  void internalsThatAreShutAreNamedWithWhatOpensThem() {
    CommandRun run = CommandRun.start("providers", "-v", "--provider-internals");
    assertEquals(0, run.status());
    assertTrue(
        run.output().contains("--add-opens java.base/sun.security.ssl=ALL-UNNAMED"), run::toString);
  }

  @Test
  void peopleGetReasonsOnDemand() {
    CommandRun brief = CommandRun.start("providers");
    assertEquals(0, brief.status());
    assertFalse(brief.output().contains("EARLY_DATA:"));
    CommandRun verbose = CommandRun.start("providers", "-v");
    assertEquals(0, verbose.status());
    assertTrue(verbose.output().contains("EARLY_DATA: "));
  }
}
