package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.OcspResponder;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.OpenSsl;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server staples what OpenSSL's responder says. */
class OcspFetchPeersTest {
  @TempDir Path folder;

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private String file(String name, byte[] content) throws Exception {
    return Files.write(folder.resolve(name), content).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "revoked"})
  void whatTheResponderSaysIsStapled(String said) throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    TestAuthority root = TestPki.shared().authority("a root with OpenSSL's responder");
    TestIdentity leaf = root.leaf(CertificateSpec.server("localhost").ip("127.0.0.1"));
    String line =
        (said.equals("good") ? "V\t391231235959Z\t" : "R\t391231235959Z\t240101000000Z")
            + "\t"
            + serial(leaf)
            + "\tunknown\t/CN=localhost\n";
    String index = file("index.txt", line.getBytes(StandardCharsets.US_ASCII));
    String ca = file("ca.pem", root.certificate().bytes());
    String key = file("ca.key", root.identity().key().bytes());
    List<String> command =
        List.of(
            "openssl",
            "ocsp",
            "-port",
            "0",
            "-index",
            index,
            "-CA",
            ca,
            "-rsigner",
            ca,
            "-rkey",
            key,
            "-ndays",
            "1");
    try (ForeignProgram responder = ForeignProgram.start(command);
        Tls tls = Tls.builder().provider("jdk").build()) {
      URI uri = URI.create("http://127.0.0.1:" + responder.await("^ACCEPT .*:(\\d+)") + "/");
      Server server =
          tls.createServer(
              ServerOptions.builder()
                  .context(c -> c.key(leaf.key()).cert(leaf.chain()).ca(root.certificate()))
                  .ocspResponder(tls.createOcspFetcher(uri, Duration.ofSeconds(20)))
                  .build());
      int port = await(server.listen(0, "127.0.0.1")).port();
      TLSSocket socket =
          tls.connect(
              ConnectOptions.builder()
                  .host("localhost")
                  .port(port)
                  .context(c -> c.ca(root.certificate()))
                  .requestOcsp(true)
                  .build());
      CompletableFuture<Optional<byte[]>> stapled = new CompletableFuture<>();
      socket.onOcspResponse(stapled::complete);
      await(socket.secured());
      String response = file("response.der", await(stapled).orElseThrow());
      String leafFile = file("leaf.pem", leaf.certificate().bytes());
      OpenSsl.Result read =
          OpenSsl.tryRun(
              folder, "ocsp", "-respin", response, "-issuer", ca, "-cert", leafFile, "-CAfile", ca);
      assertTrue(read.out().contains("Response verify OK"), read.out());
      assertTrue(read.out().contains("leaf.pem: " + said), read.out());
      assertEquals(0, read.status());
      socket.destroy();
    }
  }

  private static String serial(TestIdentity leaf) {
    String hex = leaf.x509().getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    return hex.length() % 2 == 0 ? hex : "0" + hex;
  }

  @Test
  void respondersThatAreSlowDeadEndlessOrTalkNonsenseEndNoHandshake() throws Exception {
    TestAuthority root = TestPki.shared().authority("a root with OpenSSL's responder");
    TestIdentity leaf = root.leaf(CertificateSpec.server("localhost").ip("127.0.0.1"));
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(command -> new Thread(command, "responder").start());
    server.createContext(
        "/slow",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            while (over.getCount() > 0) {
              body.write(new byte[8192]);
            }
          }
        });
    server.createContext(
        "/nonsense",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write(new byte[5]);
          exchange.close();
        });
    server.createContext(
        "/missing",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      for (String path : List.of("/slow", "/endless", "/nonsense", "/missing")) {
        assertNothing(tls, base + path, root, leaf);
      }
      over.countDown();
      server.stop(0);
      assertNothing(tls, base + "/dead", root, leaf);
    }
  }

  private static void assertNothing(Tls tls, String uri, TestAuthority root, TestIdentity leaf)
      throws Exception {
    OcspResponder fetcher = tls.createOcspFetcher(URI.create(uri), Duration.ofSeconds(1));
    assertEquals(
        Optional.empty(), await(fetcher.respond(leaf.der(), Optional.of(root.identity().der()))));
  }

  @Test
  void refusesWhatCannotBeAskedBeforeAnythingIs() {
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      Duration second = Duration.ofSeconds(1);
      for (String uri : List.of("ldap://localhost/", "localhost", "http:/path")) {
        assertEquals(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            assertThrows(
                    ConfigurationException.class,
                    () -> tls.createOcspFetcher(URI.create(uri), second))
                .code());
      }
      for (Duration wrong : List.of(Duration.ZERO, Duration.ofMinutes(2))) {
        assertEquals(
            ErrorCode.ERR_OUT_OF_RANGE,
            assertThrows(ConfigurationException.class, () -> tls.createOcspFetcher(wrong)).code());
      }
    }
  }
}
