package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tlsport.Capability;
import io.tlsport.Tls;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL renegotiates with every provider that can, and is refused by the others. */
class RenegotiationPeersTest {
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

  static Stream<String> able() {
    return Providers.names().filter(RenegotiationPeersTest::renegotiates);
  }

  static Stream<String> unable() {
    return Providers.names().filter(name -> !renegotiates(name));
  }

  private static boolean renegotiates(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      return tls.capabilities().supports(Capability.RENEGOTIATION);
    }
  }

  private static CommandRun serve(String provider, String... more) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--json", "--stop-after", "1"));
    arguments.addAll(List.of("--provider", provider, "--key", key, "--cert", certificate));
    arguments.addAll(List.of(more));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  /** A server that asks for a certificate once four bytes have come. */
  private static CommandRun serveThatAsksLater(String provider, String rejectUnauthorized) {
    return serve(
        provider,
        "--renegotiate-after",
        "4",
        "--renegotiate-request-cert",
        rejectUnauthorized,
        "--ca",
        authority);
  }

  private static ForeignProgram client(CommandRun server, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-tls1_2"));
    command.addAll(List.of("-CAfile", authority, "-servername", "localhost"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port()));
    command.addAll(List.of(more));
    return ForeignProgram.start(command);
  }

  // --- our server

  @ParameterizedTest
  @MethodSource("able")
  void threeOfOpensslAreGrantedAndTheFourthIsAnAttack(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider);
    try (ForeignProgram client = client(server)) {
      server.event("secureConnection");
      for (int i = 1; i <= 3; i++) {
        client.type("R\n");
        assertEquals(i, server.event("renegotiation").get("count").intValue());
        server.event("renegotiated");
        client.type("said " + i + "\n");
        client.await("^said " + i + "$");
      }
      client.type("R\n");
      assertEquals(4, server.event("renegotiation").get("count").intValue());
      long attacked = System.nanoTime();
      assertAttack(server);
      client.status();
      Duration took = Duration.ofNanos(System.nanoTime() - attacked);
      assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, () -> "closed after " + took);
    }
    assertEquals(0, server.status(), server::toString);
  }

  private static void assertAttack(CommandRun server) {
    JsonNode error = server.event("error");
    assertEquals("ERR_TLS_SESSION_ATTACK", error.get("code").textValue());
    assertTrue(error.get("message").textValue().contains("TLS session renegotiation attack"));
    server.event("close");
  }

  @ParameterizedTest
  @MethodSource("able")
  void theLimitIsSet(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server =
        serve(provider, "--client-reneg-limit", "1", "--client-reneg-window", "3600");
    try (ForeignProgram client = client(server)) {
      server.event("secureConnection");
      client.type("R\n");
      server.event("renegotiated");
      client.type("R\n");
      assertAttack(server);
    }
    assertEquals(0, server.status(), server::toString);
  }

  @ParameterizedTest
  @MethodSource("able")
  void withALimitOfNoneTheFirstIsAnAttack(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider, "--client-reneg-limit", "0");
    try (ForeignProgram client = client(server)) {
      server.event("secureConnection");
      client.type("R\n");
      assertAttack(server);
    }
    assertEquals(0, server.status(), server::toString);
  }

  @ParameterizedTest
  @MethodSource("unable")
  void theFirstIsRefusedWhereThereIsNone(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider);
    try (ForeignProgram client = client(server, "-msg")) {
      server.event("secureConnection");
      client.type("R\n");
      client.await("^<<< TLS 1.2, Alert .* no_renegotiation$");
      assertEquals("ERR_TLS_RENEGOTIATION_DISABLED", server.event("error").get("code").textValue());
      server.event("close");
      client.status();
    }
    assertEquals(0, server.status(), server::toString);
  }

  @ParameterizedTest
  @MethodSource("able")
  void opensslShowsItsCertificateLater(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serveThatAsksLater(provider, "--reject-unauthorized=false");
    try (ForeignProgram client = client(server, "-key", key, "-cert", certificate)) {
      assertFalse(server.event("secureConnection").get("peerCertificate").has("subject"));
      client.type("one\n");
      JsonNode renegotiated = server.event("renegotiated");
      assertTrue(renegotiated.at("/peerCertificate/subject").has("CN"), renegotiated::toString);
      client.type("two\n");
      client.await("^one$");
      client.await("^two$");
      client.endInput();
      assertEquals(0, client.status());
    }
    assertEquals(0, server.status(), server::toString);
  }

  @ParameterizedTest
  @MethodSource("able")
  void opensslWithoutACertificateIsCutOffLater(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serveThatAsksLater(provider, "--reject-unauthorized");
    try (ForeignProgram client = client(server)) {
      server.event("secureConnection");
      client.type("one\n");
      assertEquals(
          "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE",
          server.event("error").get("code").textValue());
      server.event("close");
    }
    assertEquals(0, server.status(), server::toString);
  }

  // --- our client

  private static ForeignProgram server(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-tls1_2"));
    command.addAll(List.of("-accept", "127.0.0.1:0", "-naccept", "1"));
    command.addAll(List.of("-key", key, "-cert", certificate, "-CAfile", authority));
    command.addAll(List.of(more));
    return ForeignProgram.start(command);
  }

  private static CommandRun connect(
      PipedOutputStream input, ForeignProgram server, String provider, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("connect", "localhost:" + server.await("^ACCEPT .*:(\\d+)$")));
    arguments.addAll(List.of("--json", "--timeout", "500", "--provider", provider));
    arguments.addAll(List.of("--ca", authority));
    arguments.addAll(List.of(more));
    return CommandRun.start(new PipedInputStream(input), arguments.toArray(String[]::new));
  }

  private static void say(PipedOutputStream input, String text) throws IOException {
    input.write(text.getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  @ParameterizedTest
  @MethodSource("able")
  void opensslAsksOurClientToHandshakeAgain(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    try (ForeignProgram server = server();
        PipedOutputStream input = new PipedOutputStream()) {
      CommandRun client = connect(input, server, provider, "--key", key, "--cert", certificate);
      client.event("secureConnect");
      for (String letter : List.of("r", "R", "r")) {
        server.type(letter + "\n");
        assertTrue(client.event("renegotiated").get("authorized").booleanValue());
        say(input, "said after " + letter + "\n");
        server.await("^said after " + letter + "$");
      }
      server.type("r\n");
      assertEquals("ERR_TLS_SESSION_ATTACK", client.event("error").get("code").textValue());
      client.event("close");
    }
  }

  @ParameterizedTest
  @MethodSource("unable")
  void opensslAsksOthersInVain(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    try (ForeignProgram server = server("-msg");
        PipedOutputStream input = new PipedOutputStream()) {
      CommandRun client = connect(input, server, provider);
      client.event("secureConnect");
      server.type("r\n");
      server.await("^<<< TLS 1.2, Alert .* warning (no_renegotiation|close_notify)$");
      assertEquals("ERR_TLS_RENEGOTIATION_DISABLED", client.event("error").get("code").textValue());
      client.event("close");
    }
  }

  @ParameterizedTest
  @MethodSource("able")
  void ourClientHandshakesAgainWithOpenssl(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    PipedOutputStream input = new PipedOutputStream();
    try (ForeignProgram server = server("-client_renegotiation")) {
      CommandRun client = connect(input, server, provider, "--renegotiate");
      assertTrue(client.event("renegotiated").get("authorized").booleanValue());
      say(input, "said afterwards\n");
      server.await("^said afterwards$");
      input.close();
      client.event("close");
    }
  }

  @ParameterizedTest
  @MethodSource("able")
  void ourClientFailsWhereOpensslRefuses(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    try (ForeignProgram server = server();
        PipedOutputStream input = new PipedOutputStream()) {
      CommandRun client = connect(input, server, provider, "--renegotiate");
      client.event("secureConnect");
      JsonNode error = client.event("error");
      assertTrue(
          List.of("ERR_SSL_TLSV1_ALERT_NO_RENEGOTIATION", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE")
              .contains(error.get("code").textValue()),
          error::toString);
      client.event("close");
    }
  }

  @ParameterizedTest
  @MethodSource("io.tlsport.cli.Providers#names")
  void keyUpdatesOfTls13AreServedUpToThirtyTwoInARow(String provider) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider, "--min-version", "TLSv1.3");
    // What it says of its own comes on standard error.
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2>&1", "sh"));
    command.addAll(List.of("openssl", "s_client", "-tls1_3"));
    command.addAll(List.of("-CAfile", authority, "-servername", "localhost"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port()));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      server.event("secureConnection");
      updateKeys(client, 32);
      client.type("said between\n");
      client.await("^said between$");
      updateKeys(client, 32);
      client.type("K\n");
      assertEquals("ERR_SSL_UNEXPECTED_MESSAGE", server.event("error").get("code").textValue());
      server.event("close");
    }
    assertEquals(0, server.status(), server::toString);
  }

  private static void updateKeys(ForeignProgram client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      client.type("K\n");
      client.await("^KEYUPDATE$");
    }
  }

  @ParameterizedTest
  @MethodSource("able")
  void tls13RefusesByName(String provider) throws Exception {
    CommandRun server = serve(provider, "--min-version", "TLSv1.3");
    CommandRun client =
        CommandRun.start(
            "connect",
            "localhost:" + server.port(),
            "--json",
            "--renegotiate",
            "--provider",
            provider,
            "--ca",
            authority);
    JsonNode error = client.event("error");
    assertEquals("UnsupportedFeature", error.get("code").textValue());
    assertTrue(error.get("message").textValue().contains("RENEGOTIATION"));
    assertEquals(3, client.status());
  }
}
