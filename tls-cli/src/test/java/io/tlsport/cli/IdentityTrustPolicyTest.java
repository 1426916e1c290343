package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of identity, trust, policy and place have the effect that they promise. */
class IdentityTrustPolicyTest {
  /** What the contract of the command line names for both commands. */
  private static final Set<String> BOTH =
      Set.of(
          "--key",
          "--cert",
          "--pfx",
          "--passphrase",
          "--passphrase-file",
          "--ca",
          "--crl",
          "--policy",
          "--ciphers",
          "--ecdh-curve",
          "--secure-protocol",
          "--min-version",
          "--max-version",
          "--reject-unauthorized",
          "--handshake-timeout",
          "--npn-protocols",
          "--keylog",
          "--alpn-protocols",
          "--max-send-fragment",
          "--allow-truncation",
          "--provider",
          "--provider-internals",
          "--fips",
          "--json");

  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() {
    assertEquals(
        0, CommandRun.start("cert", "--out-dir", path("server"), "--ca-dir", path("ca")).status());
    assertEquals(
        0,
        CommandRun.start("cert", "--client", "--out-dir", path("client"), "--ca-dir", path("ca"))
            .status());
  }

  private static String path(String... parts) {
    return folder.resolve(Path.of("", parts)).toString();
  }

  private static CommandRun serve(String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--json", "--stop-after", "1"));
    arguments.addAll(provided(options));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  /** With a provider, where none is named. */
  private static List<String> provided(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    if (!all.contains("--provider")) {
      all.addAll(List.of("--provider", "jdk"));
    }
    return all;
  }

  private static CommandRun serveWithCertificate(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--key", path("server", "key.pem"), "--cert", path("server", "cert.pem")));
    arguments.addAll(List.of(options));
    return serve(arguments.toArray(String[]::new));
  }

  private static CommandRun connect(CommandRun server, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("connect", "localhost:" + server.port(), "--json", "--no-input"));
    arguments.addAll(List.of("--ca", path("ca", "ca.pem")));
    arguments.addAll(provided(options));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  private static JsonNode secure(CommandRun client) {
    assertEquals(0, client.status(), client::toString);
    return client.event("secureConnect");
  }

  @ParameterizedTest
  @CsvSource({"serve", "connect"})
  void helpNamesWhatTheContractPromises(String command) {
    Set<String> missing = new TreeSet<>(BOTH);
    if (command.equals("serve")) {
      missing.addAll(
          List.of(
              "--honor-cipher-order",
              "--request-cert",
              "--session-timeout",
              "--ticket-keys",
              "--session-id-context",
              "--client-reneg-limit",
              "--client-reneg-window",
              "--max-connections",
              "--add-context",
              "--ocsp-response",
              "--session-store",
              "--host",
              "--port",
              "--mode",
              "--renegotiate-after",
              "--renegotiate-request-cert",
              "--stop-after"));
    } else {
      missing.addAll(
          List.of(
              "--servername",
              "--session",
              "--session-out",
              "--ticket-out",
              "--request-ocsp",
              "--renegotiate",
              "--timeout",
              "--export",
              "--no-input"));
    }
    CommandRun help = CommandRun.start(command, "--help");
    assertEquals(0, help.status());
    missing.removeIf(option -> help.output().matches("(?s).*" + option + "[\\s=\\[].*"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void passphraseComesFromTheFirstLineOfAFile() throws Exception {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "secret\nanother line\n");
    CommandRun server =
        serve(
            "--pfx",
            Pfx.make(folder, "secret").toString(),
            "--passphrase-file",
            passphrase.toString());
    JsonNode secure = secure(connect(server, "--reject-unauthorized=false"));
    assertEquals("localhost", secure.at("/peerCertificate/subject/CN").textValue());
  }

  @Test
  void peerCertificateHasTheSeedsMembersAndMore() {
    JsonNode shown = secure(connect(serveWithCertificate())).get("peerCertificate");
    assertEquals("localhost", shown.at("/subject/CN").textValue());
    assertTrue(shown.get("issuer").isObject());
    assertTrue(shown.get("valid_from").textValue().matches("[A-Z][a-z]{2} [ 0-9]\\d .* GMT"));
    assertTrue(shown.get("valid_to").textValue().endsWith(" GMT"));
    assertTrue(shown.get("fingerprint").textValue().matches("([0-9A-F]{2}:){19}[0-9A-F]{2}"));
    assertTrue(shown.get("fingerprint256").textValue().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    assertTrue(shown.get("serialNumber").textValue().matches("[0-9A-F]+"));
    assertTrue(shown.get("subjectaltname").textValue().contains("DNS:localhost"));
    assertTrue(shown.get("ext_key_usage").isArray());
    assertTrue(shown.get("infoAccess").isObject());
    assertFalse(shown.get("ca").booleanValue());
    assertTrue(shown.get("bits").intValue() >= 256, shown::toString);
    assertFalse(shown.has("raw"));
  }

  @Test
  void serverThatAsksForNothingShowsAnEmptyCertificate() {
    CommandRun server = serveWithCertificate();
    secure(connect(server));
    assertEquals(0, server.event("secureConnection").get("peerCertificate").size());
  }

  @Test
  void clientIsJudgedByTheAuthoritiesOfTheServer() {
    CommandRun server = serveWithCertificate("--request-cert", "--ca", path("ca", "ca.pem"));
    secure(
        connect(server, "--key", path("client", "key.pem"), "--cert", path("client", "cert.pem")));
    JsonNode told = server.event("secureConnection");
    assertTrue(told.get("authorized").booleanValue(), told::toString);
    assertEquals("client", told.at("/peerCertificate/subject/CN").textValue());
  }

  @ParameterizedTest
  @CsvSource({"true, ECDHE-RSA-AES256-GCM-SHA384", "false, ECDHE-RSA-AES128-GCM-SHA256"})
  void orderOfTheServerCountsIfItSaysSo(String honor, String chosen) {
    String strong = "ECDHE-RSA-AES256-GCM-SHA384";
    String fast = "ECDHE-RSA-AES128-GCM-SHA256";
    CommandRun server =
        serve(
            "--max-version",
            "TLSv1.2",
            "--ciphers",
            strong + ":" + fast,
            "--honor-cipher-order=" + honor);
    JsonNode secure =
        secure(connect(server, "--reject-unauthorized=false", "--ciphers", fast + ":" + strong));
    assertEquals(chosen, secure.at("/cipher/name").textValue());
  }

  @Test
  void methodOfTheSeedFixesTheVersion() {
    CommandRun server = serveWithCertificate("--secure-protocol", "TLSv1_2_method");
    assertEquals("TLSv1.2", secure(connect(server)).get("protocol").textValue());
  }

  @Test
  void policyOfTheSeedHasItsCiphersAndItsGroup() {
    CommandRun server = serve("--policy", "node-0.12", "--max-version", "TLSv1.2");
    JsonNode secure =
        secure(connect(server, "--policy", "node-0.12", "--reject-unauthorized=false"));
    assertTrue(
        Set.of("ECDHE-RSA-AES128-SHA256", "AES128-GCM-SHA256")
            .contains(secure.at("/cipher/name").textValue()),
        secure::toString);
    JsonNode modern =
        secure(connect(serveWithCertificate("--policy", "node-0.12"), "--min-version", "TLSv1.3"));
    assertEquals("prime256v1", modern.at("/ephemeralKeyInfo/name").textValue());
  }

  @ParameterizedTest
  @CsvSource({"secp384r1, X25519:secp384r1", "X25519:secp384r1, secp384r1"})
  void curvesAreThoseThatBothName(String servers, String clients) {
    CommandRun server = serveWithCertificate("--ecdh-curve", servers);
    JsonNode secure = secure(connect(server, "--ecdh-curve", clients));
    assertEquals("secp384r1", secure.at("/ephemeralKeyInfo/name").textValue());
  }

  @Test
  void ciphersOfTheClientAreAllThatItOffers() {
    CommandRun server = serveWithCertificate("--ciphers", "ECDHE+AES128");
    CommandRun refused = connect(server, "--max-version", "TLSv1.2", "--ciphers", "ECDHE+AES256");
    assertFailed("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", refused);
    assertEquals("ERR_SSL_NO_SHARED_CIPHER", server.event("clientError").get("code").textValue());
  }

  @Test
  void oldestAndNewestVersionAreBounds() {
    CommandRun server = serveWithCertificate("--min-version", "TLSv1.3");
    assertFailed(
        "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", connect(server, "--max-version", "TLSv1.2"));
    assertEquals(
        "ERR_SSL_UNSUPPORTED_PROTOCOL", server.event("clientError").get("code").textValue());
  }

  @Test
  void passphraseOpensTheIdentityOfAClient() throws Exception {
    CommandRun server = serveWithCertificate("--request-cert");
    Path pfx = Pfx.make(Files.createDirectories(folder.resolve("pfx")), "of the client");
    secure(connect(server, "--pfx", pfx.toString(), "--passphrase", "of the client"));
    JsonNode told = server.event("secureConnection");
    assertEquals("localhost", told.at("/peerCertificate/subject/CN").textValue());
  }

  @Test
  void authoritiesAreAddedUp() {
    assertEquals(
        0, CommandRun.start("cert", "--out-dir", path("other"), "--ca-dir", path("ca2")).status());
    String[] two = {"--ca", path("ca2", "ca.pem")};
    CommandRun other =
        serve("--key", path("other", "key.pem"), "--cert", path("other", "cert.pem"));
    assertTrue(secure(connect(other, two)).get("authorized").booleanValue());
    // Both authorities have the same name, and only one of them the key.
    assertFailed(
        "CERT_SIGNATURE_FAILURE",
        connect(serve("--key", path("other", "key.pem"), "--cert", path("other", "cert.pem"))));
  }

  private static BigInteger serial(String owner) throws Exception {
    try (InputStream in = Files.newInputStream(folder.resolve(owner).resolve("cert.pem"))) {
      return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
          .getSerialNumber();
    }
  }

  @Test
  void listsRevokeServersAndClients() throws Exception {
    Path authority = folder.resolve("ca");
    String none = Crl.make(authority, "none.pem").toString();
    String both = Crl.make(authority, "both.pem", serial("server"), serial("client")).toString();
    secure(connect(serveWithCertificate(), "--crl", none));
    assertFailed("CERT_REVOKED", connect(serveWithCertificate(), "--crl", both));
    CommandRun server =
        serveWithCertificate(
            "--request-cert", "--reject-unauthorized", "--ca", path("ca", "ca.pem"), "--crl", both);
    connect(server, "--key", path("client", "key.pem"), "--cert", path("client", "cert.pem"));
    assertEquals("CERT_REVOKED", server.event("clientError").get("code").textValue());
  }

  @Test
  void clientThatSaysNothingRunsIntoTheHandshakeTimeout() throws Exception {
    CommandRun server = serve("--handshake-timeout", "200");
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertEquals(
          "ERR_TLS_HANDSHAKE_TIMEOUT", server.event("clientError").get("code").textValue());
      assertEquals(-1, silent.getInputStream().read());
    }
    assertEquals(0, server.status(), server::toString);
  }

  @Test
  void connectionsOverTheLimitAreDropped() throws Exception {
    CommandRun server = serve("--max-connections", "1");
    int port = server.port();
    try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket second = new Socket(InetAddress.getLoopbackAddress(), port)) {
      server.event("drop");
      assertEquals(-1, second.getInputStream().read());
      assertTrue(first.isConnected());
    }
    assertEquals(0, server.status(), server::toString);
  }

  private static void assertFailed(String code, CommandRun client) {
    assertEquals(1, client.status(), client::toString);
    assertEquals(code, client.event("error").get("code").textValue(), client::toString);
  }

  @Test
  void hybridGroupIsUsedOrRefusedWhereItIsRequired() {
    CommandRun server = serveWithCertificate("--provider", "bctls", "--post-quantum", "prefer");
    JsonNode secure = secure(connect(server, "--provider", "bctls", "--post-quantum", "require"));
    assertEquals("X25519MLKEM768", secure.at("/ephemeralKeyInfo/name").textValue());
    CommandRun refused = serveWithCertificate("--post-quantum", "require");
    assertEquals(3, refused.status(), refused::toString);
    assertTrue(refused.output().contains("POST_QUANTUM_GROUPS"), refused::toString);
  }

  @Test
  void unknownNameIsRefusedIfTheServerSaysSo() {
    CommandRun server = serveWithCertificate("--unknown-server-name", "refuse");
    CommandRun client = connect(server);
    assertEquals(1, client.status(), client::toString);
    assertEquals("ERR_SSL_TLSV1_UNRECOGNIZED_NAME", client.event("error").get("code").textValue());
    assertEquals("ERR_TLS_UNRECOGNIZED_NAME", server.event("clientError").get("code").textValue());
  }

  @Test
  void placeIsWhereItIsToldToBe() {
    CommandRun server = serve("--host", "127.0.0.2");
    JsonNode listening = server.event("listening");
    assertEquals("127.0.0.2", listening.get("address").textValue());
    assertEquals("IPv4", listening.get("family").textValue());
    CommandRun client =
        CommandRun.start(
            "connect",
            "127.0.0.2:" + listening.get("port").intValue(),
            "--json",
            "--no-input",
            "--provider",
            "jdk",
            "--servername",
            "localhost",
            "--reject-unauthorized=false");
    assertEquals("127.0.0.2", secure(client).get("remoteAddress").textValue());
  }
}
