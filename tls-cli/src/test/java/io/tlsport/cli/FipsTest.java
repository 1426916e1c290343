package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The FIPS class path: the module of Bouncy Castle in place of its plain jars. */
class FipsTest {
  @Test
  void onlyTheModuleRunsTheDemo() throws Exception {
    try (ChildProgram demo = ChildProgram.startFips("demo", "--fips", "--json")) {
      String lines = demo.output();
      assertEquals(0, demo.status(), lines + demo.errors());
      for (String line : lines.lines().toList()) {
        assertEquals(line.contains("\"provider\":\"bc"), line.contains("\"ok\":true"), lines);
      }
      assertTrue(lines.contains("SunJSSE makes no FIPS claim"), lines);
    }
  }

  @Test
  void autoPassesOverWhatIsNotApproved() throws Exception {
    try (ChildProgram server =
        ChildProgram.startFips("serve", "--fips", "--json", "--stop-after", "1")) {
      int port = server.port();
      assertTrue(server.errors().contains("passed over: jdk"), server.errors());
      assertTrue(server.errors().contains("provider auto: bc"), server.errors());
      CommandRun client =
          CommandRun.withInput(
              "approved\n",
              "connect",
              "localhost:" + port,
              "--timeout",
              "500",
              "--reject-unauthorized=false");
      assertEquals(0, client.status(), client::toString);
      assertEquals("approved\n", client.output());
      assertEquals(0, server.status(), server.errors());
    }
  }

  @Test
  void whatIsNotApprovedIsRefusedByName() {
    CommandRun run = CommandRun.start("serve", "--fips", "--json", "--provider", "jdk");
    assertEquals(3, run.status(), run::toString);
    assertEquals("UnsupportedFeature", run.event("error").get("code").textValue(), run::toString);
  }
}
