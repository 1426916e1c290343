package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL writes the same secrets for the same connection. */
class KeyLogPeersTest {
  @TempDir static Path folder;

  private static String key;
  private static String certificate;

  @BeforeAll
  static void makeCertificates() {
    assertEquals(0, CommandRun.start("cert", "--out-dir", folder.toString()).status());
    key = folder.resolve("key.pem").toString();
    certificate = folder.resolve("cert.pem").toString();
  }

  private static String flag(String version) {
    return version.replaceFirst("^TLSv", "-tls").replace('.', '_');
  }

  /** With internals on conscrypt, in TLS 1.2; those of SunJSSE are shut here. */
  static Stream<Arguments> logging() {
    return Stream.of(
        Arguments.of("bctls", "TLSv1"),
        Arguments.of("bctls", "TLSv1.2"),
        Arguments.of("bctls", "TLSv1.3"),
        Arguments.of("conscrypt", "TLSv1.2"));
  }

  private static List<String> ours(String provider, String version, Path log, String... first) {
    List<String> arguments = new ArrayList<>(List.of(first));
    arguments.addAll(List.of("--json", "--provider", provider, "--keylog", log.toString()));
    if (!provider.equals("bctls")) {
      arguments.add("--provider-internals");
    }
    arguments.addAll(List.of("--min-version", version, "--max-version", version));
    if (version.equals("TLSv1")) {
      arguments.addAll(List.of("--ciphers", "DEFAULT@SECLEVEL=0"));
    }
    return arguments;
  }

  private static List<String> lines(Path log) throws Exception {
    return Files.readAllLines(log).stream().filter(line -> !line.startsWith("#")).sorted().toList();
  }

  /** Not by assertEquals, which would print secrets. */
  private static void assertSame(String version, Path ours, Path theirs) throws Exception {
    assertEquals(version.equals("TLSv1.3") ? 5 : 1, lines(ours).size());
    assertTrue(lines(ours).equals(lines(theirs)), "the key logs differ");
  }

  @ParameterizedTest
  @MethodSource("logging")
  void opensslIsServed(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    Path log = folder.resolve(provider + "-server-" + version);
    Path other = folder.resolve(provider + "-s_client-" + version);
    List<String> arguments =
        ours(provider, version, log, "serve", "--stop-after", "1", "--key", key);
    arguments.addAll(List.of("--cert", certificate));
    CommandRun server = CommandRun.start(arguments.toArray(String[]::new));
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-keylogfile"));
    command.addAll(List.of(other.toString(), "-connect", "127.0.0.1:" + server.port()));
    command.addAll(List.of("-cipher", "DEFAULT@SECLEVEL=0", flag(version)));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      client.await("^SSL handshake has read");
      client.endInput();
      assertEquals(0, client.status());
    }
    assertEquals(0, server.status(), server::toString);
    assertSame(version, log, other);
    assertEquals("rw-------", mode(log));
  }

  private static String mode(Path file) throws Exception {
    return java.nio.file.attribute.PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @MethodSource("logging")
  void opensslServes(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    Path log = folder.resolve(provider + "-client-" + version);
    Path other = folder.resolve(provider + "-s_server-" + version);
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-keylogfile"));
    command.addAll(List.of(other.toString(), "-accept", "127.0.0.1:0", "-naccept", "1"));
    command.addAll(List.of("-key", key, "-cert", certificate, flag(version)));
    command.addAll(List.of("-cipher", "DEFAULT@SECLEVEL=0"));
    try (ForeignProgram server = ForeignProgram.start(command)) {
      String port = server.await("^ACCEPT .*:(\\d+)$");
      List<String> arguments =
          ours(provider, version, log, "connect", "localhost:" + port, "--no-input");
      arguments.add("--reject-unauthorized=false");
      CommandRun client = CommandRun.start(arguments.toArray(String[]::new));
      assertEquals(0, client.status(), client::toString);
      assertEquals(0, server.status());
    }
    assertSame(version, log, other);
  }

  @Test
  void fileThatCannotBeWrittenIsRefused() {
    CommandRun run =
        CommandRun.start("serve", "--json", "--provider", "bctls", "--keylog", folder.toString());
    assertEquals(2, run.status(), run::toString);
    run =
        CommandRun.start(
            "serve", "--provider", "bctls", "--keylog", folder.resolve("none/log").toString());
    assertEquals(2, run.status(), run::toString);
  }

  @Test
  void otherProvidersRefuse() {
    Path log = folder.resolve("refused");
    CommandRun run =
        CommandRun.start("serve", "--json", "--provider", "jdk", "--keylog", log.toString());
    assertEquals(3, run.status(), run::toString);
    assertEquals("UnsupportedFeature", run.event("error").get("code").textValue());
    assertFalse(Files.exists(log), "a file for nothing");
  }
}
