package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.OcspResponder;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.testpki.TestOcsp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.function.Executable;

/** The status of a server's certificate, stapled to its handshake. */
public abstract class OcspContract extends ProviderContract {
  /** A whole OCSPResponse without content: try later (RFC 6960 section 4.2.1). */
  private static final byte[] TRY_LATER = {0x30, 0x03, 0x0a, 0x01, 0x03};

  /** The extension of clients that ask (RFC 6066 section 8). */
  private static final int STATUS_REQUEST = 5;

  /** That the server's certificate is good; with that much beside it, to tell several apart. */
  private static byte[] good(int padding) {
    return Identities.good().padded(padding).der();
  }

  /** What a responder is asked, and when it happens. */
  private static final class Responder implements OcspResponder {
    final List<byte[]> certificates = Collections.synchronizedList(new ArrayList<>());
    final List<Optional<byte[]>> issuers = Collections.synchronizedList(new ArrayList<>());
    private final CompletionStage<Optional<byte[]>> answer;

    Responder(CompletionStage<Optional<byte[]>> answer) {
      this.answer = answer;
    }

    static Responder of(byte[] response) {
      return new Responder(CompletableFuture.completedFuture(Optional.of(response)));
    }

    @Override
    public CompletionStage<Optional<byte[]>> respond(byte[] certificate, Optional<byte[]> issuer) {
      certificates.add(certificate);
      issuers.add(issuer);
      return answer;
    }
  }

  /** What a client saw, in its order. */
  private static final class Seen {
    final List<String> order = Collections.synchronizedList(new ArrayList<>());
    final List<Optional<byte[]>> responses = Collections.synchronizedList(new ArrayList<>());

    void watch(TLSSocket socket) {
      socket.onOcspResponse(
          response -> {
            responses.add(response);
            order.add("OCSPResponse");
          });
      socket.onSecureConnect(() -> order.add("secureConnect"));
    }

    void awaitSecure(Capture socket) {
      socket.awaitSecure();
      Patience.until(() -> order.contains("secureConnect"), () -> "secureConnect");
    }
  }

  private static ConnectOptions.Builder asking(ProtocolVersion version) {
    return client(version).requestOcsp(true);
  }

  private static ServerOptions answering(ProtocolVersion version, OcspResponder responder) {
    return server(version).context(c -> c.ca(Identities.ca())).ocspResponder(responder).build();
  }

  /** Connects, and waits until the client is secure. */
  private Seen seen(ServerOptions server, ConnectOptions.Builder client) {
    Seen seen = new Seen();
    Capture socket = bench().connect(bench().listen(server).port(), client);
    seen.watch(socket.socket());
    seen.awaitSecure(socket);
    return seen;
  }

  /** The same; nothing is stapled before the client is watched. */
  private Seen stapled(ProtocolVersion version, Optional<byte[]> response) {
    CompletableFuture<Optional<byte[]>> watched = new CompletableFuture<>();
    Responder responder = new Responder(watched);
    Seen seen = new Seen();
    int port = bench().listen(answering(version, responder)).port();
    Capture socket = bench().connect(port, asking(version));
    seen.watch(socket.socket());
    watched.complete(response);
    seen.awaitSecure(socket);
    assertEquals(1, responder.certificates.size());
    return seen;
  }

  @Rule("21.1")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void clientGetsWhatTheServerWasGiven(ProtocolVersion version) {
    for (byte[] response : List.of(good(0), good(4000), good(15_000))) {
      Seen seen = stapled(version, Optional.of(response));
      assertEquals(List.of("OCSPResponse", "secureConnect"), seen.order);
      assertArrayEquals(response, seen.responses.get(0).orElseThrow());
    }
  }

  @Rule("21.2")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void callbackGetsTheCertificateAndItsIssuer(ProtocolVersion version) {
    Responder known = Responder.of(good(0));
    TLSSocket client = secure(answering(version, known), version);
    assertEquals(1, known.certificates.size());
    assertArrayEquals(Identities.server().der(), known.certificates.get(0));
    assertArrayEquals(
        client.peerCertificate().orElseThrow().issuerCertificate().orElseThrow().raw(),
        known.issuers.get(0).orElseThrow());
  }

  @Rule("21.8")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void issuerThatIsNotKnownIsEmptyOrRefused(ProtocolVersion version) {
    secure(answering(version, Responder.of(good(0))), version);
    Responder unknown = Responder.of(good(0));
    ServerOptions options = server(version).ocspResponder(unknown).build();
    try {
      secure(options, version);
    } catch (UnsupportedFeatureException refused) {
      assertEquals(Capability.OCSP_STAPLING, refused.capability());
      assertRefusedLater(version, options, tls().createSecureContext(options.context()));
      return;
    }
    assertTrue(unknown.issuers.get(0).isEmpty());
  }

  /** The same context is refused whichever way it comes to a server. */
  private void assertRefusedLater(
      ProtocolVersion version, ServerOptions options, SecureContext context) {
    Server server = bench().listen(answering(version, Responder.of(good(0)))).server();
    List<Executable> ways =
        List.of(
            () -> server.addContext("localhost", context),
            () -> server.addContext("localhost", options.context()),
            () -> server.setSecureContext(options.context()));
    for (Executable way : ways) {
      assertEquals(
          Capability.OCSP_STAPLING,
          assertThrows(UnsupportedFeatureException.class, way).capability());
    }
    ServerCapture chosen =
        bench()
            .listen(
                server(version)
                    .context(c -> c.ca(Identities.ca()))
                    .ocspResponder(Responder.of(good(0)))
                    .sniCallback(name -> CompletableFuture.completedFuture(Optional.of(context)))
                    .build());
    bench().connect(chosen.port(), asking(version).servername("localhost")).awaitError();
    assertEquals(
        Capability.OCSP_STAPLING,
        assertInstanceOf(UnsupportedFeatureException.class, chosen.nextClientError().error())
            .capability());
  }

  private TLSSocket secure(ServerOptions server, ProtocolVersion version) {
    Capture client = bench().connect(bench().listen(server).port(), asking(version));
    return client.awaitSecure();
  }

  @Rule("21.3")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void withoutAResponseThereIsAnEmptyEvent(ProtocolVersion version) {
    Seen seen = stapled(version, Optional.empty());
    assertEquals(List.of("OCSPResponse", "secureConnect"), seen.order);
    assertTrue(seen.responses.get(0).isEmpty());
  }

  @Rule("21.3")
  @Requires(Capability.OCSP_REQUEST)
  @EachVersion
  void serverThatStaplesNothingIsAnEmptyEvent(ProtocolVersion version) {
    var joined =
        bench().pairs(clientPair(version).requestOcsp(true).build(), serverPair(version).build());
    Seen seen = new Seen();
    seen.watch(joined.client().socket());
    joined.join();
    seen.awaitSecure(joined.client());
    assertEquals(List.of("OCSPResponse", "secureConnect"), seen.order);
    assertTrue(seen.responses.get(0).isEmpty());
  }

  @Rule("21.3")
  @Requires(Capability.OCSP_REQUEST)
  @EachVersion
  void whoAsksSendsTheExtension(ProtocolVersion version) {
    var joined =
        bench().pairs(clientPair(version).requestOcsp(true).build(), serverPair(version).build());
    Wire wire = joined.join();
    joined.client().awaitSecure();
    assertTrue(HelloBytes.has(wire.sentByFirst().bytes(), STATUS_REQUEST));
  }

  @Rule("21.1")
  @Requires(Capability.OCSP_REQUEST)
  @EachVersion
  void whatAnyServerStaplesIsShown(ProtocolVersion version) {
    demand(Capability.OCSP_REQUEST, version);
    Optional<Tls> stapler = stapler(version);
    if (stapler.isEmpty()) {
      // Nobody here staples: what is left is that the client asks.
      whoAsksSendsTheExtension(version);
      return;
    }
    byte[] response = good(0);
    ServerCapture server =
        bench().listen(stapler.get(), answering(version, Responder.of(response)));
    CompletableFuture<Optional<byte[]>> shown = new CompletableFuture<>();
    Capture client = bench().connect(server.port(), asking(version));
    client.socket().onOcspResponse(shown::complete);
    client.awaitSecure();
    assertArrayEquals(
        response, Patience.await(shown, "OCSPResponse").orElseThrow(AssertionError::new));
  }

  /** The provider itself if its servers staple, or another one that was found beside it. */
  private Optional<Tls> stapler(ProtocolVersion version) {
    if (tls().capabilities().of(Capability.OCSP_STAPLING).covers(version)) {
      return Optional.of(tls());
    }
    return ServiceLoader.load(TlsProviderFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> !factory.name().equals(tls().provider().name()))
        .map(factory -> bench().keep(bench().kit().newTls().provider(factory).build()))
        .filter(other -> other.capabilities().of(Capability.OCSP_STAPLING).covers(version))
        .findFirst();
  }

  @Rule("21.4")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void clientThatDoesNotAskGetsNoEvent(ProtocolVersion version) {
    Responder responder = Responder.of(good(0));
    Seen seen = seen(answering(version, responder), client(version));
    assertEquals(List.of("secureConnect"), seen.order);
    assertEquals(asksAnyway(version) ? 1 : 0, responder.certificates.size());
  }

  /** There are engines whose clients ask whether they are told to or not. */
  private boolean asksAnyway(ProtocolVersion version) {
    Workbench.Joined joined = pairs(version);
    Wire wire = joined.join();
    joined.client().awaitSecure();
    return !HelloBytes.content(wire.sentByFirst().bytes(), STATUS_REQUEST).isEmpty();
  }

  @Rule("21.5")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void answerMayComeLaterFromAnyThread(ProtocolVersion version) {
    CompletableFuture<Optional<byte[]>> later = new CompletableFuture<>();
    Responder responder = new Responder(later);
    ServerCapture listener = bench().listen(answering(version, responder));
    Seen seen = new Seen();
    Capture client = bench().connect(listener.port(), asking(version));
    seen.watch(client.socket());
    Patience.until(() -> responder.certificates.size() == 1, () -> "the callback to be asked");
    assertFalse(client.socket().secured().toCompletableFuture().isDone());
    byte[] status = good(0);
    later.complete(Optional.of(status));
    client.awaitSecure();
    assertArrayEquals(status, seen.responses.get(0).orElseThrow());
  }

  @Rule("21.6")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void callbackThatFailsEndsTheConnection(ProtocolVersion version) {
    List<OcspResponder> failing =
        List.of(
            (certificate, issuer) -> {
              throw new IllegalStateException("thrown on purpose");
            },
            (certificate, issuer) ->
                CompletableFuture.failedFuture(new IllegalStateException("failed on purpose")),
            Responder.of(new byte[0]),
            Responder.of(new byte[65_537]));
    for (OcspResponder responder : failing) {
      ServerCapture listener = bench().listen(answering(version, responder));
      Capture client = bench().connect(listener.port(), asking(version));
      client.awaitError();
      ErrorCode code = listener.nextClientError().error().code();
      assertEquals(
          responder instanceof Responder ? ErrorCode.ERR_OUT_OF_RANGE : ErrorCode.ERR_TLS_CALLBACK,
          code);
    }
  }

  @Rule("21.7")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void listenerMayEndTheConnectionBeforeItIsSecure(ProtocolVersion version) {
    CompletableFuture<Optional<byte[]>> watched = new CompletableFuture<>();
    ServerCapture listener = bench().listen(answering(version, new Responder(watched)));
    Seen seen = new Seen();
    Capture client = bench().connect(listener.port(), asking(version));
    client.socket().onOcspResponse(response -> client.socket().destroy());
    seen.watch(client.socket());
    watched.complete(Optional.of(good(0)));
    Patience.await(client.socket().closed(), "the client to be closed");
    assertFalse(seen.order.contains("secureConnect"));
  }

  @Rule("21.9")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void whatTheEngineCannotStapleIsAnError(ProtocolVersion version) {
    byte[] ofAnother =
        TestOcsp.good(Identities.root(), Identities.client(), InstantSource.system().instant())
            .der();
    for (byte[] response : List.of(TRY_LATER, ofAnother)) {
      ServerCapture listener = bench().listen(answering(version, Responder.of(response)));
      Capture client = bench().connect(listener.port(), asking(version));
      Seen seen = new Seen();
      seen.watch(client.socket());
      Patience.until(
          () -> seen.order.contains("secureConnect") || listener.clientErrors() > 0,
          () -> "an error of the server, or what it stapled");
      if (listener.clientErrors() > 0) {
        assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, listener.nextClientError().error().code());
        client.awaitError();
      } else {
        assertArrayEquals(response, seen.responses.get(0).orElseThrow());
      }
    }
  }

  @Rule("21.10")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void everyConnectionGetsItsOwnAnswer(ProtocolVersion version) {
    List<Optional<byte[]>> answers =
        List.of(
            Optional.of(good(1)),
            Optional.of(good(2)),
            Optional.empty(),
            Optional.of(good(1)),
            Optional.of(good(300)));
    AtomicReference<Optional<byte[]>> now = new AtomicReference<>(Optional.empty());
    int port =
        bench()
            .listen(
                answering(
                    version, (certificate, issuer) -> CompletableFuture.completedFuture(now.get())))
            .port();
    for (Optional<byte[]> answer : answers) {
      now.set(answer);
      assertStapled(answer, see(port, version));
    }

    List<CompletableFuture<Optional<byte[]>>> open = new CopyOnWriteArrayList<>();
    int held =
        bench()
            .listen(
                answering(
                    version,
                    (certificate, issuer) -> {
                      CompletableFuture<Optional<byte[]>> one = new CompletableFuture<>();
                      open.add(one);
                      return one;
                    }))
            .port();
    List<Seen> waiting = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      int count = i + 1;
      Seen seen = new Seen();
      seen.watch(bench().connect(held, asking(version)).socket());
      waiting.add(seen);
      Patience.until(() -> open.size() == count, () -> "the callback to be asked again");
    }
    for (int i = 0; i < answers.size(); i++) {
      open.get(i).complete(answers.get(i));
    }
    for (int i = 0; i < answers.size(); i++) {
      Seen seen = waiting.get(i);
      Patience.until(() -> seen.order.contains("secureConnect"), () -> "secureConnect");
      assertStapled(answers.get(i), seen);
    }
  }

  private Seen see(int port, ProtocolVersion version) {
    Seen seen = new Seen();
    Capture client = bench().connect(port, asking(version));
    seen.watch(client.socket());
    seen.awaitSecure(client);
    return seen;
  }

  private static void assertStapled(Optional<byte[]> answer, Seen seen) {
    assertArrayEquals(answer.orElse(new byte[0]), seen.responses.get(0).orElse(new byte[0]));
  }

  @Rule("21.11")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void clientsResumeWhenTheAnswerHasChanged(ProtocolVersion version) {
    List<byte[]> answers = List.of(good(1), good(2));
    AtomicInteger asked = new AtomicInteger();
    ServerCapture listener =
        bench()
            .listen(
                answering(
                    version,
                    (certificate, issuer) ->
                        CompletableFuture.completedFuture(
                            Optional.of(answers.get(asked.getAndIncrement())))));
    if (!tls().capabilities().of(Capability.SESSION_RESUMPTION).covers(version)) {
      assertStapled(Optional.of(answers.get(0)), see(listener.port(), version));
      return;
    }
    CompletableFuture<Session> made = new CompletableFuture<>();
    Capture first = bench().connect(listener.port(), asking(version));
    first.socket().onSession(made::complete);
    greet(listener, first);
    Session session = Patience.await(made, "a session");
    Capture second = bench().connect(listener.port(), asking(version).session(session));
    greet(listener, second);
    assertTrue(second.socket().sessionReused());
    assertEquals(2, asked.get());
  }

  /** Some servers send tickets with their first data only. */
  private static void greet(ServerCapture listener, Capture client) {
    client.awaitSecure();
    listener.next().awaitSecure().write("!");
    client.collect().awaitBytes(1);
  }

  @Rule("21.12")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void callbackThatNeverAnswersEndsAtTheHandshakeTimeout(ProtocolVersion version) {
    Responder silent = new Responder(new CompletableFuture<>());
    ServerCapture listener =
        bench()
            .listen(
                server(version)
                    .context(c -> c.ca(Identities.ca()))
                    .ocspResponder(silent)
                    .handshakeTimeout(Duration.ofMillis(300))
                    .build());
    Capture client = bench().connect(listener.port(), asking(version));
    client.awaitError();
    assertEquals(1, silent.certificates.size());
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, listener.nextClientError().error().code());
  }
}
