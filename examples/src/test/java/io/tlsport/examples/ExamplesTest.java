package io.tlsport.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestOcsp;
import io.tlsport.testpki.TestPki;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example does what it shows, on each provider that can, and is refused on the others. */
@Timeout(60)
class ExamplesTest {
  @TempDir Path folder = Path.of("");

  private static final TestAuthority ROOT = TestPki.shared().authority("the examples' root");
  private static final TestIdentity SERVER =
      ROOT.leaf(CertificateSpec.server("localhost").ip("127.0.0.1"));
  private static final String NEVER_ASKED = "http://127.0.0.1:1/";

  private final byte[] response =
      TestOcsp.good(ROOT, SERVER, InstantSource.system().instant()).der();

  @BeforeEach
  void makeFiles() throws IOException {
    write("ca.pem", ROOT.certificate());
    write("key.pem", SERVER.key());
    write("cert.pem", SERVER.chain());
    TestIdentity client = ROOT.leaf(CertificateSpec.client("a client"));
    write("client-key.pem", client.key());
    write("client-cert.pem", client.chain());
    TestIdentity host = ROOT.leaf(CertificateSpec.server("www.example.org"));
    write("host-key.pem", host.key());
    write("host-cert.pem", host.chain());
    Files.write(folder.resolve("response.der"), response);
  }

  private void write(String name, Pem pem) throws IOException {
    Files.write(folder.resolve(name), pem.bytes());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** A provider, the server's files, and more. */
  private List<String> args(String provider, String... more) {
    List<String> args =
        new ArrayList<>(List.of(provider, file("key.pem"), file("cert.pem"), file("ca.pem")));
    args.addAll(List.of(more));
    return args;
  }

  private static List<String> told(Example.Body example, List<String> args)
      throws IOException, InterruptedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    example.run(args, lines::add);
    return lines;
  }

  private static void assertRefused(
      Capability capability, Example.Body example, List<String> args) {
    UnsupportedFeatureException refused =
        assertThrows(UnsupportedFeatureException.class, () -> told(example, args));
    assertEquals(capability, refused.capability());
    assertEquals(args.get(0), refused.provider());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void nettyPipeline(String provider) throws Exception {
    assertEquals(List.of("echoed: by a pipeline"), told(NettyPipeline::run, args(provider)));
  }

  private RunningServer echoServer(String provider) {
    return new RunningServer(provider, file("key.pem"), file("cert.pem"), file("ca.pem"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void echo(String provider) throws Exception {
    try (RunningServer server = echoServer(provider);
        PipedOutputStream typed = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(typed)) {
      List<String> args =
          List.of(
              provider,
              server.port(),
              file("client-key.pem"),
              file("client-cert.pem"),
              file("ca.pem"));
      typed.write("hello\n".getBytes(StandardCharsets.UTF_8));
      List<String> lines = new CopyOnWriteArrayList<>();
      EchoClient.run(
          args,
          in,
          line -> {
            lines.add(line);
            // Who types ends when the echo has come.
            if (line.endsWith("hello\n")) {
              end(typed);
            }
          });
      assertEquals("client connected authorized", lines.get(0));
      assertEquals("welcome!\nhello\n", String.join("", lines.subList(1, lines.size())));
      assertEquals("server connected authorized", server.line());
    }
  }

  private static void end(PipedOutputStream typed) {
    try {
      typed.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void startTls(String provider) throws Exception {
    assertEquals(List.of("hello by TLS"), told(StartTls::run, args(provider)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void proxy(String provider) throws Exception {
    try (RunningServer server = echoServer(provider);
        TinyServer proxy = TinyServer.proxy()) {
      assertEquals(List.of("welcome!"), told(ProxyClient::run, through(provider, proxy, server)));
      assertEquals("server connected unauthorized", server.line());
    }
  }

  private List<String> through(String provider, TinyServer proxy, RunningServer server)
      throws InterruptedException {
    return List.of(
        provider,
        "127.0.0.1",
        Integer.toString(proxy.port()),
        "localhost",
        server.port(),
        file("ca.pem"));
  }

  @Test
  void proxyThatRefuses() throws Exception {
    try (RunningServer server = echoServer("jdk");
        TinyServer proxy = TinyServer.answering("403 Forbidden", new byte[0])) {
      List<String> args = through("jdk", proxy, server);
      assertEquals(
          "the proxy refuses: HTTP/1.1 403 Forbidden",
          assertThrows(IOException.class, () -> told(ProxyClient::run, args)).getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void sniHosts(String provider) throws Exception {
    assertEquals(
        List.of(
            "localhost is shown a certificate for DNS:localhost, IP Address:127.0.0.1",
            "www.example.org is shown a certificate for DNS:www.example.org"),
        told(
            SniHosts::run,
            args(provider, "www.example.org", file("host-key.pem"), file("host-cert.pem"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "bctls"})
  void stapling(String provider) throws Exception {
    assertEquals(
        List.of("stapled: " + response.length + " bytes"),
        told(Stapling::run, args(provider, file("response.der"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "bctls"})
  void fetchedStapling(String provider) throws Exception {
    try (TinyServer responder = TinyServer.answering("200 OK", response)) {
      String uri = "http://127.0.0.1:" + responder.port() + "/";
      assertEquals(
          List.of("stapled: " + response.length + " bytes"),
          told(FetchedStapling::run, args(provider, uri)));
    }
    try (TinyServer broken = TinyServer.answering("404 Not Found", response)) {
      String uri = "http://127.0.0.1:" + broken.port() + "/";
      assertEquals(List.of("stapled: nothing"), told(FetchedStapling::run, args(provider, uri)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conscrypt", "bcjsse"})
  void staplingIsRefused(String provider) {
    assertRefused(Capability.OCSP_STAPLING, Stapling::run, args(provider, file("response.der")));
    assertRefused(Capability.OCSP_STAPLING, FetchedStapling::run, args(provider, NEVER_ASKED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "bctls"})
  void laterCertificate(String provider) throws Exception {
    assertEquals(
        List.of("nobody, now a client"),
        told(
            LaterCertificate::run,
            args(provider, file("client-key.pem"), file("client-cert.pem"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conscrypt", "bcjsse"})
  void laterCertificateIsRefused(String provider) {
    assertRefused(
        Capability.RENEGOTIATION,
        LaterCertificate::run,
        args(provider, file("client-key.pem"), file("client-cert.pem")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void resumption(String provider) throws Exception {
    String version = provider.startsWith("bc") ? "TLSv1.2" : "TLSv1.3";
    assertEquals(
        List.of(version + ", full handshake", version + ", resumed"),
        told(Resumption::run, args(provider)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void tlsInTls(String provider) throws Exception {
    List<String> lines = told(TlsInTls::run, args(provider));
    assertEquals("hello from within", lines.get(0));
    assertTrue(lines.get(1).matches("inner 18 bytes, outer \\d{3,}"), lines.get(1));
  }

  @Test
  void aServerThatIsNotTrustedIsAnError() {
    List<String> args = args("jdk");
    args.set(3, file("host-cert.pem"));
    TlsException failed = assertThrows(TlsException.class, () -> told(StartTls::run, args));
    assertEquals(ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE, failed.code());
  }

  @Test
  void failuresAreSentencesAndAStatus() {
    assertStatus(2, "usage: StartTls PROVIDER KEY CERT CA", StartTls::run, List.of("jdk"));
    assertStatus(
        1,
        "ENOENT: no such file: " + file("missing.pem"),
        StartTls::run,
        List.of("jdk", file("missing.pem"), file("cert.pem"), file("ca.pem")));
    assertStatus(
        3,
        "conscrypt does not support RENEGOTIATION: ",
        (args, out) ->
            LaterCertificate.run(
                args("conscrypt", file("client-key.pem"), file("client-cert.pem")), out),
        args("conscrypt"));
  }

  private static void assertStatus(
      int status, String message, Example.Body example, List<String> args) {
    List<String> errors = new ArrayList<>();
    assertEquals(
        status,
        Example.start("StartTls PROVIDER KEY CERT CA", args, example, line -> {}, errors::add));
    assertEquals(1, errors.size(), errors::toString);
    assertTrue(errors.get(0).startsWith(message), errors.get(0));
  }
}
