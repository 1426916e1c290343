package io.tlsport.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsServer;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.Pem;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.netty.TlsportSslContext;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers are asked by openssl or by the other library's own TLS; clients ask such servers. */
@Timeout(60)
class IntegrationsTest {
  private static final TestAuthority ROOT = TestPki.shared().authority("the integrations' root");
  private static final TestIdentity SERVER =
      ROOT.leaf(CertificateSpec.server("localhost").ip("127.0.0.1"));
  private static final TestIdentity CLIENT = ROOT.leaf(CertificateSpec.client("a client"));

  @TempDir Path folder = Path.of("");
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void makeFiles() throws IOException {
    Files.write(folder.resolve("ca.pem"), ROOT.certificate().bytes());
    Files.write(folder.resolve("key.pem"), SERVER.key().bytes());
    Files.write(folder.resolve("cert.pem"), SERVER.chain().bytes());
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static SecureContext context(Tls tls, TestIdentity identity) {
    return tls.createSecureContext(
        SecureContextOptions.builder()
            .key(identity.key())
            .cert(identity.chain())
            .ca(ROOT.certificate())
            .build());
  }

  private static X509Certificate root() throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(ROOT.certificate().bytes()));
  }

  private static String text(Pem pem) {
    return new String(pem.bytes(), StandardCharsets.US_ASCII);
  }

  private static ErrorCode code(Throwable thrown) {
    Throwable at = thrown;
    while (!(at instanceof HandshakeException) && at.getCause() != null) {
      at = at.getCause();
    }
    return assertInstanceOf(HandshakeException.class, at, thrown::toString).code();
  }

  // --- openssl

  /** Its absence is told, and our own JDK's examples stand in for it. */
  private static final boolean OPENSSL =
      Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
          .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));

  /** A page of somebody's server, and how that ends. */
  private record Page(int port, String text, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  private Page page(Tls tls) throws IOException {
    if (OPENSSL) {
      Process server = opensslServer();
      return new Page(port(server), "s_server", server::destroy);
    }
    System.out.println("openssl is not installed here: nothing is said about it as a peer");
    HttpsServer server = JdkHttp.server(context(tls, SERVER), threads);
    return new Page(server.getAddress().getPort(), "the JDK's page", () -> server.stop(0));
  }

  private String askedByTheJdk(Tls tls, int port) throws IOException, InterruptedException {
    System.out.println("openssl is not installed here: nothing is said about it as a peer");
    return JdkHttp.client(context(tls, CLIENT), threads)
        .send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** What a server answers to openssl, which checks its chain and name. */
  private String asked(Tls tls, int port) throws IOException, InterruptedException {
    if (!OPENSSL) {
      return askedByTheJdk(tls, port);
    }
    Process client =
        new ProcessBuilder(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + port,
                "-quiet",
                "-servername",
                "localhost",
                "-verify_hostname",
                "localhost",
                "-verify_return_error",
                "-CAfile",
                folder.resolve("ca.pem").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS).execute(client::destroyForcibly);
    try {
      client
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      client.getOutputStream().flush();
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      client.destroy();
    }
  }

  private Process opensslServer() throws IOException {
    return new ProcessBuilder(
            "openssl",
            "s_server",
            "-accept",
            "127.0.0.1:0",
            "-www",
            "-cert",
            folder.resolve("cert.pem").toString(),
            "-key",
            folder.resolve("key.pem").toString())
        .redirectErrorStream(true)
        .start();
  }

  private static int port(Process server) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ACCEPT ")) {
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
      }
    }
    throw new AssertionError("openssl s_server has told no port");
  }

  // --- HTTP

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void theHttpServerAndClientOfTheJdk(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build();
        Page theirs = page(tls)) {
      HttpsServer server = JdkHttp.server(context(tls, SERVER), threads);
      String answer = asked(tls, server.getAddress().getPort());
      server.stop(0);
      assertTrue(answer.endsWith("the JDK's page"), answer);

      HttpResponse<String> page =
          JdkHttp.client(context(tls, CLIENT), threads)
              .send(
                  HttpRequest.newBuilder(URI.create("https://localhost:" + theirs.port() + "/"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertTrue(page.body().contains(theirs.text()), page.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void okHttp(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build();
        Page theirs = page(tls)) {
      int port = theirs.port();
      OkHttpClient client = OkHttp.client(context(tls, CLIENT), List.of(root()));
      try (Response page =
          client
              .newCall(new Request.Builder().url("https://localhost:" + port + "/").build())
              .execute()) {
        assertTrue(page.body().string().contains(theirs.text()));
        assertEquals(
            SERVER.x509(),
            Objects.requireNonNull(page.handshake(), "handshake").peerCertificates().get(0));
      }
      SecureContext strange =
          tls.createSecureContext(
              SecureContextOptions.builder()
                  .ca(TestPki.shared().authority("another root").certificate())
                  .build());
      OkHttpClient stranger = OkHttp.client(strange, List.of(root()));
      Request again = new Request.Builder().url("https://localhost:" + port + "/").build();
      assertEquals(
          ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE,
          code(assertThrows(SSLException.class, () -> stranger.newCall(again).execute())));
      client.connectionPool().evictAll();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void jetty(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      Server server = JettyServer.server(context(tls, SERVER));
      server.start();
      try {
        String answer = asked(tls, ((NetworkConnector) server.getConnectors()[0]).getLocalPort());
        assertTrue(answer.endsWith("Jetty's page"), answer);
      } finally {
        server.stop();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void vertx(String provider) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Tls tls = Tls.builder().provider(provider).build()) {
      VertxEngines engines = new VertxEngines(context(tls, SERVER));
      HttpServer server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost("127.0.0.1")
                      .setPort(0)
                      .setSsl(true)
                      .setUseAlpn(true)
                      .setKeyCertOptions(VertxEngines.noKeys())
                      .setSslEngineOptions(engines))
              .requestHandler(request -> request.response().end("Vert.x's page"))
              .listen()
              .await(20, TimeUnit.SECONDS);
      String answer = asked(tls, server.actualPort());
      assertTrue(answer.endsWith("Vert.x's page"), answer);

      HttpClient client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setSsl(true)
                  .setTrustAll(false)
                  .setUseAlpn(true)
                  .setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2)
                  .setSslEngineOptions(engines));
      String page =
          client
              .request(HttpMethod.GET, server.actualPort(), "localhost", "/")
              .compose(HttpClientRequest::send)
              .compose(response -> response.body().map(body -> response.version() + " " + body))
              .await(20, TimeUnit.SECONDS);
      assertEquals("HTTP_2 Vert.x's page", page);
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  // --- gRPC

  private static final class Words implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String word) {
      return new ByteArrayInputStream(word.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      }
    }
  }

  private static final MethodDescriptor<String, String> SAY =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("Echo/Say")
          .setRequestMarshaller(new Words())
          .setResponseMarshaller(new Words())
          .build();

  private static String say(ManagedChannel channel) throws InterruptedException {
    try {
      return ClientCalls.blockingUnaryCall(
          channel,
          SAY,
          io.grpc.CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
          "hello");
    } finally {
      channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void grpc(String provider) throws Exception {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("Echo")
            .addMethod(
                SAY,
                ServerCalls.asyncUnaryCall(
                    (word, answer) -> {
                      answer.onNext(word + " by gRPC");
                      answer.onCompleted();
                    }))
            .build();
    try (Tls tls = Tls.builder().provider(provider).build()) {
      io.grpc.Server server = GrpcJava.server(context(tls, SERVER), service);
      try {
        int port = server.getPort();
        assertEquals(
            "hello by gRPC", say(GrpcJava.channel(context(tls, CLIENT), "localhost", port)));
        assertEquals(
            "hello by gRPC",
            say(
                NettyChannelBuilder.forAddress("localhost", port)
                    .sslContext(
                        GrpcSslContexts.configure(GrpcSslContexts.forClient(), SslProvider.JDK)
                            .trustManager(root())
                            .keyManager(
                                new ByteArrayInputStream(CLIENT.chain().bytes()),
                                new ByteArrayInputStream(CLIENT.key().bytes()))
                            .build())
                    .build()));
        StatusRuntimeException refused =
            assertThrows(
                StatusRuntimeException.class,
                () ->
                    say(
                        NettyChannelBuilder.forAddress("localhost", port)
                            .overrideAuthority("other.example")
                            .sslContext(TlsportSslContext.forClient(context(tls, CLIENT), "h2"))
                            .build()));
        assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, code(refused));
      } finally {
        server.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
      }
    }
  }

  // --- Kafka

  private static SslEngineFactory kafkas(TestIdentity identity) {
    SslEngineFactory factory = new DefaultSslEngineFactory();
    factory.configure(
        Map.of(
            SslConfigs.SSL_PROTOCOL_CONFIG,
            "TLSv1.3",
            SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
            List.of("TLSv1.2", "TLSv1.3"),
            SslConfigs.SSL_CIPHER_SUITES_CONFIG,
            List.of(),
            "ssl.client.auth",
            "required",
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            "PEM",
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            new org.apache.kafka.common.config.types.Password(text(identity.key())),
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
            new org.apache.kafka.common.config.types.Password(text(identity.chain())),
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
            "PEM",
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
            new org.apache.kafka.common.config.types.Password(text(ROOT.certificate()))));
    return factory;
  }

  private static SslEngineFactory ours(SecureContext context) {
    SslEngineFactory factory = new KafkaEngines();
    factory.configure(Map.of(KafkaEngines.CONTEXT, context));
    return factory;
  }

  private static void talk(SslEngineFactory client, SslEngineFactory server) throws IOException {
    talk(
        port -> client.createClientSslEngine("localhost", port, "https"),
        port -> server.createServerSslEngine("localhost", port));
  }

  private static void talk(IntFunction<SSLEngine> client, IntFunction<SSLEngine> server)
      throws IOException {
    try (KafkaLayers layers = KafkaLayers.connect(client, server)) {
      layers.handshake();
      assertEquals("a record", layers.send("a record"));
      assertEquals(CLIENT.x509().getSubjectX500Principal(), layers.principalOfTheClient());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void kafka(String provider) throws Exception {
    assertThrows(ConfigException.class, () -> new KafkaEngines().configure(Map.of()));
    try (Tls tls = Tls.builder().provider(provider).build()) {
      talk(ours(context(tls, CLIENT)), ours(context(tls, SERVER)));
      talk(kafkas(CLIENT), ours(context(tls, SERVER)));
      talk(ours(context(tls, CLIENT)), kafkas(SERVER));
    }
  }

  // --- Netty

  private static void talk(SslContext client, SslContext server) throws IOException {
    SSLEngine[] asked = new SSLEngine[1];
    talk(
        port -> {
          asked[0] = client.newEngine(ByteBufAllocator.DEFAULT, "localhost", port);
          return asked[0];
        },
        port -> server.newEngine(ByteBufAllocator.DEFAULT));
    assertEquals("h2", asked[0].getApplicationProtocol());
  }

  private File file(String name, Pem pem) throws IOException {
    return Files.write(folder.resolve(name), pem.bytes()).toFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void contextsOfNettyAreReplacedOneByOne(String provider) throws Exception {
    File chain = file("client.pem", CLIENT.chain());
    File key = file("client-key.pem", CLIENT.key());
    File roots = file("ca.pem", ROOT.certificate());
    File serverChain = file("cert.pem", SERVER.chain());
    File serverKey = file("key.pem", SERVER.key());
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SslContext client = FromNetty.client(FromNetty.context(tls, chain, key, roots));
      SslContext server = FromNetty.server(FromNetty.context(tls, serverChain, serverKey, roots));
      talk(FromNetty.clientOfNetty(chain, key, roots), server);
      talk(client, FromNetty.serverOfNetty(serverChain, serverKey, roots));
      talk(client, server);
      EmbeddedChannel channel = new EmbeddedChannel();
      FromNetty.names(channel, server, client);
      assertTrue(channel.pipeline().first() instanceof SniHandler);
      channel.finishAndReleaseAll();
    }
  }
}
