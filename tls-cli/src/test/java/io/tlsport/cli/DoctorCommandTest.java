package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private static List<JsonNode> starts(List<JsonNode> findings) {
    return findings.stream().filter(f -> f.get("check").textValue().equals("start")).toList();
  }

  @Test
  void everyProviderStartsHere() {
    CommandRun run = CommandRun.start("doctor", "--json");
    assertEquals(0, run.status(), run::toString);
    List<JsonNode> starts = starts(run.allEvents());
    assertEquals(
        Providers.names().toList(),
        starts.stream().map(start -> start.get("providers").get(0).textValue()).toList());
    for (JsonNode finding : run.allEvents()) {
      assertFalse(finding.get("found").textValue().isBlank());
      assertEquals(
          finding.get("gravity").textValue().equals("ok"),
          finding.get("mend").isNull(),
          finding::toString);
    }
  }

  @Test
  void fipsWithoutTheModuleIsToldWithItsMend() {
    CommandRun run = CommandRun.start("doctor", "--fips", "--provider", "bcjsse");
    assertEquals(1, run.status(), run::toString);
    assertTrue(run.output().contains("bc-fips is not there"), run::toString);
    assertTrue(run.output().contains("mend: put bc-fips"), run::toString);
    assertFalse(run.output().contains("(conscrypt)"), run::toString);
  }

  @Test
  void fipsModuleIsFoundInOrder() throws Exception {
    try (ChildProgram doctor = ChildProgram.startFips("doctor", "--fips", "--json")) {
      String lines = doctor.output();
      assertEquals(0, doctor.status(), lines + doctor.errors());
      assertTrue(lines.contains("the module is there in approved mode"), lines);
    }
  }

  private static void assertStops(ChildProgram doctor, String provider, String... words)
      throws Exception {
    String lines = doctor.output();
    assertEquals(1, doctor.status(), lines + doctor.errors());
    List<JsonNode> problems = new ArrayList<>();
    for (String line : lines.split("\n", -1)) {
      if (line.contains("\"gravity\":\"problem\"")) {
        problems.add(new ObjectMapper().readTree(line));
      }
    }
    assertFalse(problems.isEmpty(), lines);
    for (JsonNode problem : problems) {
      assertTrue(problem.get("providers").toString().contains(provider), problem::toString);
    }
    String last = problems.get(problems.size() - 1).get("found").textValue();
    for (String word : words) {
      assertTrue(last.contains(word), last);
    }
  }

  @Test
  void adapterWithoutItsEngineStopsNoOther() throws Exception {
    try (ChildProgram doctor =
        ChildProgram.startWithout("conscrypt-openjdk-uber", List.of(), "doctor", "--json")) {
      assertStops(doctor, "conscrypt", "org/conscrypt/", "put the engine's jars on the class path");
    }
  }

  @Test
  void nativeLibraryWithoutAFolderStopsNoOther() throws Exception {
    List<String> options = List.of("-Dorg.conscrypt.native.workdir=/dev/null");
    try (ChildProgram doctor =
        ChildProgram.startWithout("no jar of this name", options, "doctor", "--json")) {
      assertStops(doctor, "conscrypt", "native library does not load", "workdir=DIR");
    }
  }
}
