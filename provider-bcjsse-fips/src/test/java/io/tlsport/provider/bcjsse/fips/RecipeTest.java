package io.tlsport.provider.bcjsse.fips;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code of docs/fips.md is this one, and it runs. */
class RecipeTest {
  private static final Path ROOT = Path.of(System.getProperty("tlsport.root"));
  private static final Path SOURCE =
      ROOT.resolve("provider-bcjsse-fips/src/test/java")
          .resolve(RecipeTest.class.getName().replace('.', '/') + ".java");

  private static void await(CompletionStage<?> stage) {
    stage.toCompletableFuture().join();
  }

  @Test
  void runs() {
    TestIdentity identity = Identities.server();
    Pem key = identity.key();
    Pem chain = identity.chain();
    Pem ca = Identities.ca();
    // recipe
    try (Tls tls = Tls.builder().provider("bctls").requireFips().build()) {
      Server server =
          tls.createServer(ServerOptions.builder().context(c -> c.key(key).cert(chain)).build());
      server.onSecureConnection(socket -> socket.end(socket.fipsStatus().parts().toString()));
      await(server.listen(0, "127.0.0.1"));
      int port = server.address().orElseThrow().port();
      TLSSocket client =
          tls.connect(ConnectOptions.builder().port(port).context(c -> c.ca(ca)).build());
      await(client.secured());
      if (!client.fipsStatus().approved()) {
        throw new IllegalStateException(client.fipsStatus().refusal());
      }
    }
    // end of recipe
  }

  @Test
  void isWhatTheDocumentShows() throws IOException {
    String source = Files.readString(SOURCE);
    String start = "    // recipe\n";
    String code =
        source
            .substring(
                source.indexOf(start) + start.length(), source.indexOf("    // end of recipe\n"))
            .lines()
            .map(line -> line.substring("    ".length()))
            .collect(Collectors.joining("\n", "```java\n", "\n```\n"));
    String document = Files.readString(ROOT.resolve("docs/fips.md"));
    assertTrue(document.contains(code), () -> "docs/fips.md should have\n" + code);
  }
}
