package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.ServerOptions;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawHello;
import io.tlsport.tck.fixture.RawPeer;
import io.tlsport.tck.fixture.ServerCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Names that clients send, the odd ones above all. */
@Requires(Capability.SNI)
public abstract class HostNameContract extends ProviderContract {
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int ILLEGAL_PARAMETER = 47;
  private static final int DECODE_ERROR = 50;
  private static final String LABEL = "a".repeat(63);

  private final List<String> asked = new CopyOnWriteArrayList<>();

  private ServerCapture listening() {
    return bench()
        .listen(
            server(ProtocolVersion.TLS_1_2)
                .sniCallback(
                    name -> {
                      asked.add(name);
                      return CompletableFuture.completedFuture(Optional.empty());
                    })
                .build());
  }

  /** The type of the first record of the answer, and for an alert its description. */
  private static List<Integer> answer(ServerCapture server, byte[] hello) {
    try (RawPeer peer = RawPeer.connect(server.port())) {
      peer.send(hello);
      int type = peer.read(1)[0];
      return type == ALERT ? List.of(type, (int) peer.read(6)[5]) : List.of(type);
    } catch (IOException failed) {
      throw new AssertionError("the peer could not be closed", failed);
    }
  }

  private void assertTaken(String sent, String... known) {
    assertTaken(RawHello.naming(sent), known);
  }

  private void assertTaken(byte[] hello, String... known) {
    ServerCapture server = listening();
    assertEquals(List.of(HANDSHAKE), answer(server, hello));
    assertEquals(
        Optional.ofNullable(known.length == 0 ? null : known[0]),
        server.nextClientError().socket().servername());
    assertEquals(List.of(known), asked);
    asked.clear();
  }

  private void assertRefused(int alert, byte[] hello) {
    ServerCapture server = listening();
    assertEquals(List.of(ALERT, alert), answer(server, hello));
    ServerCapture.ClientError error = server.nextClientError();
    assertEquals(ErrorCode.ERR_SSL_DECODE_ERROR, error.error().code());
    assertEquals(Optional.empty(), error.socket().servername());
    assertEquals(List.of(), asked);
  }

  @Rule("7.7")
  @Test
  void hostNamesAreTakenInLowerCase() {
    assertTaken("A.Example", "a.example");
    assertTaken("localhost", "localhost");
    assertTaken("XN--Bcher-Kva.example", "xn--bcher-kva.example");
    assertTaken("1a.2b.example", "1a.2b.example");
  }

  @Rule("7.7")
  @Test
  void longestNamesAreTaken() {
    String longest = String.join(".", LABEL, LABEL, LABEL, "a".repeat(61));
    assertTaken(longest, longest);
  }

  @Rule("7.7")
  @Test
  void underscoreIsTaken() {
    assertTaken("a_b.example", "a_b.example");
  }

  @Rule("7.7")
  @Test
  void trailingDotIsTakenAndNotSeen() {
    assertTaken("a.example.", "a.example");
  }

  @Rule("7.7")
  @Test
  void addressIsTakenForNoName() {
    assertTaken("127.0.0.1");
  }

  @Rule("7.8")
  @Test
  void whatIsNoHostNameIsRefused() {
    for (String odd :
        List.of("", ".", "*", "*.example", "a\0.example", "a..example", "a b", "a\r\nb", "a/b")) {
      assertRefused(ILLEGAL_PARAMETER, RawHello.naming(odd));
    }
  }

  @Rule("7.8")
  @Test
  void namesInOtherScriptsAreRefused() {
    assertRefused(
        ILLEGAL_PARAMETER, RawHello.naming("b\u00fccher.example".getBytes(StandardCharsets.UTF_8)));
  }

  @Rule("7.8")
  @Test
  void namesThatAreTooLongAreRefused() {
    assertRefused(ILLEGAL_PARAMETER, RawHello.naming(LABEL + "a.example"));
    assertRefused(
        ILLEGAL_PARAMETER, RawHello.naming(String.join(".", LABEL, LABEL, LABEL, "a".repeat(62))));
    assertRefused(ILLEGAL_PARAMETER, RawHello.naming("a".repeat(300)));
  }

  @Rule("7.8")
  @Test
  void extensionWithoutNamesIsRefused() {
    assertRefused(DECODE_ERROR, RawHello.withServerName(new byte[0]));
    assertRefused(DECODE_ERROR, RawHello.naming(new byte[0][]));
  }

  @Rule("7.8")
  @Test
  void twoNamesAreRefused() {
    byte[] name = "a.example".getBytes(StandardCharsets.US_ASCII);
    assertRefused(DECODE_ERROR, RawHello.naming(name, name));
  }

  @Rule("7.9")
  @EachVersion
  void clientSendsHostNamesInAscii(ProtocolVersion version) {
    assertEquals(Optional.of("xn--bcher-kva.example"), named("b\u00fccher.example", version));
    assertEquals(Optional.of("a.example"), named("A.example.", version));
  }

  @Rule("7.9")
  @EachVersion
  void clientSendsNamesOfOneLabel(ProtocolVersion version) {
    assertEquals(Optional.of("intranet"), named("intranet", version));
  }

  @Rule("7.9")
  @EachVersion
  void clientSendsUnderscores(ProtocolVersion version) {
    CompletableFuture<String> named = new CompletableFuture<>();
    ServerCapture server =
        bench()
            .listen(
                server(version)
                    .sniCallback(
                        name -> {
                          named.complete(name);
                          return CompletableFuture.completedFuture(Optional.empty());
                        })
                    .build());
    // What the engine behind it thinks of the name is another rule's.
    bench().connect(server.port(), client(version).servername("a_b.example"));
    assertEquals("a_b.example", Patience.await(named, "the SNI callback"));
  }

  @Rule("7.9")
  @EachVersion
  void clientSendsNoAddress(ProtocolVersion version) {
    assertEquals(Optional.empty(), named("127.0.0.1", version));
    assertEquals(Optional.empty(), named("::1", version));
  }

  private Optional<String> named(String servername, ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    ConnectOptions.Builder client =
        client(version)
            .servername(servername)
            .checkServerIdentity((name, certificate) -> Optional.empty());
    bench().connect(server.port(), client).awaitSecure();
    return server.next().socket().servername();
  }

  @Rule("7.9")
  @Test
  void whatIsNoHostNameIsNotSent() {
    for (String odd : List.of("", "*.example", "a\0.example", "a..b", LABEL + "a", "a b")) {
      ConnectOptions options = client().servername(odd).host("127.0.0.1").port(1).build();
      ConfigurationException refused =
          assertThrows(ConfigurationException.class, () -> tls().connect(options), odd);
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
    }
  }

  @Rule("7.10")
  @EachVersion
  void answerAfterTheEndHasNoEffect(ProtocolVersion version) {
    Slow slow = slow(server(version).handshakeTimeout(Duration.ofMillis(500)));
    Capture client = bench().connect(slow.server().port(), client(version));
    Patience.await(slow.called(), "the SNI callback");
    assertEquals(
        ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, slow.server().nextClientError().error().code());
    client.awaitClose();
    assertLateAnswerHasNoEffect(slow, version);
    assertEquals(0, client.count("secureConnect"));
  }

  @Rule("7.11")
  @EachVersion
  void clientThatGoesAwayBeforeTheAnswerHasHungUp(ProtocolVersion version) {
    Slow slow = slow(server(version));
    Capture client = bench().connect(slow.server().port(), client(version));
    Patience.await(slow.called(), "the SNI callback");
    client.socket().destroy();
    assertHungUp(slow);
    assertLateAnswerHasNoEffect(slow, version);
  }

  @Rule("7.11")
  @Test
  void clientThatResetsBeforeTheAnswerHasHungUp() {
    Slow slow = slow(server(Identities.server()));
    RawPeer peer = RawPeer.connect(slow.server().port());
    peer.send(RawHello.naming("localhost"));
    Patience.await(slow.called(), "the SNI callback");
    peer.reset();
    assertHungUp(slow);
    assertLateAnswerHasNoEffect(slow, ProtocolVersion.TLS_1_3);
  }

  /** A server whose callback takes its time. */
  private record Slow(
      ServerCapture server,
      CompletableFuture<String> called,
      CompletableFuture<Optional<SecureContext>> answer) {}

  private Slow slow(ServerOptions.Builder options) {
    CompletableFuture<Optional<SecureContext>> answer = new CompletableFuture<>();
    CompletableFuture<String> called = new CompletableFuture<>();
    options.sniCallback(
        name -> {
          called.complete(name);
          return answer;
        });
    return new Slow(bench().listen(options.build()), called, answer);
  }

  private static void assertHungUp(Slow slow) {
    assertEquals(ErrorCode.ECONNRESET, slow.server().nextClientError().error().code());
    Patience.until(
        () -> slow.server().server().connections() == 0, () -> "the client's connection to go");
  }

  private void assertLateAnswerHasNoEffect(Slow slow, ProtocolVersion version) {
    slow.answer().complete(Optional.empty());
    // The answer is there at once for this one, after whatever the late one has set off.
    bench().connect(slow.server().port(), client(version)).awaitSecure();
    slow.server().next();
    assertEquals(1, slow.server().clientErrors());
    assertEquals(1, slow.server().secureConnections());
  }
}
