package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.SniCallback;
import io.tlsport.Tls;
import io.tlsport.UnknownServerName;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Server names, and the certificates that are chosen by them. */
@Requires(Capability.SNI)
public abstract class SniContract extends ProviderContract {
  @Rule("7.1")
  @EachVersion
  void servernameIsKnownOnBothSides(ProtocolVersion version) {
    var connection = bench().connection(server(version).build(), client(version));
    assertEquals(Optional.of("localhost"), connection.client().socket().servername());
    assertEquals(Optional.of("localhost"), connection.server().socket().servername());
  }

  @Rule("7.2")
  @EachVersion
  void contextIsChosenByTheExactName(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    server.server().addContext("a.example", context("a.example"));
    assertEquals("a.example", shownTo("a.example", server, version));
    assertEquals("localhost", shownTo("b.example", server, version));
  }

  @Rule("7.2")
  @EachVersion
  void starStandsForOneLabel(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    server.server().addContext("*.a.example", context("star"));
    assertEquals("star", shownTo("x.a.example", server, version));
    assertEquals("localhost", shownTo("a.example", server, version));
    assertEquals("localhost", shownTo("y.x.a.example", server, version));
  }

  @Rule("7.2")
  @EachVersion
  void namesAreComparedWithoutCase(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    server.server().addContext("MiXed.Example", context("mixed"));
    assertEquals("mixed", shownTo("mIxEd.eXample", server, version));
    assertEquals(Optional.of("mixed.example"), server.next().socket().servername());
  }

  @Rule("7.3")
  @Test
  void lastAddedOfSeveralMatchesWins() {
    ProtocolVersion version = ProtocolVersion.TLS_1_3;
    ServerCapture server = bench().listen(server(version).build());
    server.server().addContext("a.example", context("first"));
    server.server().addContext("*.example", context("second"));
    assertEquals("second", shownTo("a.example", server, version));
    server.server().addContext("a.example", context("third"));
    assertEquals("third", shownTo("a.example", server, version));
    assertTrue(server.server().removeContext("A.example"));
    assertFalse(server.server().removeContext("a.example"));
    assertEquals("second", shownTo("a.example", server, version));
  }

  @Rule("7.3")
  @EachVersion
  void newContextIsForNewConnections(ProtocolVersion version) {
    ServerCapture server = bench().listen(server(version).build());
    server.server().addContext("*.example", context("old"));
    Capture open = bench().connect(server.port(), named("a.example", version));
    open.awaitSecure();
    server.server().addContext("*.example", context("new"));
    assertEquals("new", shownTo("a.example", server, version));
    assertEquals("old", shown(open));
    assertTrue(server.server().removeContext("*.EXAMPLE."));
    assertEquals("localhost", shownTo("a.example", server, version));
  }

  @Rule("7.3")
  @Test
  void whatIsNoPatternIsRefused() {
    ServerCapture server = bench().listen(server(ProtocolVersion.TLS_1_3).build());
    SecureContextOptions context = context("a.example");
    for (String odd : List.of("*", "a.*.example", "*a.example", "a..example", "*.*.example")) {
      ConfigurationException refused =
          assertThrows(
              ConfigurationException.class, () -> server.server().addContext(odd, context), odd);
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
    }
    ConfigurationException empty =
        assertThrows(ConfigurationException.class, () -> server.server().addContext("", context));
    assertEquals(ErrorCode.ERR_TLS_REQUIRED_SERVER_NAME, empty.code());
    assertEquals("localhost", shownTo("a.example", server, ProtocolVersion.TLS_1_3));
  }

  @Rule("7.4")
  @EachVersion
  void callbackOfAPairChoosesToo(ProtocolVersion version) {
    SecureContext chosen = tls().createSecureContext(context("chosen"));
    var joined =
        bench()
            .pairs(
                clientPair(version).servername("some.example").rejectUnauthorized(false).build(),
                serverPair(version)
                    .sniCallback(name -> CompletableFuture.completedFuture(Optional.of(chosen)))
                    .build());
    joined.join();
    joined.client().awaitSecure();
    assertEquals("chosen", shown(joined.client()));
  }

  @Rule("7.4")
  @EachVersion
  void callbackMayAnswerLaterOnAnotherThread(ProtocolVersion version) {
    SecureContext chosen = tls().createSecureContext(context("chosen"));
    CompletableFuture<Optional<SecureContext>> answer = new CompletableFuture<>();
    CompletableFuture<String> asked = new CompletableFuture<>();
    ServerCapture server =
        bench()
            .listen(
                server(version)
                    .sniCallback(
                        name -> {
                          asked.complete(name);
                          return answer;
                        })
                    .build());
    Capture client = bench().connect(server.port(), named("some.example", version));
    assertEquals("some.example", io.tlsport.tck.fixture.Patience.await(asked, "the SNI callback"));
    Thread other = new Thread(() -> answer.complete(Optional.of(chosen)), "answers the callback");
    other.start();
    client.awaitSecure();
    assertEquals("chosen", shown(client));
  }

  @Rule("7.4")
  @EachVersion
  void emptyAnswerMeansTheContextsThatWereAdded(ProtocolVersion version) {
    ServerCapture server =
        bench()
            .listen(
                server(version)
                    .sniCallback(name -> CompletableFuture.completedFuture(Optional.empty()))
                    .build());
    server.server().addContext("a.example", context("added"));
    assertEquals("added", shownTo("a.example", server, version));
    assertEquals("localhost", shownTo("b.example", server, version));
  }

  @Rule("7.4")
  @EachVersion
  void callbackIsAskedOncePerConnectionThatNamesAHost(ProtocolVersion version) {
    List<String> asked = new CopyOnWriteArrayList<>();
    ServerCapture server =
        bench()
            .listen(
                server(version)
                    .sniCallback(
                        name -> {
                          asked.add(name);
                          return CompletableFuture.completedFuture(Optional.empty());
                        })
                    .build());
    bench()
        .connect(
            server.port(),
            ConnectOptions.builder()
                .context(c -> c.ca(Identities.ca()).minVersion(version).maxVersion(version)))
        .awaitSecure();
    assertEquals(List.of(), asked);
    bench().connect(server.port(), client(version)).awaitSecure();
    assertEquals(List.of("localhost"), asked);
  }

  @Rule("7.12")
  @EachVersion
  void unknownNameIsRefusedIfTheServerSaysSo(ProtocolVersion version) {
    ServerCapture server =
        bench().listen(server(version).unknownServerName(UnknownServerName.REFUSE).build());
    server.server().addContext("a.example", context("a.example"));
    assertEquals("a.example", shownTo("a.example", server, version));
    assertUnrecognized("b.example", server, version);
    ConnectOptions.Builder nameless =
        ConnectOptions.builder()
            .context(c -> c.ca(Identities.ca()).minVersion(version).maxVersion(version));
    Capture client = bench().connect(server.port(), nameless);
    client.awaitSecure();
    assertEquals("localhost", shown(client));
    assertTrue(server.server().removeContext("a.example"));
    assertUnrecognized("a.example", server, version);
    assertEquals(2, server.clientErrors());
  }

  @Rule("7.12")
  @EachVersion
  void nameThatTheCallbackDoesNotKnowIsRefusedIfTheServerSaysSo(ProtocolVersion version) {
    SecureContext chosen = tls().createSecureContext(context("chosen"));
    ServerCapture server =
        bench()
            .listen(
                server(version)
                    .unknownServerName(UnknownServerName.REFUSE)
                    .sniCallback(
                        name ->
                            CompletableFuture.completedFuture(
                                Optional.of(chosen).filter(c -> name.startsWith("chosen"))))
                    .build());
    server.server().addContext("added.example", context("added"));
    assertEquals("chosen", shownTo("chosen.example", server, version));
    assertEquals("added", shownTo("added.example", server, version));
    assertUnrecognized("other.example", server, version);
  }

  private void assertUnrecognized(String host, ServerCapture server, ProtocolVersion version) {
    Capture client = bench().connect(server.port(), named(host, version));
    assertEquals(ErrorCode.ERR_SSL_TLSV1_UNRECOGNIZED_NAME, client.awaitError().code());
    ServerCapture.ClientError told = server.nextClientError();
    assertEquals(ErrorCode.ERR_TLS_UNRECOGNIZED_NAME, told.error().code());
    assertEquals(Optional.of(host), told.socket().servername());
    assertTrue(told.socket().peerCertificate().isEmpty());
  }

  @Rule("7.5")
  @EachVersion
  void failedAnswerEndsTheConnection(ProtocolVersion version) {
    assertEndsTheConnection(
        version,
        name -> CompletableFuture.failedFuture(new IllegalStateException("made by the test")));
  }

  @Rule("7.5")
  @EachVersion
  void callbackThatThrowsEndsTheConnection(ProtocolVersion version) {
    assertEndsTheConnection(
        version,
        name -> {
          throw new IllegalStateException("made by the test");
        });
  }

  @Rule("7.5")
  @EachVersion
  @SuppressWarnings("NullAway") // What callers without a checker can do is what is tested.
  void callbackWithoutAStageEndsTheConnection(ProtocolVersion version) {
    assertEndsTheConnection(version, name -> null);
  }

  @Rule("7.5")
  @EachVersion
  @SuppressWarnings("NullAway") // What callers without a checker can do is what is tested.
  void nullAnswerEndsTheConnection(ProtocolVersion version) {
    assertEndsTheConnection(version, name -> CompletableFuture.completedFuture(null));
  }

  @Rule("7.6")
  @EachVersion
  void contextOfAnotherRuntimeIsRefused(ProtocolVersion version) {
    Tls other = bench().tls(builder -> {});
    SecureContext foreign = other.createSecureContext(context("foreign"));
    var error =
        endsTheConnection(version, name -> CompletableFuture.completedFuture(Optional.of(foreign)));
    assertEquals(ErrorCode.ERR_TLS_INVALID_CONTEXT, error.error().code());
  }

  private void assertEndsTheConnection(ProtocolVersion version, SniCallback callback) {
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, endsTheConnection(version, callback).error().code());
  }

  private ServerCapture.ClientError endsTheConnection(
      ProtocolVersion version, SniCallback callback) {
    ServerOptions options = server(version).sniCallback(callback).build();
    ServerCapture server = bench().listen(options);
    Capture client = bench().connect(server.port(), named("some.example", version));
    ServerCapture.ClientError error = server.nextClientError();
    assertEquals(Optional.of("some.example"), error.socket().servername());
    client.awaitError();
    client.awaitClose();
    assertEquals(1, server.clientErrors());
    assertEquals(0, server.secureConnections());
    return error;
  }

  private static SecureContextOptions context(String name) {
    TestIdentity identity = Identities.root().leaf(CertificateSpec.server(name));
    return SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build();
  }

  private static ConnectOptions.Builder named(String host, ProtocolVersion version) {
    return client(version).servername(host).checkServerIdentity((name, cert) -> Optional.empty());
  }

  /** The common name of the certificate that a client gets who names that host. */
  private String shownTo(String host, ServerCapture server, ProtocolVersion version) {
    Capture client = bench().connect(server.port(), named(host, version));
    client.awaitSecure();
    return shown(client);
  }

  private static String shown(Capture client) {
    return client.socket().peerCertificate().orElseThrow().subject().first("CN").orElseThrow();
  }
}
