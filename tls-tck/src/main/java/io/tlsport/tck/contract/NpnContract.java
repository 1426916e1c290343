package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ApplicationProtocols;
import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Next protocol negotiation (draft-agl-tls-nextprotoneg). */
@Requires(Capability.NPN)
public abstract class NpnContract extends ProviderContract {
  @Rule("23.1")
  @EachVersion
  void firstOfTheServersProtocolsThatTheClientHasIsChosen(ProtocolVersion version) {
    Connection connection =
        bench()
            .connection(
                server(version).npnProtocols("zero", "two", "one").build(),
                client(version).npnProtocols("one", "two", "three"));
    assertChosen(Optional.of("two"), connection);
    assertEquals(Optional.empty(), connection.client().socket().alpnProtocol());
  }

  @Rule("23.1")
  @EachVersion
  void piecesMakeNoDifference(ProtocolVersion version) {
    Joined joined =
        bench()
            .pairs(
                clientPair(version).npnProtocols("one", "two").build(),
                serverPair(version).npnProtocols("two", "one").build());
    joined.join(1);
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    assertChosen(Optional.of("two"), joined.client(), joined.server());
  }

  @Rule("23.2")
  @EachVersion
  void clientSendsItsFirstWhereNoneIsCommon(ProtocolVersion version) {
    Connection connection =
        bench()
            .connection(
                server(version).npnProtocols("one", "two").build(),
                client(version).npnProtocols("three", "four"));
    assertEquals(Optional.empty(), connection.client().socket().npnProtocol());
    assertEquals(Optional.of("three"), connection.server().socket().npnProtocol());
  }

  @Rule("23.3")
  @EachVersion
  void oneSideAloneChoosesNothing(ProtocolVersion version) {
    assertChosen(
        Optional.empty(),
        bench().connection(server(version).npnProtocols("one").build(), client(version)));
    assertChosen(
        Optional.empty(),
        bench().connection(server(version).build(), client(version).npnProtocols("one")));
  }

  @Rule("23.4")
  @EachVersion
  void alpnWins(ProtocolVersion version) {
    Connection connection =
        bench()
            .connection(
                server(version).npnProtocols("one").alpnProtocols("two").build(),
                client(version).npnProtocols("one").alpnProtocols("two"));
    assertChosen(Optional.empty(), connection);
    assertEquals(Optional.of("two"), connection.client().socket().alpnProtocol());
    assertEquals(Optional.of("two"), connection.server().socket().alpnProtocol());
  }

  @Rule("23.4")
  @EachVersion
  void alpnOfOneSideAloneLeavesTheChoiceToNpn(ProtocolVersion version) {
    assertChosen(
        Optional.of("one"),
        bench()
            .connection(
                server(version).npnProtocols("one").build(),
                client(version).npnProtocols("one").alpnProtocols("two")));
    assertChosen(
        Optional.of("one"),
        bench()
            .connection(
                server(version).npnProtocols("one").alpnProtocols("two").build(),
                client(version).npnProtocols("one")));
  }

  @Rule("23.5")
  @EachVersion
  void resumedSessionsNegotiateAnew(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).npnProtocols("one", "two").build());
    CompletableFuture<Session> made = new CompletableFuture<>();
    ConnectOptions.Builder first = client(version).npnProtocols("one");
    Capture before = bench().connect(server.port(), first);
    before.socket().onSession(made::complete);
    before.awaitSecure();
    assertChosen(Optional.of("one"), before, server.next());
    Session session = Patience.await(made, "a session");
    resumed(server, client(version).npnProtocols("two").session(session), Optional.of("two"));
    resumed(server, client(version).session(session), Optional.empty());
  }

  private void resumed(
      ServerCapture server, ConnectOptions.Builder options, Optional<String> protocol) {
    Capture client = bench().connect(server.port(), options);
    client.awaitSecure();
    assertTrue(client.socket().sessionReused());
    assertChosen(protocol, client, server.next());
  }

  @Rule("23.6")
  @EachVersion
  void buffersAndLongNamesAreTaken(ProtocolVersion version) {
    String longest = "x".repeat(255);
    assertChosen(
        Optional.of(longest),
        bench()
            .connection(
                server(version)
                    .npnProtocols(ApplicationProtocols.encode(List.of("hello", longest)))
                    .build(),
                client(version).npnProtocols(List.of("world", longest))));
  }

  private static void assertChosen(Optional<String> protocol, Connection connection) {
    assertChosen(protocol, connection.client(), connection.server());
  }

  private static void assertChosen(Optional<String> protocol, Capture client, Capture server) {
    for (TLSSocket socket : List.of(client.socket(), server.socket())) {
      assertEquals(protocol, socket.npnProtocol());
    }
  }
}
