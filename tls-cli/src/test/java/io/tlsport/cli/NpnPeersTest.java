package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL agrees with us on a next protocol. */
class NpnPeersTest {
  private static final String LEVEL_ZERO = "DEFAULT@SECLEVEL=0";

  @TempDir static Path folder;

  private static String key;
  private static String certificate;
  private static String authority;

  @BeforeAll
  static void makeCertificates() {
    Path ca = folder.resolve("ca");
    assertEquals(
        0,
        CommandRun.start("cert", "--out-dir", folder.toString(), "--ca-dir", ca.toString())
            .status());
    key = folder.resolve("key.pem").toString();
    certificate = folder.resolve("cert.pem").toString();
    authority = ca.resolve("ca.pem").toString();
  }

  private static List<String> bctls(String version, String protocols, String... first) {
    List<String> arguments = new ArrayList<>(List.of(first));
    arguments.addAll(List.of("--json", "--provider", "bctls", "--npn-protocols", protocols));
    arguments.addAll(List.of("--min-version", version, "--max-version", version));
    if (!version.equals("TLSv1.2")) {
      arguments.addAll(List.of("--ciphers", LEVEL_ZERO));
    }
    return arguments;
  }

  /** Version, what OpenSSL has, and what it and our server tell then. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "TLSv1   | http/1.1,spdy/2 | (1) http/1.1 | http/1.1",
        "TLSv1.1 | spdy/2,spdy/3   | (1) spdy/3   | spdy/3",
        "TLSv1.2 | http/1.1,spdy/3 | (1) spdy/3   | spdy/3",
        "TLSv1.2 | gopher          | (2) gopher   | gopher"
      })
  void opensslIsServed(String version, String theirs, String told, String chosen) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> arguments =
        bctls(version, "spdy/3,http/1.1", "serve", "--stop-after", "1", "--key", key);
    arguments.addAll(List.of("--cert", certificate));
    CommandRun server = CommandRun.start(arguments.toArray(String[]::new));
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-nextprotoneg"));
    command.addAll(List.of(theirs, "-verify_return_error", "-CAfile", authority));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port(), "-cipher", LEVEL_ZERO));
    command.add(flag(version));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      assertEquals(told, client.await("^Next protocol: (.*)$"));
      client.endInput();
      assertEquals(0, client.status());
    }
    assertEquals(chosen, server.event("secureConnection").get("npnProtocol").textValue());
    assertEquals(0, server.status(), server::toString);
  }

  private static String flag(String version) {
    return version.replaceFirst("^TLSv", "-tls").replace('.', '_');
  }

  /** Version, what we have, what OpenSSL tells, and whether we tell it too. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "TLSv1   | http/1.1,spdy/2 | spdy/2   | true",
        "TLSv1.1 | http/1.1        | http/1.1 | true",
        "TLSv1.2 | http/1.1,spdy/2 | spdy/2   | true",
        "TLSv1.2 | gopher,finger   | gopher   | false"
      })
  void opensslServes(String version, String ours, String told, boolean agreed) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-nextprotoneg"));
    command.addAll(List.of("spdy/2,http/1.1", "-accept", "127.0.0.1:0", "-naccept", "1"));
    command.addAll(List.of("-key", key, "-cert", certificate, "-cipher", LEVEL_ZERO));
    command.add(flag(version));
    try (ForeignProgram server = ForeignProgram.start(command)) {
      String port = server.await("^ACCEPT .*:(\\d+)$");
      List<String> arguments = bctls(version, ours, "connect", "localhost:" + port, "--no-input");
      arguments.addAll(List.of("--ca", authority));
      CommandRun client = CommandRun.start(arguments.toArray(String[]::new));
      var protocol = client.event("secureConnect").get("npnProtocol");
      if (agreed) {
        assertEquals(told, protocol.textValue());
      } else {
        assertFalse(protocol.booleanValue());
      }
      assertEquals(told, server.await("^NEXTPROTO is (.*)$"));
      assertEquals(0, client.status(), client::toString);
    }
  }

  @Test
  void fipsModuleHasItToo() throws Exception {
    List<String> serve = bctls("TLSv1.2", "two,one", "serve", "--fips", "--stop-after", "1");
    try (ChildProgram server = ChildProgram.startFips(serve.toArray(String[]::new))) {
      List<String> connect =
          bctls("TLSv1.2", "one,two", "connect", "localhost:" + server.port(), "--fips");
      connect.addAll(List.of("--no-input", "--reject-unauthorized=false"));
      try (ChildProgram client = ChildProgram.startFips(connect.toArray(String[]::new))) {
        String lines = client.output();
        assertTrue(lines.contains("\"npnProtocol\":\"two\""), () -> lines);
      }
      String lines = server.output();
      assertTrue(lines.contains("\"npnProtocol\":\"two\""), () -> lines);
    }
  }
}
