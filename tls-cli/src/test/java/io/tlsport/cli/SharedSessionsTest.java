package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} shares, as clients meet it. */
class SharedSessionsTest {
  private static final String OLD_KEY = "01".repeat(48);
  private static final String NEW_KEY = "02".repeat(48);

  @TempDir Path folder;

  private final Map<CommandRun, Integer> ports = new HashMap<>();

  private String made() {
    CommandRun cert =
        CommandRun.start(
            "cert", "--out-dir", folder.resolve("cert").toString(), "--key-type", "ec");
    assertEquals(0, cert.status(), cert::toString);
    return folder.resolve("cert").toString();
  }

  private CommandRun serve(String certificate, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--json",
                "--provider",
                "bctls",
                "--max-version",
                "TLSv1.2",
                "--key",
                certificate + "/key.pem",
                "--cert",
                certificate + "/cert.pem"));
    arguments.addAll(List.of(options));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  private CommandRun connect(CommandRun server, String certificate, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("connect", "localhost:" + port(server), "--json", "--no-input"));
    arguments.addAll(List.of("--provider", "bctls", "--max-version", "TLSv1.2"));
    arguments.addAll(List.of("--ca", certificate + "/cert.pem"));
    arguments.addAll(List.of(options));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  /** It is told once. */
  private int port(CommandRun server) {
    return ports.computeIfAbsent(server, CommandRun::port);
  }

  /** Whether a client of the first server resumes on the second one. */
  private boolean resumes(CommandRun one, CommandRun two, String certificate) {
    String session = folder.resolve("session").toString();
    assertFalse(reused(connect(one, certificate, "--session-out", session)));
    return reused(connect(two, certificate, "--session", session));
  }

  private static boolean reused(CommandRun client) {
    assertEquals(0, client.status(), client::toString);
    JsonNode secure = client.event("secureConnect");
    return secure.get("sessionReused").booleanValue();
  }

  @Test
  void folderIsSharedByTicketKeys() {
    String certificate = made();
    String place = "dir:" + folder.resolve("shared");
    assertTrue(
        resumes(
            serve(certificate, "--ticket-key-source", place),
            serve(certificate, "--ticket-key-source", place),
            certificate));
  }

  @Test
  void folderIsSharedAsAStoreAndTold() {
    String certificate = made();
    String place = "dir:" + folder.resolve("shared");
    CommandRun one = serve(certificate, "--session-store", place);
    CommandRun two = serve(certificate, "--session-store", place);
    assertTrue(resumes(one, two, certificate));
    String id = one.event("newSession").get("sessionId").textValue();
    JsonNode asked = two.event("resumeSession");
    assertEquals(id, asked.get("sessionId").textValue());
    assertTrue(asked.get("found").booleanValue());
  }

  @Test
  void memoryIsNotShared() {
    String certificate = made();
    CommandRun one = serve(certificate, "--session-store", "memory");
    assertFalse(resumes(one, serve(certificate, "--session-store", "memory"), certificate));
    assertTrue(resumes(one, one, certificate));
  }

  @Test
  void theFirstTicketKeyEncryptsAndAllDecrypt() {
    String certificate = made();
    CommandRun old = serve(certificate, "--ticket-keys", OLD_KEY);
    CommandRun both = serve(certificate, "--ticket-keys", NEW_KEY, "--ticket-keys", OLD_KEY);
    CommandRun fresh = serve(certificate, "--ticket-keys", NEW_KEY);
    assertTrue(resumes(old, both, certificate));
    assertTrue(resumes(both, fresh, certificate));
    assertFalse(resumes(old, fresh, certificate));
  }

  @Test
  void keysRotateWhenTheyAreToldTo() {
    String certificate = made();
    CommandRun server =
        serve(
            certificate,
            "--ticket-key-source",
            "dir:" + folder.resolve("shared"),
            "--keys-issue-for",
            "1",
            "--keys-decrypt-for",
            "60");
    String session = folder.resolve("session").toString();
    assertFalse(reused(connect(server, certificate, "--session-out", session)));
    server.event("ticketKeyRotated");
    assertTrue(reused(connect(server, certificate, "--session", session)));
  }

  @Test
  void redisThatIsAwayIsToldAndFailsNobody() {
    String certificate = made();
    // Nobody listens on the port of discard.
    CommandRun server = serve(certificate, "--session-store", "redis://:secret@127.0.0.1:9");
    JsonNode failed = server.event("sharingFailed");
    assertEquals("ECONNREFUSED", failed.get("code").textValue());
    assertFalse(failed.get("message").textValue().contains("secret"));
    assertFalse(resumes(server, server, certificate));
  }

  @Test
  void smallFleetResumesWhatItShares() {
    CommandRun fleet =
        CommandRun.start(
            "fleet",
            "--json",
            "--provider",
            "bctls",
            "--servers",
            "2",
            "--clients",
            "6",
            "--visits",
            "2");
    assertEquals(0, fleet.status(), fleet::toString);
    List<JsonNode> rows = fleet.allEvents();
    assertEquals(0, rows(rows, "-").get(0).get("resumed").intValue());
    List<JsonNode> byKeys = rows(rows, "ticket keys");
    Set<String> met =
        byKeys.stream().map(row -> row.get("meanwhile").textValue()).collect(Collectors.toSet());
    assertTrue(met.contains("3 rotations"), met::toString);
    if (FleetRedis.isInstalled()) {
      Set<String> outages =
          Set.of("redis is paused", "redis goes on", "redis is killed", "redis is back, empty");
      assertTrue(met.containsAll(outages), met::toString);
      byKeys = Stream.concat(byKeys.stream(), rows(rows, "store").stream()).toList();
    }
    for (JsonNode row : byKeys) {
      assertTrue(row.get("visits").intValue() >= 6, row::toString);
      assertEquals(0, row.get("failed").intValue(), row::toString);
      if (row.get("shared").textValue().equals("ticket keys")) {
        assertEquals(row.get("visits"), row.get("resumed"), row::toString);
      }
    }
  }

  /** Those of a version that the provider resumes. */
  private static List<JsonNode> rows(List<JsonNode> all, String shared) {
    return all.stream()
        .filter(row -> row.get("shared").textValue().equals(shared) && !row.has("refused"))
        .toList();
  }

  @Test
  void fleetSaysWhatAProviderCannot() {
    CommandRun fleet =
        CommandRun.start(
            "fleet",
            "--json",
            "--provider",
            "bcjsse",
            "--servers",
            "2",
            "--clients",
            "2",
            "--visits",
            "1");
    assertEquals(0, fleet.status(), fleet::toString);
    Map<String, String> refused = new HashMap<>();
    for (JsonNode row : fleet.allEvents()) {
      String name = row.get("version").textValue() + " by " + row.get("shared").textValue();
      JsonNode lacking = row.get("refused");
      refused.put(name, lacking == null ? "" : lacking.textValue());
      assertEquals(lacking != null, row.has("reason"), row::toString);
    }
    assertEquals(
        Map.of(
            "TLSv1.2 by -", "",
            "TLSv1.2 by ticket keys", "TICKET_KEYS",
            "TLSv1.2 by store", "SESSION_STORE",
            "TLSv1.3 by -", "SESSION_RESUMPTION",
            "TLSv1.3 by ticket keys", "SESSION_RESUMPTION",
            "TLSv1.3 by store", "SESSION_RESUMPTION"),
        refused);
  }
}
