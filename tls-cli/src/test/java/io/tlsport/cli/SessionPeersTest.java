package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL, Node and another process of our own resume sessions with every provider that can. */
class SessionPeersTest {
  private static final int PATIENCE_SECONDS = 30;

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

  static Stream<Arguments> resuming() {
    return Providers.covering(Capability.SESSION_RESUMPTION);
  }

  static Stream<Arguments> exporting() {
    return Providers.covering(Capability.SESSION_EXPORT);
  }

  // --- our server

  private static CommandRun serve(String provider, String version) {
    return serve(provider, version, 2);
  }

  private static CommandRun serve(String provider, String version, int connections) {
    return CommandRun.start(
        "serve",
        "--json",
        "--stop-after",
        String.valueOf(connections),
        "--mode",
        "welcome",
        "--provider",
        provider,
        "--min-version",
        version,
        "--max-version",
        version,
        "--key",
        key,
        "--cert",
        certificate);
  }

  private static void assertResumed(CommandRun server) {
    assertFalse(reused(server), server::toString);
    assertTrue(reused(server), server::toString);
    assertEquals(0, server.status(), server::toString);
  }

  private static boolean reused(CommandRun server) {
    return server.event("secureConnection").get("sessionReused").booleanValue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("resuming")
  void opensslResumes(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider, version);
    int port = server.port();
    String session = Files.createTempFile(folder, "openssl", ".session").toString();
    visit(port, "localhost", "-sess_out", session);
    visit(port, "localhost", "-sess_in", session);
    assertResumed(server);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("resuming")
  void sessionOfOneHostIsNotResumedForAnother(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    CommandRun server = serve(provider, version);
    int port = server.port();
    String session = Files.createTempFile(folder, "openssl", ".session").toString();
    visit(port, "localhost", "-sess_out", session);
    visit(port, "other.example", "-sess_in", session);
    assertFalse(reused(server), server::toString);
    assertFalse(reused(server), server::toString);
    assertEquals(0, server.status(), server::toString);
  }

  private static void visit(int port, String host, String option, String session) throws Exception {
    List<String> command =
        List.of(
            "openssl",
            "s_client",
            "-quiet",
            "-no_ign_eof",
            "-CAfile",
            authority,
            "-connect",
            "127.0.0.1:" + port,
            "-servername",
            host,
            option,
            session);
    try (ForeignProgram client = ForeignProgram.start(command)) {
      client.await("^welcome!$");
      client.endInput();
      assertEquals(0, client.status());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("resuming")
  void nodeResumes(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    CommandRun server = serve(provider, version);
    String script =
        """
        const [port, ca] = process.argv.slice(1);
        const tls = require('tls');
        const options =
          {port, host: '127.0.0.1', servername: 'localhost', ca: require('fs').readFileSync(ca)};
        let session;
        const first = tls.connect(options);
        first.on('session', made => session = made);
        first.on('data', () => first.end());
        first.on('close', () => {
          const second = tls.connect({...options, session});
          second.on('data', () => {
            console.log('reused', second.isSessionReused(), second.authorized);
            second.end();
          });
        });
        """;
    try (ForeignProgram client =
        ForeignProgram.start(
            List.of("node", "-e", script, String.valueOf(server.port()), authority))) {
      client.await("^reused true true$");
      assertEquals(0, client.status());
    }
    assertResumed(server);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("exporting")
  void anotherProcessResumes(String provider, String version) throws Exception {
    assertOtherProcessesResume(provider, version);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"conscrypt, TLSv1.3", "jdk, TLSv1.2", "jdk, TLSv1.3"})
  void anotherProcessResumesByInternals(String provider, String version) throws Exception {
    assertOtherProcessesResume(provider, version, "--provider-internals");
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "jdk, TLSv1.2, --session-store",
    "jdk, TLSv1.3, --session-store",
    "jdk, TLSv1.2, --ticket-key-source",
    "jdk, TLSv1.3, --ticket-key-source",
    "conscrypt, TLSv1.2, --session-store",
    "bctls, TLSv1.2, --session-store",
    "bctls, TLSv1.2, --ticket-key-source"
  })
  void serversOfTwoProcessesShare(String provider, String version, String option) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    String place = "dir:" + folder.resolve(provider + version + option);
    String session = Files.createTempFile(folder, "openssl", ".session").toString();
    try (ChildProgram one = sharing(provider, version, option, place)) {
      visit(one.port(), "localhost", "-sess_out", session);
      assertFalse(reused(one));
      try (ChildProgram two = sharing(provider, version, option, place)) {
        visit(two.port(), "localhost", "-sess_in", session);
        assertTrue(reused(two), two::toString);
      }
    }
  }

  private static ChildProgram sharing(String provider, String version, String option, String place)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("serve", "--json", "--mode", "welcome"));
    command.addAll(List.of("--provider", provider, "--provider-internals"));
    command.addAll(List.of("--min-version", version, "--max-version", version));
    command.addAll(List.of("--key", key, "--cert", certificate, option, place));
    return ChildProgram.startOpen(command.toArray(new String[0]));
  }

  private static boolean reused(ChildProgram server) throws Exception {
    String line = server.line();
    while (!line.contains("\"event\":\"secureConnection\"")) {
      line = server.line();
    }
    return line.contains("\"sessionReused\":true");
  }

  private static void assertOtherProcessesResume(String provider, String version, String... more)
      throws Exception {
    CommandRun server = serve(provider, version);
    int port = server.port();
    Path session = folder.resolve(provider + version + ".session");
    for (String option : List.of("--session-out", "--session")) {
      List<String> command = new ArrayList<>(List.of("connect", "localhost:" + port, "--no-input"));
      command.addAll(List.of("--timeout", "500", "--provider", provider, "--ca", authority));
      command.addAll(List.of("--min-version", version, "--max-version", version));
      command.addAll(List.of(option, session.toString()));
      command.addAll(List.of(more));
      try (ChildProgram client = ChildProgram.startOpen(command.toArray(new String[0]))) {
        assertEquals("welcome!\n", client.output());
        assertEquals(0, client.status(), client.errors());
      }
    }
    assertResumed(server);
  }

  // --- our client

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("resuming")
  void clientWithACacheResumesWheneverItComesBack(String provider, String version) {
    assertEquals(List.of(false, true, true), comesBackTwice(provider, version, "--session-cache"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("resuming")
  void clientWithoutACacheResumesNothing(String provider, String version) {
    assertEquals(List.of(false, false, false), comesBackTwice(provider, version));
  }

  /** Whether each of three connections of one run resumed, as both sides tell. */
  private static List<Boolean> comesBackTwice(String provider, String version, String... more) {
    CommandRun server = serve(provider, version, 3);
    List<String> command =
        new ArrayList<>(List.of("connect", "localhost:" + server.port(), "--json", "--no-input"));
    command.addAll(List.of("--reconnect", "2", "--provider", provider, "--ca", authority));
    command.addAll(List.of(more));
    CommandRun client = CommandRun.start(command.toArray(new String[0]));
    List<Boolean> reused = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      reused.add(client.event("secureConnect").get("sessionReused").booleanValue());
      assertEquals(reused.get(i), reused(server), server::toString);
    }
    assertEquals(0, client.status(), client::toString);
    assertEquals(0, server.status(), server::toString);
    return reused;
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Connects, gets a session and the answer, and tells whether the session was resumed. */
  private static Session visit(Tls tls, ConnectOptions.Builder options, boolean reused)
      throws Exception {
    TLSSocket socket = tls.connect(options.build());
    CompletableFuture<Session> made = new CompletableFuture<>();
    CompletableFuture<Void> answered = new CompletableFuture<>();
    socket.onSession(made::complete);
    socket.onData(data -> answered.complete(null));
    await(socket.secured());
    assertEquals(reused, socket.sessionReused());
    assertTrue(socket.authorized());
    await(socket.write("hello\n"));
    await(answered);
    Session session = reused ? socket.session().orElseThrow() : await(made);
    socket.end();
    await(socket.closed());
    return session;
  }

  private static void assertResumes(String provider, String version, String port) throws Exception {
    ProtocolVersion wanted = ProtocolVersion.byId(version).orElseThrow();
    ConnectOptions.Builder options =
        ConnectOptions.builder()
            .host("127.0.0.1")
            .servername("localhost")
            .port(Integer.parseInt(port))
            // A client of TLS 1.2 waits that long for the server's end before it sends its own.
            .closeTimeout(Duration.ofMillis(100))
            .context(c -> c.ca(Pem.read(Path.of(authority))).minVersion(wanted).maxVersion(wanted));
    try (Tls tls = Tls.builder().provider(provider).build()) {
      Session session = visit(tls, options, false);
      visit(tls, options.session(session), true);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("resuming")
  void opensslServes(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> command =
        List.of(
            "openssl",
            "s_server",
            "-accept",
            "127.0.0.1:0",
            "-naccept",
            "2",
            "-rev",
            "-key",
            key,
            "-cert",
            certificate);
    try (ForeignProgram server = ForeignProgram.start(command)) {
      assertResumes(provider, version, server.await("^ACCEPT .*:(\\d+)$"));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("resuming")
  void nodeServes(String provider, String version) throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    String script =
        """
        const fs = require('fs');
        const [key, cert] = process.argv.slice(1).map(file => fs.readFileSync(file));
        const server = require('tls').createServer({key, cert}, socket => socket.pipe(socket));
        const store = {};
        server.on('newSession', (id, data, done) => {
          store[id.toString('hex')] = data;
          done();
        });
        server.on('resumeSession', (id, done) => done(null, store[id.toString('hex')] || null));
        server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
        """;
    try (ForeignProgram server =
        ForeignProgram.start(List.of("node", "-e", script, key, certificate))) {
      assertResumes(provider, version, server.await("^port (\\d+)$"));
    }
  }
}
