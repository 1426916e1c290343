package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.Pem;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's HTTP server and client over the engines of every provider, and of two of them. */
@Timeout(60)
class HttpsTest {
  private static final String PAGE = "over " + "y".repeat(100_000);

  static List<Arguments> pairs() {
    return List.of(
        Arguments.of("jdk", "jdk"),
        Arguments.of("conscrypt", "conscrypt"),
        Arguments.of("bcjsse", "bcjsse"),
        Arguments.of("bctls", "bctls"),
        Arguments.of("bctls", "conscrypt"));
  }

  private static HttpsServer server(SecureContext context, ExecutorService threads)
      throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context.sslContext()));
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] asked = exchange.getRequestBody().readAllBytes();
          byte[] page = (PAGE + asked.length).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static HttpResponse<String> post(HttpClient client, int port, int size)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest(name = "server {0}, client {1}")
  @MethodSource("pairs")
  void requestsAreAnswered(String serving, String connecting) throws Exception {
    TestIdentity identity = Identities.server();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Tls ours = Tls.builder().provider(serving).build();
        Tls theirs = Tls.builder().provider(connecting).build()) {
      SecureContext context =
          ours.createSecureContext(
              SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build());
      HttpsServer server = server(context, threads);
      try {
        HttpClient client = client(theirs, Identities.ca(), threads);
        for (int size : new int[] {0, 300_000, 7}) {
          HttpResponse<String> response = post(client, server.getAddress().getPort(), size);
          assertEquals(200, response.statusCode());
          assertEquals(PAGE + size, response.body());
          assertEquals(
              identity.x509(), response.sslSession().orElseThrow().getPeerCertificates()[0]);
        }
        HttpClient stranger = client(theirs, Identities.stranger().certificate(), threads);
        IOException refused =
            assertThrows(IOException.class, () -> post(stranger, server.getAddress().getPort(), 0));
        assertEquals(ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE, code(refused));
      } finally {
        server.stop(0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static HttpClient client(Tls tls, Pem ca, ExecutorService threads) {
    SecureContext trust = tls.createSecureContext(SecureContextOptions.builder().ca(ca).build());
    return HttpClient.newBuilder()
        .sslContext(trust.sslContext())
        .executor(threads)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private static ErrorCode code(Throwable thrown) {
    Throwable at = thrown;
    while (!(at instanceof HandshakeException) && at.getCause() != null) {
      at = at.getCause();
    }
    return assertInstanceOf(HandshakeException.class, at, thrown::toString).code();
  }
}
