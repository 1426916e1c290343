package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.tlsport.AuthorizationError;
import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.core.fixtures.Node;
import io.tlsport.interop.Verification.Side;
import io.tlsport.tck.fixture.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On every provider, in both roles: what Node says of the same certificates, in the same words. */
@Timeout(120)
class NodeVerdictsTest {
  private static final Path RECORD = Path.of("target", "node-outcomes.properties");
  private static final List<Verification> ALL = Verifications.all();

  /** Node destroys whom it rejects and says nothing of the reason; we say it. */
  private static final String WITHOUT_REASON = "error ECONNRESET";

  private static final Map<String, String> NODE = new TreeMap<>();

  @BeforeAll
  static void asksNode(TestReporter reporter) throws IOException {
    reporter.publishEntry("verdicts are compared with", Node.description());
    if (Node.present()) {
      String input = ALL.stream().map(Verification::json).collect(Collectors.joining("\n"));
      List<String> said = Node.run(script(), input).lines().toList();
      assertEquals(ALL.size(), said.size(), said::toString);
      for (int i = 0; i < ALL.size(); i++) {
        NODE.put(ALL.get(i).title(), said.get(i));
      }
      record();
    } else {
      NODE.putAll(recorded());
    }
  }

  private static String script() throws IOException {
    try (InputStream in = NodeVerdictsTest.class.getResourceAsStream("verdicts.js")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What Node 20 said, for machines without it. */
  private static Map<String, String> recorded() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = NodeVerdictsTest.class.getResourceAsStream("node-outcomes.properties")) {
      assertNotNull(in);
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  /** The record to copy when something is added. */
  private static void record() throws IOException {
    StringBuilder text = new StringBuilder();
    NODE.forEach(
        (title, said) ->
            text.append(title.replace(" ", "\\ ")).append('=').append(said).append('\n'));
    Files.createDirectories(RECORD.getParent());
    Files.writeString(RECORD, text);
  }

  private static String expected(Verification verification) {
    String said = NODE.getOrDefault(verification.title(), "not recorded");
    if (!verification.server() || !said.equals(WITHOUT_REASON)) {
      return said;
    }
    String tolerated = NODE.getOrDefault(verification.tolerant().title(), "");
    return "error " + tolerated.substring(tolerated.lastIndexOf(' ') + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void verdictsAreNodes(String provider) {
    Map<String, String> ours = new TreeMap<>();
    Map<String, String> theirs = new TreeMap<>();
    try (Tls tls = Tls.builder().provider(provider).build()) {
      for (Verification verification : ALL) {
        String title = verification.title();
        theirs.put(title, expected(verification));
        ours.put(title, outcome(tls, verification));
      }
    }
    assertEquals(differing(theirs, ours), differing(ours, theirs));
    assertEquals(ALL.size(), ours.size());
  }

  private static List<String> differing(Map<String, String> these, Map<String, String> those) {
    List<String> lines = new ArrayList<>();
    these.forEach(
        (title, said) -> {
          if (!said.equals(those.get(title))) {
            lines.add(title + ": " + said);
          }
        });
    return lines;
  }

  /** What the judging side says. */
  private static String outcome(Tls tls, Verification verification) {
    CompletableFuture<String> said = new CompletableFuture<>();
    CompletableFuture<String> other = new CompletableFuture<>();
    CompletableFuture<String> ofServer = verification.server() ? said : other;
    CompletableFuture<String> ofClient = verification.server() ? other : said;
    ServerOptions options =
        ServerOptions.builder()
            .requestCert(verification.requests())
            .rejectUnauthorized(verification.server() && verification.rejects())
            .context(c -> context(c, verification.serverSide(), verification.version()))
            .build();
    try (Server server = tls.createServer(options, socket -> ofServer.complete(secure(socket)))) {
      server.onClientError((error, socket) -> ofServer.complete("error " + error.code()));
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
      TLSSocket client =
          tls.connect(
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(port)
                  .servername("localhost")
                  .rejectUnauthorized(!verification.server() && verification.rejects())
                  .context(c -> context(c, verification.clientSide(), verification.version()))
                  .build());
      client.onSecureConnect(() -> ofClient.complete(secure(client)));
      client.onError(error -> ofClient.complete("error " + error.code()));
      String outcome = Patience.await(said, verification.title());
      client.destroy();
      return outcome;
    }
  }

  private static String secure(TLSSocket socket) {
    Optional<AuthorizationError> error = socket.authorizationError();
    return "secure " + socket.authorized() + " " + error.map(Object::toString).orElse("-");
  }

  private static void context(SecureContextOptions.Builder context, Side side, String version) {
    ProtocolVersion only = ProtocolVersion.byId(version).orElseThrow();
    context.minVersion(only).maxVersion(only);
    context.ca(side.caPems().stream().map(Pem::of).toArray(Pem[]::new));
    side.crlPems().forEach(pem -> context.crl(Pem.of(pem)));
    if (!side.chain().isEmpty()) {
      context.key(Pem.of(side.key())).cert(Pem.of(side.cert()));
    }
  }
}
