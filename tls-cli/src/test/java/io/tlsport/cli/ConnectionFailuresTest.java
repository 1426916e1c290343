package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network and the provider refuse, by code and exit status. */
class ConnectionFailuresTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
      port = closed.getLocalPort();
    }
    assertFailure(1, "ECONNREFUSED", "connect", "127.0.0.1:" + port);
  }

  @Test
  void hostIsUnknown() {
    assertFailure(1, "ENOTFOUND", "connect", "no-such-host.invalid:443");
  }

  @Test
  void portIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertFailure(1, "EADDRINUSE", "serve", "--port", String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void addressIsNotOfThisMachine() {
    assertFailure(1, "EADDRNOTAVAIL", "serve", "--host", "192.0.2.1");
  }

  @Test
  void peerThatSaysNothingRunsIntoTheHandshakeTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK)) {
      assertFailure(
          1,
          "ERR_TLS_HANDSHAKE_TIMEOUT",
          "connect",
          "127.0.0.1:" + silent.getLocalPort(),
          "--handshake-timeout",
          "200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --npn-protocols a",
        "connect localhost:1 --npn-protocols a",
      })
  void whatTheProviderLacksIsRefusedByName(String arguments) {
    JsonNode error = assertFailure(3, "UnsupportedFeature", arguments.split(" ", -1));
    assertTrue(error.get("message").textValue().startsWith("jdk does not support NPN"));
  }

  private static JsonNode assertFailure(int status, String code, String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--provider", "jdk"));
    CommandRun run = CommandRun.start(all.toArray(String[]::new));
    assertEquals(status, run.status(), run::toString);
    JsonNode error = run.event("error");
    assertEquals(code, error.get("code").textValue(), run::toString);
    assertTrue(error.get("message").textValue().length() > 10, run::toString);
    return error;
  }
}
