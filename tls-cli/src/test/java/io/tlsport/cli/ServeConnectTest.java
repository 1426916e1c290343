package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server and a client of the program, on every provider and version. */
class ServeConnectTest {
  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() {
    String authority = folder.resolve("ca").toString();
    assertEquals(
        0, CommandRun.start("cert", "--out-dir", path("server"), "--ca-dir", authority).status());
    assertEquals(
        0,
        CommandRun.start("cert", "--client", "--out-dir", path("client"), "--ca-dir", authority)
            .status());
  }

  private static String path(String... parts) {
    return folder.resolve(Path.of("", parts)).toString();
  }

  private static List<String> identity(String who) {
    return List.of(
        "--key",
        path(who, "key.pem"),
        "--cert",
        path(who, "cert.pem"),
        "--ca",
        path("ca", "ca.pem"));
  }

  private static CommandRun server(String provider, String version, String... more) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--json", "--stop-after", "1"));
    arguments.addAll(List.of("--provider", provider));
    arguments.addAll(List.of("--min-version", version, "--max-version", version));
    arguments.addAll(identity("server"));
    arguments.addAll(List.of(more));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  private static String[] client(CommandRun server, String provider, String... more) {
    List<String> arguments = new ArrayList<>(List.of("connect", "localhost:" + server.port()));
    arguments.addAll(List.of("--provider", provider, "--timeout", "500"));
    arguments.addAll(identity("client"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void filesThatAreFollowedAreUsedAsTheyBecome() throws IOException {
    Path files = Files.createDirectory(folder.resolve("followed"));
    copy("server", files);
    List<String> arguments = new ArrayList<>(List.of("serve", "--json", "--stop-after", "1"));
    arguments.addAll(List.of("--provider", "jdk", "--reload"));
    arguments.addAll(List.of("--key", files.resolve("key.pem").toString()));
    arguments.addAll(List.of("--cert", files.resolve("cert.pem").toString()));
    CommandRun server = CommandRun.start(arguments.toArray(String[]::new));
    int port = server.port();
    Files.writeString(files.resolve("cert.pem"), "half of it");
    JsonNode failed = server.event("contextReloadFailed");
    assertTrue(failed.get("message").textValue().contains("cert.pem"), failed::toString);
    copy("client", files);
    JsonNode reloaded = server.event("contextReloaded");
    assertEquals(2, reloaded.get("generation").intValue());
    CommandRun client =
        CommandRun.start(
            "connect", "localhost:" + port, "--ca", path("ca", "ca.pem"), "--json", "--no-input");
    assertEquals(1, client.status(), client::toString);
    assertEquals(0, server.status(), server::toString);
    assertEquals(
        reloaded.get("current").textValue().length(),
        reloaded.get("previous").textValue().length());
  }

  private static void copy(String who, Path into) throws IOException {
    for (String file : List.of("key.pem", "cert.pem")) {
      Files.copy(
          folder.resolve(who).resolve(file),
          into.resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.tlsport.cli.Providers#names")
  void pathTakesThePlaceOfHostAndPort(String provider) throws IOException {
    Path file = Files.createTempDirectory("tlsport").resolve("server.sock");
    CommandRun server =
        server(provider, "TLSv1.3", "--path", file.toString(), "--mode", "source:100000");
    JsonNode listening = server.event("listening");
    assertEquals(file.toString(), listening.get("address").textValue());
    assertEquals("Unix", listening.get("family").textValue());
    assertEquals(0, listening.get("port").intValue());
    List<String> arguments =
        new ArrayList<>(List.of("connect", "--path", file.toString(), "--provider", provider));
    arguments.addAll(identity("client"));
    CommandRun client = CommandRun.withInput("", arguments.toArray(String[]::new));
    assertEquals(0, client.status(), client::toString);
    assertEquals(100_000, client.outputBytes().length, "bytes of the server");
    assertEquals(0, server.status(), server::toString);
    assertFalse(Files.exists(file), "the file goes with the server");
    Files.delete(file.getParent());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void bothSidesTellTheWholeStory(String provider, String version) {
    CommandRun server =
        server(provider, version, "--mode", "welcome", "--request-cert", "--alpn-protocols", "b,c");
    CommandRun client =
        CommandRun.withInput(
            "hello\n", client(server, provider, "--json", "--alpn-protocols", "a,b"));
    assertEquals(0, client.status(), client::toString);
    assertEquals(0, server.status(), server::toString);

    JsonNode ours = client.event("secureConnect");
    assertTrue(ours.get("authorized").booleanValue(), ours::toString);
    assertTrue(ours.get("authorizationError").isNull());
    assertEquals("b", ours.get("alpnProtocol").textValue());
    assertFalse(ours.get("npnProtocol").booleanValue());
    assertEquals(version, ours.get("protocol").textValue());
    assertFalse(ours.get("sessionReused").booleanValue());
    assertEquals("localhost", ours.at("/peerCertificate/subject/CN").textValue());
    assertTrue(ours.at("/cipher/standardName").textValue().startsWith("TLS_"), ours::toString);
    assertEquals("127.0.0.1", ours.get("remoteAddress").textValue());
    assertTrue(ours.at("/ephemeralKeyInfo/size").intValue() > 200, ours::toString);

    JsonNode theirs = server.event("secureConnection");
    assertEquals(1, theirs.get("id").intValue());
    assertTrue(theirs.get("authorized").booleanValue(), theirs::toString);
    assertEquals("localhost", theirs.get("servername").textValue());
    assertEquals("b", theirs.get("alpnProtocol").textValue());
    assertEquals("client", theirs.at("/peerCertificate/subject/CN").textValue());
    assertEquals(ours.get("cipher"), theirs.get("cipher"));
    assertEquals(ours.get("localPort"), theirs.get("remotePort"));

    assertEquals("welcome!\nhello\n", new String(data(client), StandardCharsets.UTF_8));
    JsonNode close = server.event("close");
    assertEquals(6, close.get("bytesRead").intValue());
    assertEquals(15, close.get("bytesWritten").intValue());
    assertTrue(close.get("encryptedBytesRead").intValue() > 6);
    assertTrue(close.get("cleanly").booleanValue());
    assertEquals("serverClose", last(server.eventNames()));
    assertEquals("close", last(client.eventNames()));
    // Also where its session was there before anybody had told that it is secure.
    assertEquals("secureConnect", client.eventNames().get(0), client::toString);
  }

  private static byte[] data(CommandRun client) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (JsonNode event : client.allEvents()) {
      if (event.get("event").textValue().equals("data")) {
        try {
          data.writeBytes(event.get("base64").binaryValue());
        } catch (IOException noBase64) {
          throw new AssertionError(noBase64);
        }
      }
    }
    return data.toByteArray();
  }

  private static String last(List<String> names) {
    return names.get(names.size() - 1);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void megabytesComeBackAsTheyWere(String provider, String version) {
    byte[] sent = new byte[5_000_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31 + i / 257);
    }
    CommandRun server = server(provider, version);
    CommandRun client = CommandRun.start(new ByteArrayInputStream(sent), client(server, provider));
    assertEquals(0, client.status(), client::errors);
    assertArrayEquals(sent, client.outputBytes());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void sourceIsWholeForClientThatEndsAtOnce(String provider, String version) {
    CommandRun server = server(provider, version, "--mode", "source:20000001");
    CommandRun client = CommandRun.start(client(server, provider));
    assertEquals(0, client.status(), client::errors);
    assertEquals(20_000_001, client.outputBytes().length);
    assertEquals(0, server.status(), server::toString);
    assertEquals(20_000_001, server.event("close").get("bytesWritten").intValue());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void sinkTakesEverythingAndSaysNothing(String provider, String version) {
    CommandRun server = server(provider, version, "--mode", "sink");
    CommandRun client =
        CommandRun.start(new ByteArrayInputStream(new byte[2_000_000]), client(server, provider));
    assertEquals(0, client.status(), client::errors);
    assertEquals(0, client.outputBytes().length);
    assertEquals(0, server.status(), server::toString);
    assertEquals(2_000_000, server.event("close").get("bytesRead").intValue());
  }

  @ParameterizedTest
  @MethodSource("io.tlsport.cli.Providers#names")
  void httpAnswersOneRequestAndEnds(String provider) {
    CommandRun server = server(provider, "TLSv1.3", "--mode", "http");
    CommandRun client =
        CommandRun.withInput("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", client(server, provider));
    assertEquals(0, client.status(), client::errors);
    String[] response = client.output().split("\r\n\r\n", 2);
    assertTrue(response[0].startsWith("HTTP/1.1 200 OK\r\n"), client::output);
    assertTrue(
        response[0].contains(
            "Content-Length: " + response[1].getBytes(StandardCharsets.UTF_8).length),
        client::output);
    assertTrue(response[1].contains("protocol: TLSv1.3\n"), client::output);
  }

  @ParameterizedTest
  @MethodSource("io.tlsport.cli.Providers#names")
  void withoutInputItConnectsReportsAndEnds(String provider) {
    CommandRun server = server(provider, "TLSv1.3");
    List<String> arguments =
        new ArrayList<>(List.of("connect", "localhost:" + server.port(), "--no-input", "--json"));
    arguments.addAll(List.of("--provider", provider, "--ca", path("ca", "ca.pem")));
    CommandRun client = CommandRun.start(arguments.toArray(String[]::new));
    assertEquals(0, client.status(), client::toString);
    assertTrue(client.event("secureConnect").get("authorized").booleanValue());
    assertEquals(0, server.status(), server::toString);
    assertTrue(server.event("close").get("cleanly").booleanValue());
  }

  @ParameterizedTest
  @MethodSource("io.tlsport.cli.Providers#names")
  void throwAwayCertificateIsForLocalhostAndNotTrusted(String provider) {
    CommandRun server =
        CommandRun.start("serve", "--json", "--stop-after", "2", "--provider", provider);
    String target = "localhost:" + server.port();
    CommandRun strict = CommandRun.start("connect", target, "--json", "--provider", provider);
    assertEquals(1, strict.status(), strict::toString);
    JsonNode refused = strict.event("error");
    assertEquals("DEPTH_ZERO_SELF_SIGNED_CERT", refused.get("code").textValue());
    assertEquals("localhost", refused.at("/peerCertificate/subject/CN").textValue());
    CommandRun lenient =
        CommandRun.start(
            "connect",
            "--reject-unauthorized=false",
            target,
            "--json",
            "--no-input",
            "--provider",
            provider);
    assertEquals(0, lenient.status(), lenient::toString);
    JsonNode secure = lenient.event("secureConnect");
    assertFalse(secure.get("authorized").booleanValue());
    assertEquals("DEPTH_ZERO_SELF_SIGNED_CERT", secure.get("authorizationError").textValue());
    assertEquals("clientError", server.event("clientError").get("event").textValue());
    assertEquals(0, server.status(), server::toString);
  }

  @Test
  void contextIsChosenByServername() {
    assertEquals(
        0,
        CommandRun.start(
                "cert",
                "--host",
                "*.example.com",
                "--out-dir",
                path("wild"),
                "--ca-dir",
                path("ca"))
            .status());
    CommandRun server = server("jdk", "TLSv1.3", "--add-context", "*.example.com=" + path("wild"));
    CommandRun client =
        CommandRun.start(client(server, "jdk", "--json", "--servername", "a.example.com"));
    assertEquals(0, client.status(), client::toString);
    assertEquals(
        "*.example.com",
        client.event("secureConnect").at("/peerCertificate/subject/CN").textValue());
  }

  @Test
  void clientWithoutCertificateIsRejectedIfTheServerSaysSo() {
    CommandRun server = server("jdk", "TLSv1.2", "--request-cert", "--reject-unauthorized");
    CommandRun client =
        CommandRun.start(
            "connect",
            "localhost:" + server.port(),
            "--json",
            "--provider",
            "jdk",
            "--ca",
            path("ca", "ca.pem"));
    assertEquals(1, client.status(), client::toString);
    JsonNode told = server.event("clientError");
    assertEquals("ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE", told.get("code").textValue());
    assertFalse(told.has("peerCertificate"), told::toString);
    assertEquals(0, server.status(), server::toString);
    assertEquals(List.of("listening", "clientError", "close", "serverClose"), server.eventNames());
  }

  @Test
  void certificateThatIsRefusedIsTold() {
    CommandRun server = server("jdk", "TLSv1.3", "--request-cert", "--reject-unauthorized");
    CommandRun client =
        CommandRun.start(
            "connect",
            "localhost:" + server.port(),
            "--provider",
            "jdk",
            "--reject-unauthorized=false",
            "--key",
            path("server", "key.pem"),
            "--cert",
            path("server", "cert.pem"));
    assertEquals(1, client.status(), client::toString);
    JsonNode told = server.event("clientError");
    assertEquals("INVALID_PURPOSE", told.get("code").textValue());
    assertEquals("localhost", told.at("/peerCertificate/subject/CN").textValue());
  }

  @Test
  void autoNamesItsChoice() {
    CommandRun run = CommandRun.start("connect", "localhost:1");
    assertEquals(1, run.status());
    String first = Providers.names().toList().get(0);
    assertTrue(run.errors().contains("tls: provider auto: " + first), run::toString);
  }

  @Test
  void peopleReadTheirData() {
    CommandRun server = server("jdk", "TLSv1.3", "--mode", "welcome");
    CommandRun client = CommandRun.withInput("", client(server, "jdk"));
    assertEquals(0, client.status(), client::toString);
    assertEquals("welcome!\n", client.output());
    assertTrue(client.errors().contains("protocol=TLSv1.3"), client::toString);
    assertEquals(
        List.of("end", "close cleanly=true"),
        client.errors().lines().filter(line -> !line.startsWith("session ")).skip(1).toList(),
        client::toString);
  }
}
