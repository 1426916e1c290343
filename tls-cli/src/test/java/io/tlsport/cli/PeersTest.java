package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL, Node and curl as the other side, on every provider and version. */
class PeersTest {
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

  private static CommandRun serve(String provider, String version, String mode) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--json", "--stop-after", "1"));
    arguments.addAll(List.of("--mode", mode, "--key", key, "--cert", certificate));
    arguments.addAll(choice(provider, version));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  private static CommandRun connect(String input, String provider, String version, String port) {
    List<String> arguments = new ArrayList<>(List.of("connect", "localhost:" + port));
    arguments.addAll(List.of("--timeout", "500", "--ca", authority));
    arguments.addAll(choice(provider, version));
    return CommandRun.withInput(input, arguments.toArray(String[]::new));
  }

  private static List<String> choice(String provider, String version) {
    List<String> arguments = new ArrayList<>(List.of("--provider", provider));
    arguments.addAll(List.of("--min-version", version, "--max-version", version));
    arguments.addAll(levelZero("--ciphers", version));
    return arguments;
  }

  /** What is older than TLS 1.2 needs it, here and in OpenSSL. */
  private static List<String> levelZero(String option, String version) {
    boolean old = version.equals("TLSv1") || version.equals("TLSv1.1");
    return old ? List.of(option, "DEFAULT@SECLEVEL=0") : List.of();
  }

  private static void assertServed(CommandRun server, String version) throws Exception {
    assertEquals(0, server.status(), server::toString);
    assertEquals(
        version, server.event("secureConnection").get("protocol").textValue(), server::toString);
    assertTrue(server.event("close").get("cleanly").booleanValue(), server::toString);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({
    "io.tlsport.cli.Providers#withVersions",
    "io.tlsport.cli.Providers#withOldVersions"
  })
  void opensslIsServed(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider, version, "echo");
    try (ForeignProgram client = ForeignProgram.start(sClient(server.port(), version))) {
      client.type("hello openssl\n");
      client.await("^hello openssl$");
      client.endInput();
      assertEquals(0, client.status());
    }
    assertServed(server, version);
  }

  private static List<String> sClient(int port, String version) {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-quiet"));
    command.addAll(List.of("-no_ign_eof", "-verify_return_error", "-CAfile", authority));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", "localhost"));
    command.addAll(flags(version));
    return command;
  }

  private static List<String> flags(String version) {
    List<String> flags = new ArrayList<>();
    flags.add(version.replaceFirst("^TLSv", "-tls").replace('.', '_'));
    flags.addAll(levelZero("-cipher", version));
    return flags;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({
    "io.tlsport.cli.Providers#withVersions",
    "io.tlsport.cli.Providers#withOldVersions"
  })
  void opensslServes(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-rev"));
    command.addAll(List.of("-accept", "127.0.0.1:0", "-naccept", "1"));
    command.addAll(List.of("-key", key, "-cert", certificate));
    command.addAll(flags(version));
    try (ForeignProgram server = ForeignProgram.start(command)) {
      String port = server.await("^ACCEPT .*:(\\d+)$");
      CommandRun client = connect("hello\n", provider, version, port);
      assertEquals(0, client.status(), client::toString);
      assertEquals("olleh\n", client.output());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void nodeIsServed(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    CommandRun server = serve(provider, version, "welcome");
    String script =
        """
        const [port, ca] = process.argv.slice(1);
        const socket = require('tls').connect(
          {port, host: '127.0.0.1', servername: 'localhost', ca: require('fs').readFileSync(ca)},
          () => socket.write('hello node\\n'));
        let all = '';
        socket.setEncoding('utf8');
        socket.on('data', text => {
          all += text;
          if (all === 'welcome!\\nhello node\\n') {
            console.log(socket.authorized, socket.getProtocol());
            socket.end();
          }
        });
        """;
    try (ForeignProgram client =
        ForeignProgram.start(
            List.of("node", "-e", script, String.valueOf(server.port()), authority))) {
      client.await("^true " + version + "$");
      assertEquals(0, client.status());
    }
    assertServed(server, version);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void nodeServes(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    String script =
        """
        const fs = require('fs');
        const [key, cert] = process.argv.slice(1).map(file => fs.readFileSync(file));
        const server = require('tls').createServer({key, cert}, socket => {
          socket.write('welcome!\\n');
          socket.pipe(socket);
          server.close();
        });
        server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
        """;
    try (ForeignProgram server =
        ForeignProgram.start(List.of("node", "-e", script, key, certificate))) {
      String port = server.await("^port (\\d+)$");
      CommandRun client = connect("hello\n", provider, version, port);
      assertEquals(0, client.status(), client::toString);
      assertEquals("welcome!\nhello\n", client.output());
      assertEquals(0, server.status());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void nodeExportsTheSameKeyingMaterial(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("node") || !exports(provider)) {
      return;
    }
    String script =
        """
        const fs = require('fs');
        const [key, cert] = process.argv.slice(1).map(file => fs.readFileSync(file));
        const server = require('tls').createServer({key, cert}, socket => {
          console.log(socket.exportKeyingMaterial(20, 'EXPERIMENTAL-peers').toString('hex'));
          socket.end();
          server.close();
        });
        server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
        """;
    try (ForeignProgram server =
        ForeignProgram.start(List.of("node", "-e", script, key, certificate))) {
      String port = server.await("^port (\\d+)$");
      List<String> arguments = new ArrayList<>(List.of("connect", "localhost:" + port, "--json"));
      arguments.addAll(List.of("--ca", authority, "--export", "20:EXPERIMENTAL-peers"));
      arguments.addAll(choice(provider, version));
      CommandRun client = CommandRun.start(arguments.toArray(String[]::new));
      String material = client.event("keyingMaterial").get("hex").textValue();
      assertEquals(server.await("^([0-9a-f]{40})$"), material);
    }
  }

  private static boolean exports(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      return tls.capabilities().supports(Capability.KEYING_MATERIAL);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("io.tlsport.cli.Providers#withVersions")
  void curlGetsThePage(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("curl")) {
      return;
    }
    CommandRun server = serve(provider, version, "http");
    List<String> command =
        List.of("curl", "-sS", "--cacert", authority, "https://localhost:" + server.port() + "/");
    try (ForeignProgram client = ForeignProgram.start(command)) {
      client.await("^protocol: " + version + "$");
      assertEquals(0, client.status());
    }
    assertServed(server, version);
  }
}
