package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestOcsp;
import io.tlsport.testpki.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stapled here OpenSSL and Node read, and what they staple is read here. */
class OcspPeersTest {
  @TempDir static Path folder;

  private static String key;
  private static String certificate;
  private static String authority;
  private static String status;
  private static byte[] response;

  @BeforeAll
  static void makeCertificatesAndTheirStatus() throws Exception {
    TestAuthority root = TestPki.shared().authority("a root of stapled statuses");
    TestIdentity server = root.leaf(CertificateSpec.server("localhost").ip("127.0.0.1"));
    response = TestOcsp.good(root, server, InstantSource.system().instant()).der();
    key = file("key.pem", server.key().bytes());
    certificate = file("cert.pem", server.chain().bytes());
    authority = file("ca.pem", root.certificate().bytes());
    status = file("status.der", response);
  }

  private static String file(String name, byte[] content) throws Exception {
    return Files.write(folder.resolve(name), content).toString();
  }

  static Stream<Arguments> stapling() {
    return Stream.concat(
        Providers.covering(Capability.OCSP_STAPLING),
        Stream.of("TLSv1.2", "TLSv1.3")
            .map(version -> Arguments.of("conscrypt --provider-internals", version)));
  }

  static Stream<Arguments> asking() {
    return Providers.covering(Capability.OCSP_REQUEST);
  }

  // --- our server

  private static CommandRun serve(String provider, String version) {
    List<String> command = new ArrayList<>(List.of("serve", "--json", "--stop-after", "1"));
    command.addAll(List.of("--mode", "welcome", "--provider"));
    command.addAll(List.of(provider.split(" ", -1)));
    command.addAll(List.of("--min-version", version, "--max-version", version));
    command.addAll(List.of("--key", key, "--cert", certificate, "--ca", authority));
    command.addAll(List.of("--ocsp-response", status));
    return CommandRun.start(command.toArray(new String[0]));
  }

  private static void assertAsked(CommandRun server) {
    assertTrue(server.event("OCSPRequest").get("issuerBytes").intValue() > 0, server::toString);
    assertEquals(0, server.status(), server::toString);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("stapling")
  void opensslPrintsTheStatus(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider, version);
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-status"));
    command.addAll(List.of("-CAfile", authority, "-servername", "localhost"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port()));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      client.await("OCSP Response Status: successful");
      client.await("Cert Status: good");
      client.await("^welcome!$");
      client.endInput();
      assertEquals(0, client.status());
    }
    assertAsked(server);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("stapling")
  void nodeReadsTheStatus(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    CommandRun server = serve(provider, version);
    String script =
        """
        const [port, ca] = process.argv.slice(1);
        const socket = require('tls').connect(
          {port, host: '127.0.0.1', servername: 'localhost', ca: require('fs').readFileSync(ca),
           requestOCSP: true});
        socket.on('OCSPResponse', status => console.log('status', status.toString('base64')));
        socket.on('data', () => socket.end());
        """;
    try (ForeignProgram client =
        ForeignProgram.start(
            List.of("node", "-e", script, String.valueOf(server.port()), authority))) {
      assertEquals(base64(), client.await("^status (.+)$"));
      assertEquals(0, client.status());
    }
    assertAsked(server);
  }

  private static String base64() {
    return Base64.getEncoder().encodeToString(response);
  }

  // --- our client

  private static void assertRead(String provider, String version, String port) {
    CommandRun client =
        CommandRun.start(
            "connect",
            "localhost:" + port,
            "--json",
            "--no-input",
            "--timeout",
            "500",
            "--request-ocsp",
            "--provider",
            provider,
            "--ca",
            authority,
            "--min-version",
            version,
            "--max-version",
            version);
    assertEquals(
        base64(), client.event("OCSPResponse").get("response").textValue(), client::toString);
    client.event("secureConnect");
    assertEquals(0, client.status(), client::toString);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("asking")
  void opensslStaples(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-rev"));
    command.addAll(List.of("-accept", "127.0.0.1:0", "-naccept", "1"));
    command.addAll(List.of("-key", key, "-cert", certificate, "-status_file", status));
    try (ForeignProgram server = ForeignProgram.start(command)) {
      assertRead(provider, version, server.await("^ACCEPT .*:(\\d+)$"));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("asking")
  void nodeStaples(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    String script =
        """
        const fs = require('fs');
        const [key, cert, status] = process.argv.slice(1).map(file => fs.readFileSync(file));
        const server = require('tls').createServer({key, cert}, socket => {
          socket.end();
          server.close();
        });
        server.on('OCSPRequest', (certificate, issuer, callback) => callback(null, status));
        server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
        """;
    try (ForeignProgram server =
        ForeignProgram.start(List.of("node", "-e", script, key, certificate, status))) {
      assertRead(provider, version, server.await("^port (\\d+)$"));
    }
  }
}
