package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void endsConnectionsAndExitsWithZero(String signal) throws Exception {
    try (ChildProgram server = ChildProgram.start("serve", "--json", "--provider", "jdk");
        PipedOutputStream typing = new PipedOutputStream()) {
      CommandRun client =
          CommandRun.start(
              new PipedInputStream(typing),
              "connect",
              "127.0.0.1:" + server.port(),
              "--json",
              "--provider",
              "jdk",
              "--reject-unauthorized=false");
      client.event("secureConnect");
      assertTrue(server.line().contains("secureConnection"));

      server.signal(signal);

      assertEquals(0, client.status(), client::toString);
      assertTrue(client.eventNames().contains("end"), client::toString);
      String rest = server.output();
      assertEquals(0, server.status(), server.errors());
      assertTrue(rest.contains("\"event\":\"close\",\"id\":1"), rest);
      assertTrue(rest.endsWith("{\"event\":\"serverClose\"}\n"), rest);
    }
  }
}
