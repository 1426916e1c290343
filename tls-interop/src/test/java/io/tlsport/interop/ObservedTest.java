package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
import io.tlsport.ConnectOptions;
import io.tlsport.HandshakeException;
import io.tlsport.HandshakeFacts;
import io.tlsport.HandshakeTimings;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a handshake that was done and of one that failed: the same on every provider. */
@Timeout(60)
class ObservedTest {
  private static ServerOptions.Builder server(TestIdentity identity) {
    return ServerOptions.builder().context(c -> c.key(identity.key()).cert(identity.chain()));
  }

  private static ConnectOptions client(
      Address bound, Consumer<SecureContextOptions.Builder> trust) {
    return ConnectOptions.builder()
        .host("127.0.0.1")
        .port(bound.port())
        .servername("localhost")
        .context(trust)
        .build();
  }

  private static Address listen(Server server) {
    return Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
  }

  private static HandshakeException failure(TLSSocket client) {
    return assertInstanceOf(
        HandshakeException.class, Patience.awaitFailure(client.secured(), "a refused server"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void theTimeOfAHandshakeIsTold(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      BlockingQueue<TLSSocket> served = new LinkedBlockingQueue<>();
      Server server =
          tls.createServer(
              server(Identities.server())
                  .sniCallback(
                      name ->
                          new CompletableFuture<Optional<io.tlsport.SecureContext>>()
                              .completeOnTimeout(Optional.empty(), 60, TimeUnit.MILLISECONDS))
                  .build(),
              served::add);
      TLSSocket client = tls.connect(client(listen(server), c -> c.ca(Identities.ca())));
      Patience.await(client.secured(), "the client to be secure");
      assertFalse(client.isServer());
      HandshakeTimings ours = client.handshakeTimings().orElseThrow();
      TLSSocket socket = Patience.take(served, "the server's side");
      assertTrue(socket.isServer());
      HandshakeTimings theirs = socket.handshakeTimings().orElseThrow();
      assertTrue(theirs.hooks().toMillis() >= 50, theirs::toString);
      assertTrue(ours.network().toMillis() >= 50, ours::toString);
      assertTrue(ours.computing().toNanos() > 0 && theirs.computing().toNanos() > 0);
      for (HandshakeTimings one : List.of(ours, theirs)) {
        assertEquals(
            one.total(), one.hello().plus(one.hooks()).plus(one.computing()).plus(one.network()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aFailureTellsWhatIsMissing(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      TestIdentity below =
          Identities.root().authority("an intermediate").leaf(CertificateSpec.server("localhost"));
      BlockingQueue<TlsException> failures = new LinkedBlockingQueue<>();
      Server server =
          tls.createServer(
              ServerOptions.builder()
                  .context(c -> c.key(below.key()).cert(below.certificate()))
                  .build());
      server.onClientError((error, socket) -> failures.add(error));
      Address bound = listen(server);
      HandshakeException refused = failure(tls.connect(client(bound, c -> c.ca(Identities.ca()))));
      HandshakeFacts facts = refused.facts();
      assertEquals("handshake", facts.phase());
      assertEquals(Optional.of("localhost"), facts.servername());
      assertEquals(Optional.of(bound.address()), facts.peer().map(Address::address));
      String hint = facts.hint().orElseThrow();
      assertTrue(hint.contains("CN=an intermediate"), hint);
      HandshakeException told =
          assertInstanceOf(
              HandshakeException.class, Patience.take(failures, "the server's clientError"));
      assertTrue(told.facts().alertReceived().isPresent(), told::toString);
      assertTrue(told.facts().hint().orElseThrow().contains("chain"), told::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aRefusalTellsWhatWasOfferedAndWhatThereWas(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      BlockingQueue<TlsException> failures = new LinkedBlockingQueue<>();
      Server server =
          tls.createServer(
              server(Identities.server())
                  .context(c -> c.minVersion(ProtocolVersion.TLS_1_3))
                  .build());
      server.onClientError((error, socket) -> failures.add(error));
      TLSSocket client =
          tls.connect(
              client(
                  listen(server), c -> c.ca(Identities.ca()).maxVersion(ProtocolVersion.TLS_1_2)));
      Patience.awaitFailure(client.secured(), "a version that the server has not");
      HandshakeException told =
          assertInstanceOf(
              HandshakeException.class, Patience.take(failures, "the server's clientError"));
      assertEquals("choice", told.facts().phase());
      assertTrue(told.facts().offered().contains("TLSv1.2"), told.facts()::toString);
      assertFalse(told.facts().offered().contains("TLSv1.3"), told.facts()::toString);
      assertEquals(List.of("TLSv1.3"), told.facts().supported());
      assertEquals(70, told.facts().alertSent().orElse(-1));
    }
  }

  /** One recording for all: in a second one of a JVM, JDK 17 loses texts that were in the first. */
  @Test
  void theFlightRecorderHasTheSameEventsOfEveryProvider(@TempDir Path folder) throws IOException {
    List<String> providers = List.of("jdk", "conscrypt", "bcjsse", "bctls");
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.tlsport.Handshake");
      recording.enable("io.tlsport.ConnectionFailure");
      recording.enable("io.tlsport.ContextReload");
      recording.start();
      providers.forEach(ObservedTest::happen);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    for (String provider : providers) {
      assertHandshakes(named(events, "io.tlsport.Handshake", provider));
      assertFailure(named(events, "io.tlsport.ConnectionFailure", provider));
    }
    assertEquals(
        providers.size(),
        events.stream()
            .filter(event -> event.getEventType().getName().equals("io.tlsport.ContextReload"))
            .count());
  }

  private static void happen(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      Server server = tls.createServer(server(Identities.server()).build());
      Address bound = listen(server);
      TLSSocket client = tls.connect(client(bound, c -> c.ca(Identities.ca())));
      Patience.await(client.secured(), "the client to be secure");
      server.setSecureContext(server(Identities.server()).build().context());
      failure(tls.connect(client(bound, c -> c.ca(Identities.stranger().certificate()))));
    }
  }

  private static void assertHandshakes(List<RecordedEvent> handshakes) {
    assertTrue(handshakes.stream().anyMatch(event -> event.getBoolean("server")));
    RecordedEvent ours =
        handshakes.stream().filter(event -> !event.getBoolean("server")).findFirst().orElseThrow();
    assertEquals("TLSv1.3", ours.getString("protocol"));
    assertTrue(ours.getString("cipher").startsWith("TLS_"), ours::toString);
    assertTrue(ours.getBoolean("authorized"));
    assertTrue(ours.getLong("total") > 0 && ours.getLong("computing") > 0, ours::toString);
  }

  private static void assertFailure(List<RecordedEvent> failures) {
    RecordedEvent failed =
        failures.stream()
            .filter(event -> !event.getBoolean("server"))
            .filter(event -> "UNABLE_TO_VERIFY_LEAF_SIGNATURE".equals(event.getString("code")))
            .findFirst()
            .orElseThrow();
    assertEquals("PEER", failed.getString("blame"));
    assertEquals("handshake", failed.getString("phase"));
  }

  private static List<RecordedEvent> named(
      List<RecordedEvent> events, String name, String provider) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .filter(event -> provider.equals(event.getString("provider")))
        .toList();
  }
}
