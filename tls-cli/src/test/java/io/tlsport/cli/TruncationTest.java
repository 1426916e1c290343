package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that closes its connection without announcing it, on both sides. */
class TruncationTest {
  private static final String PASSPHRASE = "secret";

  @TempDir static Path folder;
  private static Path identity;

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = Pfx.make(folder, PASSPHRASE);
  }

  @Test
  void clientTakesItForAnErrorUnlessItIsAllowed() throws Exception {
    CommandRun strict = connect();
    assertEquals(1, strict.status(), strict::toString);
    assertEquals(
        List.of("secureConnect", "data", "error", "close"),
        withoutSessions(strict),
        strict::toString);
    assertCutOff(strict);
    CommandRun lenient = connect("--allow-truncation");
    assertEquals(0, lenient.status(), lenient::toString);
    assertEquals(
        List.of("secureConnect", "data", "end", "close"),
        withoutSessions(lenient),
        lenient::toString);
    assertNotClean(lenient);
  }

  private static List<String> withoutSessions(CommandRun run) {
    return run.eventNames().stream().filter(name -> !name.equals("session")).toList();
  }

  @Test
  void serverTakesItForAnErrorUnlessItIsAllowed() throws Exception {
    CommandRun strict = serve();
    assertEquals(
        List.of("listening", "secureConnection", "error", "close", "serverClose"),
        strict.eventNames(),
        strict::toString);
    assertCutOff(strict);
    CommandRun lenient = serve("--allow-truncation");
    assertEquals(
        List.of("listening", "secureConnection", "end", "close", "serverClose"),
        lenient.eventNames(),
        lenient::toString);
    assertNotClean(lenient);
  }

  private static void assertCutOff(CommandRun run) {
    assertEquals(
        "ERR_SSL_UNEXPECTED_EOF_WHILE_READING", told(run, "error").get("code").textValue());
    assertNotClean(run);
  }

  private static void assertNotClean(CommandRun run) {
    assertFalse(told(run, "close").get("cleanly").booleanValue(), run::toString);
  }

  private static JsonNode told(CommandRun run, String event) {
    return run.allEvents().stream()
        .filter(told -> told.get("event").textValue().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + event + " from " + run));
  }

  /** A client of a server that says something and is gone. */
  private static CommandRun connect(String... more) throws Exception {
    SSLContext tls = context();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> arguments =
          new ArrayList<>(List.of("connect", "127.0.0.1:" + listener.getLocalPort(), "--json"));
      arguments.addAll(List.of("--provider", "jdk", "--reject-unauthorized=false"));
      arguments.addAll(List.of(more));
      CommandRun client = CommandRun.start(silence(), arguments.toArray(String[]::new));
      try (Socket socket = listener.accept()) {
        cutOff(tls, socket, false);
      }
      return client;
    }
  }

  /** Standard input of somebody who does not type. */
  private static InputStream silence() throws IOException {
    return new PipedInputStream(new PipedOutputStream());
  }

  /** A server of a client that says something and is gone. */
  private static CommandRun serve(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--json", "--stop-after", "1", "--provider", "jdk"));
    arguments.addAll(List.of("--pfx", identity.toString(), "--passphrase", PASSPHRASE));
    arguments.addAll(List.of("--mode", "sink"));
    arguments.addAll(List.of(more));
    CommandRun server = CommandRun.start(arguments.toArray(String[]::new));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      cutOff(context(), socket, true);
    }
    return server;
  }

  /** Ends the TCP connection below TLS, and waits until the other side does. */
  private static void cutOff(SSLContext tls, Socket below, boolean client) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(below, "localhost", 0, false);
    secure.setUseClientMode(client);
    secure.getOutputStream().write("half a sen".getBytes(StandardCharsets.UTF_8));
    secure.getOutputStream().flush();
    below.shutdownOutput();
    InputStream rest = below.getInputStream();
    rest.transferTo(OutputStream.nullOutputStream());
  }

  private static SSLContext context() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(identity)) {
      store.load(file, PASSPHRASE.toCharArray());
    }
    store.setCertificateEntry("trusted", store.getCertificate("one"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSPHRASE.toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }
}
