package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.OcspResponder;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The status of a server's certificate, stapled to its handshake. */
public abstract class OcspContract extends ProviderContract {
  /** A whole OCSPResponse without content: try later (RFC 6960 section 4.2.1). */
  private static final byte[] TRY_LATER = {0x30, 0x03, 0x0a, 0x01, 0x03};

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
    return server(version).ocspResponder(responder).build();
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
    for (byte[] response : List.of(TRY_LATER, response(4000), response(60_000))) {
      Seen seen = stapled(version, Optional.of(response));
      assertEquals(List.of("OCSPResponse", "secureConnect"), seen.order);
      assertArrayEquals(response, seen.responses.get(0).orElseThrow());
    }
  }

  @Rule("21.2")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void callbackGetsTheCertificateAndItsIssuer(ProtocolVersion version) {
    Responder known = Responder.of(TRY_LATER);
    TLSSocket client =
        secure(
            server(version).context(c -> c.ca(Identities.ca())).ocspResponder(known).build(),
            version);
    assertEquals(1, known.certificates.size());
    assertArrayEquals(Identities.server().der(), known.certificates.get(0));
    assertArrayEquals(
        client.peerCertificate().orElseThrow().issuerCertificate().orElseThrow().raw(),
        known.issuers.get(0).orElseThrow());

    Responder unknown = Responder.of(TRY_LATER);
    secure(answering(version, unknown), version);
    assertTrue(unknown.issuers.get(0).isEmpty());
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

  @Rule("21.4")
  @Requires(Capability.OCSP_STAPLING)
  @EachVersion
  void clientThatDoesNotAskGetsNoEvent(ProtocolVersion version) {
    Responder responder = Responder.of(TRY_LATER);
    Seen seen = seen(answering(version, responder), client(version));
    assertEquals(List.of("secureConnect"), seen.order);
    assertTrue(responder.certificates.isEmpty());
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
    later.complete(Optional.of(TRY_LATER));
    client.awaitSecure();
    assertArrayEquals(TRY_LATER, seen.responses.get(0).orElseThrow());
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
    watched.complete(Optional.of(TRY_LATER));
    Patience.await(client.socket().closed(), "the client to be closed");
    assertFalse(seen.order.contains("secureConnect"));
  }

  /** A whole OCSPResponse of a type that nobody knows, with so much content. */
  private static byte[] response(int size) {
    byte[] type = {0x06, 0x03, 0x2a, 0x03, 0x04};
    byte[] bytes = join(type, tagged(0x04, new byte[size]));
    byte[] successful = {0x0a, 0x01, 0x00};
    return tagged(0x30, join(successful, tagged(0xa0, tagged(0x30, bytes))));
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(one);
    all.writeBytes(other);
    return all.toByteArray();
  }

  private static byte[] tagged(int tag, byte[] content) {
    byte[] header =
        content.length < 0x80
            ? new byte[] {(byte) tag, (byte) content.length}
            : new byte[] {
              (byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length
            };
    return join(header, content);
  }
}
