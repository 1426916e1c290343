package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.AlpnCallback;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The choice of an application protocol (RFC 7301). */
@Requires(Capability.ALPN)
public abstract class AlpnContract extends ProviderContract {
  @Rule("8.1")
  @EachVersion
  void firstOfTheServersProtocolsThatTheClientOffersIsChosen(ProtocolVersion version) {
    assertChosen(
        Optional.of("two"),
        bench()
            .connection(
                server(version).alpnProtocols("zero", "two", "one").build(),
                client(version).alpnProtocols("one", "two", "three")));
  }

  @Rule("8.2")
  @EachVersion
  void clientThatOffersNothingGetsNothing(ProtocolVersion version) {
    assertChosen(
        Optional.empty(),
        bench().connection(server(version).alpnProtocols("one", "two").build(), client(version)));
  }

  @Rule("8.2")
  @EachVersion
  void serverThatKnowsNothingOfProtocolsAnswersNothing(ProtocolVersion version) {
    assertChosen(
        Optional.empty(),
        bench().connection(server(version).build(), client(version).alpnProtocols("one")));
  }

  @Rule("8.3")
  @EachVersion
  void noCommonProtocolIsRefusedOnBothSides(ProtocolVersion version) {
    assertRefused(
        version,
        server(version).alpnProtocols("one", "two").build(),
        ErrorCode.ERR_SSL_NO_APPLICATION_PROTOCOL);
  }

  @Rule("8.3")
  @EachVersion
  void theRefusalIsAlert120(ProtocolVersion version) {
    Joined joined =
        bench()
            .pairs(
                clientPair(version).alpnProtocols("one").build(),
                serverPair(version).alpnProtocols("two").build());
    Wire wire = joined.join();
    joined.client().awaitError();
    joined.server().awaitClose();
    assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 2, 120}, wire.sentBySecond().bytes());
  }

  @Rule("8.7")
  @EachVersion
  void buffersAndLongNamesAreTaken(ProtocolVersion version) {
    String longest = "n".repeat(255);
    byte[] wire = {5, 'h', 'e', 'l', 'l', 'o', 5, 'w', 'o', 'r', 'l', 'd'};
    assertChosen(
        Optional.of("world"),
        bench()
            .connection(
                server(version).alpnProtocols("world").build(),
                client(version).alpnProtocols(wire)));
    assertChosen(
        Optional.of("hello"),
        bench()
            .connection(
                server(version).alpnProtocols(wire).build(),
                client(version).alpnProtocols("world", "hello")));
    assertChosen(
        Optional.of(longest),
        bench()
            .connection(
                server(version).alpnProtocols(longest).build(),
                client(version).alpnProtocols("short", longest)));
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> client(version).alpnProtocols(longest + "n"));
    assertEquals(ErrorCode.ERR_OUT_OF_RANGE, refused.code());
  }

  @Rule("8.4")
  @EachVersion
  void callbackChooses(ProtocolVersion version) {
    CompletableFuture<String> asked = new CompletableFuture<>();
    ServerOptions options =
        server(version)
            .alpnCallback(
                (servername, protocols) -> {
                  asked.complete(servername + " " + protocols);
                  return Optional.of(protocols.get(1));
                })
            .build();
    assertChosen(
        Optional.of("two"),
        bench().connection(options, client(version).alpnProtocols("one", "two", "three")));
    assertEquals("Optional[localhost] [one, two, three]", asked.join());
  }

  @Rule("8.4")
  @EachVersion
  void callbackMayRefuse(ProtocolVersion version) {
    assertRefused(
        version,
        withCallback(version, (servername, protocols) -> Optional.empty()),
        ErrorCode.ERR_SSL_NO_APPLICATION_PROTOCOL);
  }

  @Rule("8.5")
  @EachVersion
  void callbackThatChoosesWhatWasNotOfferedEndsTheConnection(ProtocolVersion version) {
    assertFails(
        version,
        withCallback(version, (servername, protocols) -> Optional.of("never offered")),
        ErrorCode.ERR_TLS_ALPN_CALLBACK_INVALID_RESULT);
  }

  @Rule("8.5")
  @EachVersion
  void callbackThatThrowsEndsTheConnection(ProtocolVersion version) {
    assertFails(
        version,
        withCallback(
            version,
            (servername, protocols) -> {
              throw new IllegalStateException("made by the test");
            }),
        ErrorCode.ERR_TLS_CALLBACK);
  }

  @Rule("8.6")
  @Test
  void callbackAndListExcludeEachOther() {
    ServerOptions both =
        server(ProtocolVersion.TLS_1_3)
            .alpnProtocols("one")
            .alpnCallback((servername, protocols) -> Optional.empty())
            .build();
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> tls().createServer(both));
    if (refused instanceof io.tlsport.UnsupportedFeatureException withoutAlpn) {
      throw withoutAlpn;
    }
    assertEquals(ErrorCode.ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, refused.code());
  }

  private static ServerOptions withCallback(ProtocolVersion version, AlpnCallback callback) {
    return server(version).alpnCallback(callback).build();
  }

  private static void assertChosen(Optional<String> protocol, Connection connection) {
    assertEquals(protocol, connection.client().socket().alpnProtocol());
    assertEquals(protocol, connection.server().socket().alpnProtocol());
  }

  private void assertRefused(ProtocolVersion version, ServerOptions options, ErrorCode code) {
    Capture client = assertFails(version, options, code);
    assertEquals(
        List.of(Capture.error(ErrorCode.ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL)),
        client.errors());
  }

  private Capture assertFails(ProtocolVersion version, ServerOptions options, ErrorCode code) {
    ServerCapture server = bench().listen(options);
    Capture client = bench().connect(server.port(), client(version).alpnProtocols("three", "four"));
    assertEquals(code, server.nextClientError().error().code());
    client.awaitClose();
    assertEquals(1, client.errors().size(), client::toString);
    assertEquals(1, server.clientErrors());
    return client;
  }
}
