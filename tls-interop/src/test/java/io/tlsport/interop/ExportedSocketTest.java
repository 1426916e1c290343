package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.testpki.TestIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocking sockets of a secure context, on every provider, as libraries of JSSE use them. */
@Timeout(60)
class ExportedSocketTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** What one of the two does; the other does it on the test's thread. */
  private interface Talk {
    void run(SSLSocket socket) throws Exception;
  }

  static List<String> providers() {
    return List.of("jdk", "conscrypt", "bcjsse", "bctls");
  }

  static List<Arguments> versions() {
    return ExportedEngineTest.versions();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static SecureContext context(Tls tls, TestIdentity identity, ProtocolVersion... only) {
    SecureContextOptions.Builder options =
        SecureContextOptions.builder()
            .key(identity.key())
            .cert(identity.chain())
            .ca(Identities.ca());
    for (ProtocolVersion version : only) {
      options.minVersion(version).maxVersion(version);
    }
    return tls.createSecureContext(options.build());
  }

  private static SSLServerSocket listen(SecureContext context) throws IOException {
    return (SSLServerSocket)
        context
            .sslContext()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static SSLSocket connect(SecureContext context, String host, int port)
      throws IOException {
    return (SSLSocket) context.sslContext().getSocketFactory().createSocket(host, port);
  }

  private Future<Void> serve(SSLServerSocket server, Talk talk) {
    return threads.submit(
        () -> {
          try (SSLSocket socket = (SSLSocket) server.accept()) {
            talk.run(socket);
          }
          return null;
        });
  }

  private static void finish(Future<Void> server) throws Exception {
    server.get(30, TimeUnit.SECONDS);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static ErrorCode code(IOException thrown) {
    return assertInstanceOf(TlsException.class, thrown.getCause(), thrown::toString).code();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("versions")
  void bulkPassesBothWaysAtOnce(String provider, ProtocolVersion version) throws Exception {
    byte[] bulk = new byte[500_000];
    Arrays.fill(bulk, (byte) 'x');
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, Identities.server(), version);
      try (SSLServerSocket server = listen(context)) {
        Future<Void> echo =
            serve(server, socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
        CompletableFuture<HandshakeCompletedEvent> told = new CompletableFuture<>();
        try (SSLSocket client = connect(context, "localhost", server.getLocalPort())) {
          client.addHandshakeCompletedListener(told::complete);
          client.startHandshake();
          Future<Void> writes =
              threads.submit(
                  () -> {
                    client.getOutputStream().write(bulk);
                    return null;
                  });
          assertArrayEquals(bulk, client.getInputStream().readNBytes(bulk.length));
          finish(writes);
          assertEquals(version.id(), client.getSession().getProtocol());
          assertEquals(Identities.server().x509(), told.get().getPeerCertificates()[0]);
          assertEquals("localhost", client.getSession().getPeerHost());
        }
        finish(echo);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aServerOfAnotherNameIsRefusedWithOurCode(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, Identities.server());
      try (SSLServerSocket server = listen(context);
          Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
        Future<Void> refused =
            serve(
                server,
                socket -> assertThrows(IOException.class, () -> socket.getInputStream().read()));
        SSLSocketFactory sockets = context.sslContext().getSocketFactory();
        SSLSocket client =
            (SSLSocket) sockets.createSocket(plain, "other.example", server.getLocalPort(), true);
        SSLException thrown = assertThrows(SSLException.class, client::startHandshake);
        assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, code(thrown));
        assertTrue(client.isClosed() && plain.isClosed(), "a refusal closes the transport");
        assertEquals("SSL_NULL_WITH_NULL_NULL", client.getSession().getCipherSuite());
        finish(refused);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void parametersProtocolsAndClientCertificatesAreTakenOver(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext serving = context(tls, Identities.server());
      SecureContext connecting = context(tls, Identities.client());
      try (SSLServerSocket server = listen(serving)) {
        server.setNeedClientAuth(true);
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThrows(
            IllegalArgumentException.class,
            () -> server.setEnabledProtocols(new String[] {"SSLv3"}));
        Future<Void> greeting =
            serve(
                server,
                socket -> {
                  socket.setHandshakeApplicationProtocolSelector(
                      (asked, offered) -> offered.contains("h2") ? "h2" : null);
                  say(socket, socket.getSession().getPeerPrincipal().getName());
                });
        try (SSLSocket client = connect(connecting, "localhost", server.getLocalPort())) {
          SSLParameters parameters = client.getSSLParameters();
          parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
          client.setSSLParameters(parameters);
          assertEquals(
              Identities.client().x509().getSubjectX500Principal().getName(),
              line(client.getInputStream()));
          assertEquals("h2", client.getApplicationProtocol());
          assertEquals("TLSv1.2", client.getSession().getProtocol());
          assertEquals(-1, client.getInputStream().read(), "the server's end");
        }
        finish(greeting);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aReadThatIsLateCanBeRepeated(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, Identities.server());
      CountDownLatch late = new CountDownLatch(1);
      try (SSLServerSocket server = listen(context)) {
        Future<Void> slow =
            serve(
                server,
                socket -> {
                  socket.startHandshake();
                  late.await();
                  say(socket, "late");
                });
        try (SSLSocket client = connect(context, "localhost", server.getLocalPort())) {
          client.startHandshake();
          client.setSoTimeout(50);
          assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
          client.setSoTimeout(20_000);
          late.countDown();
          assertEquals("late", line(client.getInputStream()));
        }
        finish(slow);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aTransportThatGoesOnIsPlainBehindTheEnd(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, Identities.server());
      SSLSocketFactory sockets = context.sslContext().getSocketFactory();
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Future<Void> both =
            threads.submit(
                () -> {
                  try (Socket plain = server.accept()) {
                    byte[] begun = plain.getInputStream().readNBytes(3);
                    try (Socket secure =
                        sockets.createSocket(plain, new ByteArrayInputStream(begun), false)) {
                      assertEquals("secret", line(secure.getInputStream()));
                    }
                    say(plain, "plain again");
                  }
                  return null;
                });
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
          try (Socket secure = sockets.createSocket(plain, "localhost", 1, false)) {
            say(secure, "secret");
            assertEquals(-1, secure.getInputStream().read());
          }
          assertFalse(plain.isClosed());
          assertEquals("plain again", line(plain.getInputStream()));
        }
        finish(both);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anAnswerFollowsTheEndWhereTheEngineCan(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      boolean can = tls.capabilities().supports(Capability.HALF_CLOSE);
      SecureContext context = context(tls, Identities.server(), ProtocolVersion.TLS_1_3);
      try (SSLServerSocket server = listen(context)) {
        Future<Void> answers =
            serve(
                server,
                socket -> {
                  int size = socket.getInputStream().readAllBytes().length;
                  if (can) {
                    say(socket, "got " + size);
                  } else {
                    assertThrows(SocketException.class, () -> say(socket, "too late"));
                  }
                });
        try (SSLSocket client = connect(context, "localhost", server.getLocalPort())) {
          client.getOutputStream().write(new byte[1000]);
          client.shutdownOutput();
          assertTrue(client.isOutputShutdown());
          assertThrows(SocketException.class, () -> client.getOutputStream().write(1));
          assertEquals(can ? "got 1000" : "", line(client.getInputStream()));
        }
        finish(answers);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anEndWithoutCloseNotifyIsNoEnd(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, Identities.server());
      SSLSocketFactory sockets = context.sslContext().getSocketFactory();
      try (SSLServerSocket server = listen(context);
          Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
        Future<Void> reads =
            serve(
                server,
                socket -> {
                  InputStream in = socket.getInputStream();
                  assertEquals("half", line(in));
                  assertEquals(
                      ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING,
                      code(assertThrows(IOException.class, in::read)));
                });
        Socket client = sockets.createSocket(plain, "localhost", server.getLocalPort(), true);
        say(client, "half");
        plain.shutdownOutput();
        finish(reads);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aCloseWakesWhoReads(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, Identities.server());
      CountDownLatch over = new CountDownLatch(1);
      try (SSLServerSocket server = listen(context)) {
        Future<Void> silent =
            serve(
                server,
                socket -> {
                  socket.startHandshake();
                  over.await();
                });
        SSLSocket client = connect(context, "localhost", server.getLocalPort());
        client.startHandshake();
        InputStream in = client.getInputStream();
        Future<Void> reader =
            threads.submit(
                () -> {
                  assertThrows(IOException.class, in::read);
                  return null;
                });
        client.close();
        finish(reader);
        assertThrows(SocketException.class, client::getInputStream);
        over.countDown();
        finish(silent);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anHttpsUrlConnectionIsServed(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext context = context(tls, Identities.server());
      try (SSLServerSocket server = listen(context)) {
        Future<Void> page =
            serve(
                server,
                socket -> {
                  while (!line(socket.getInputStream()).isBlank()) {
                    assertNotEquals(0, socket.getPort());
                  }
                  say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r");
                  say(socket, "page");
                });
        HttpsURLConnection connection =
            (HttpsURLConnection)
                URI.create("https://127.0.0.1:" + server.getLocalPort() + "/")
                    .toURL()
                    .openConnection();
        connection.setSSLSocketFactory(context.sslContext().getSocketFactory());
        try (InputStream in = connection.getInputStream()) {
          assertEquals(Identities.server().x509(), connection.getServerCertificates()[0]);
          assertEquals("page\n", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
        finish(page);
      }
    }
  }
}
