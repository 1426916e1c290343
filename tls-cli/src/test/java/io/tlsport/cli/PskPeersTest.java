package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL and Node agree with us on what a pre-shared key makes. */
class PskPeersTest {
  private static final String KEY = "0badc0de0badc0de0badc0de0badc0de";
  private static final String NAME = "a client";

  /** Without a suite of TLS 1.2 or older it is TLS 1.3, whose defaults have some for keys. */
  private static final String TLS_1_3 = "";

  /** The one of Conscrypt's that it is tried with; the others are tried with {@code bctls}. */
  private static final String CONSCRYPTS = "ECDHE-PSK-AES128-CBC-SHA";

  private static List<String> ours(String suite, String... first) {
    List<String> arguments = new ArrayList<>(List.of(first));
    String provider = suite.equals(CONSCRYPTS) ? "conscrypt" : "bctls";
    arguments.addAll(List.of("--json", "--provider", provider));
    arguments.addAll(List.of("--psk", KEY, "--psk-identity", NAME));
    arguments.addAll(
        suite.equals(TLS_1_3)
            ? List.of("--min-version", "TLSv1.3")
            : List.of("--max-version", "TLSv1.2", "--ciphers", suite));
    return arguments;
  }

  private static CommandRun serve(String suite) {
    List<String> arguments = ours(suite, "serve", "--stop-after", "1", "--psk-hint", "a hint");
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  private static CommandRun connect(String suite, String port) {
    List<String> arguments = ours(suite, "connect", "localhost:" + port, "--no-input");
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PSK-AES128-GCM-SHA256",
        "PSK-AES256-CBC-SHA384",
        "DHE-PSK-AES256-GCM-SHA384",
        "ECDHE-PSK-AES128-CBC-SHA256",
        CONSCRYPTS,
        "ECDHE-PSK-CHACHA20-POLY1305"
      })
  void opensslIsServed(String suite) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(suite);
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-tls1_2"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port(), "-cipher", suite));
    command.addAll(List.of("-psk", KEY, "-psk_identity", NAME));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      assertEquals(suite, client.await("^New, TLSv1.*, Cipher is (.*)$"));
      assertEquals("a hint", client.await("^ *PSK identity hint: (.*)$"));
      client.endInput();
      assertEquals(0, client.status());
    }
    server.event("secureConnection");
    assertEquals(0, server.status(), server::toString);
  }

  /** With the key share it has, and with one that it is asked for first. */
  @ParameterizedTest
  @ValueSource(strings = {"P-256", "X25519:P-256"})
  void opensslIsServedWithTls13(String groups) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> arguments = ours(TLS_1_3, "serve", "--stop-after", "1");
    arguments.addAll(List.of("--ecdh-curve", "prime256v1"));
    CommandRun server = CommandRun.start(arguments.toArray(String[]::new));
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-groups", groups));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port()));
    command.addAll(List.of("-psk", KEY, "-psk_identity", NAME));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      client.await("^(Reused, TLSv1.3, Cipher is TLS_.*_SHA256)$");
      client.endInput();
      assertEquals(0, client.status());
    }
    server.event("secureConnection");
    assertEquals(0, server.status(), server::toString);
  }

  /** Bouncy Castle renegotiates with a server's certificate alone. */
  @Test
  void opensslIsToldThatThereIsNoRenegotiation() throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve("PSK");
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-tls1_2", "-msg"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port(), "-cipher", "PSK"));
    command.addAll(List.of("-psk", KEY, "-psk_identity", NAME));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      client.await("^(New, TLSv1.*)$");
      client.type("R\n");
      client.await("^(<<< .*no_renegotiation.*)$");
    }
    assertEquals(
        "ERR_TLS_RENEGOTIATION_DISABLED",
        server.event("error").get("code").textValue(),
        server::toString);
  }

  @Test
  void opensslServesWithTls13() throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-nocert"));
    command.addAll(List.of("-accept", "127.0.0.1:0", "-naccept", "1"));
    command.addAll(List.of("-psk", KEY, "-psk_identity", NAME));
    try (ForeignProgram server = ForeignProgram.start(command)) {
      CommandRun client = connect(TLS_1_3, server.await("^ACCEPT .*:(\\d+)$"));
      assertTrue(client.event("secureConnect").get("authorized").booleanValue(), client::toString);
      server.await("^CIPHER is (TLS_.*_SHA256)$");
      assertEquals(0, client.status(), client::toString);
    }
  }

  @Test
  void opensslIsToldThatItsIdentityIsUnknown() throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve("PSK");
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-tls1_2"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port(), "-cipher", "PSK"));
    command.addAll(List.of("-psk", KEY, "-psk_identity", "nobody", "-msg"));
    try (ForeignProgram client = ForeignProgram.start(command)) {
      client.await("^(<<< .*, fatal unknown_psk_identity.*)$");
    }
    assertEquals(
        "ERR_SSL_PSK_IDENTITY_NOT_FOUND",
        server.event("clientError").get("code").textValue(),
        server::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PSK-AES128-GCM-SHA256",
        "DHE-PSK-AES256-GCM-SHA384",
        "ECDHE-PSK-AES256-CBC-SHA384",
        CONSCRYPTS,
        "ECDHE-PSK-CHACHA20-POLY1305"
      })
  void opensslServes(String suite) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-tls1_2", "-nocert"));
    command.addAll(List.of("-accept", "127.0.0.1:0", "-naccept", "1", "-cipher", suite));
    command.addAll(List.of("-psk", KEY, "-psk_identity", NAME, "-psk_hint", "a hint"));
    try (ForeignProgram server = ForeignProgram.start(command)) {
      CommandRun client = connect(suite, server.await("^ACCEPT .*:(\\d+)$"));
      assertTrue(client.event("secureConnect").get("authorized").booleanValue(), client::toString);
      assertEquals(suite, server.await("^CIPHER is (.*)$"));
      assertEquals(0, client.status(), client::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ECDHE-PSK-CHACHA20-POLY1305", CONSCRYPTS, TLS_1_3})
  void nodeIsServed(String suite) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    CommandRun server = serve(suite);
    String script =
        """
        const [, port, key, identity, suite] = process.argv;
        const socket = require('tls').connect({
          port, ...(suite ? {ciphers: suite, maxVersion: 'TLSv1.2'} : {minVersion: 'TLSv1.3'}),
          checkServerIdentity: () => undefined,
          pskCallback: hint => {
            console.log('hint ' + hint);
            return {psk: Buffer.from(key, 'hex'), identity};
          }
        }, () => {
          console.log('authorized ' + socket.authorized);
          socket.end();
        });
        """;
    try (ForeignProgram client =
        ForeignProgram.start(
            List.of("node", "-e", script, String.valueOf(server.port()), KEY, NAME, suite))) {
      assertEquals(suite.equals(TLS_1_3) ? "null" : "a hint", client.await("^hint (.*)$"));
      assertEquals("true", client.await("^authorized (.*)$"));
      assertEquals(0, client.status());
    }
    server.event("secureConnection");
    assertEquals(0, server.status(), server::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PSK", CONSCRYPTS, TLS_1_3})
  void nodeServes(String suite) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    String script =
        """
        const [, key, suite] = process.argv;
        const server = require('tls').createServer({
          ...(suite ? {ciphers: suite, maxVersion: 'TLSv1.2'} : {minVersion: 'TLSv1.3'}),
          pskIdentityHint: 'a hint',
          pskCallback: (socket, identity) => {
            console.log('identity ' + identity);
            return Buffer.from(key, 'hex');
          }
        }, socket => {
          socket.on('error', () => {}).resume();
          socket.on('close', () => server.close());
        }).listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
        """;
    try (ForeignProgram server = ForeignProgram.start(List.of("node", "-e", script, KEY, suite))) {
      CommandRun client = connect(suite, server.await("^port (.*)$"));
      assertEquals(NAME, server.await("^identity (.*)$"));
      assertTrue(client.event("secureConnect").get("authorized").booleanValue(), client::toString);
      assertEquals(0, client.status(), client::toString);
      assertEquals(0, server.status());
    }
  }
}
