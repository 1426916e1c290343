package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawListener;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a socket offers beside its bytes. */
public abstract class SocketContract extends ProviderContract {
  @Rule("11.1")
  @EachVersion
  void characterThatRecordsCutArrivesWhole(ProtocolVersion version) {
    byte[] euro = "\u20AC".getBytes(StandardCharsets.UTF_8);
    List<String> texts = new CopyOnWriteArrayList<>();
    Connection connection = connection(version, server -> server.socket().onText(texts::add));
    for (int i = 0; i < euro.length; i++) {
      connection.client().socket().write(new byte[] {euro[i]});
      int sent = i + 1;
      Patience.until(() -> connection.server().socket().bytesRead() >= sent, () -> sent + " bytes");
    }
    Patience.until(() -> !texts.isEmpty(), () -> "the character");
    assertEquals(List.of("\u20AC"), texts);
  }

  @Rule("11.1")
  @EachVersion
  void bytesThatAreNoTextBecomeTheReplacementCharacter(ProtocolVersion version) {
    List<String> texts = new CopyOnWriteArrayList<>();
    Connection connection = connection(version, server -> server.socket().onText(texts::add));
    connection.client().collect().socket().write(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2});
    connection.client().socket().end();
    connection.server().awaitEnd();
    assertEquals("a\uFFFDb\uFFFD", String.join("", texts));
  }

  @Rule("11.1")
  @EachVersion
  void encodingCanBeSet(ProtocolVersion version) {
    List<String> texts = new CopyOnWriteArrayList<>();
    Connection connection =
        connection(
            version,
            server -> server.socket().setEncoding(StandardCharsets.UTF_16BE).onText(texts::add));
    connection.client().socket().write("gr\u00FCn".getBytes(StandardCharsets.UTF_16BE));
    Patience.until(() -> String.join("", texts).length() >= 4, () -> "the text");
    assertEquals("gr\u00FCn", String.join("", texts));
  }

  @Rule("11.2")
  @EachVersion
  void pipeEndsItsTarget(ProtocolVersion version) {
    Connection to = connection(version, Capture::collect);
    Connection from = connection(version, server -> server.socket().pipeTo(to.client().socket()));
    from.client().collect().socket().end("handed on");
    to.server().awaitEnd();
    assertEquals("handed on", to.server().received().text());
  }

  @Rule("11.3")
  @EachVersion
  void silenceIsATimeout(ProtocolVersion version) {
    Connection connection = connection(version);
    Signal timedOut = new Signal();
    connection.client().socket().onTimeout(timedOut::fire);
    connection.client().socket().setTimeout(Duration.ofMillis(200));
    timedOut.await("timeout");
    assertFalse(connection.client().events().contains("close"), "a timeout closes nothing");
  }

  @Rule("11.3")
  @EachVersion
  void timeoutCanBeSwitchedOff(ProtocolVersion version) {
    Connection connection = connection(version);
    Signal timedOut = new Signal();
    connection.client().socket().onTimeout(timedOut::fire);
    connection.client().socket().setTimeout(Duration.ofSeconds(1));
    connection.client().socket().setTimeout(Duration.ZERO);
    assertFalse(
        Patience.holdsWithin(timedOut::isFired, Duration.ofMillis(1300)),
        "timeout came although it was switched off");
  }

  @Rule("11.4")
  @EachVersion
  void addressesOfBothEndsAgree(ProtocolVersion version) {
    Connection connection = connection(version);
    TLSSocket client = connection.client().socket();
    TLSSocket server = connection.server().socket();
    assertEquals(connection.listener().server().address(), client.remote());
    assertEquals(client.address(), server.remote());
    assertEquals(server.address(), client.remote());
    assertEquals(client.localPort(), server.remotePort());
    assertEquals("127.0.0.1", server.remoteAddress().orElseThrow());
  }

  @Rule("11.5")
  @EachVersion
  void countersOfBothEndsAgree(ProtocolVersion version) {
    Joined joined = pairs(version);
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    joined.client().socket().write(new byte[1000]);
    joined.server().collect().awaitBytes(1000);
    TLSSocket client = joined.client().socket();
    TLSSocket server = joined.server().socket();
    assertEquals(1000, client.bytesWritten());
    assertEquals(1000, server.bytesRead());
    Patience.until(
        () -> client.encryptedBytesWritten() == server.encryptedBytesRead(),
        () -> joined.client() + " and " + joined.server() + " to agree");
    assertTrue(client.encryptedBytesWritten() > 1000);
  }

  @Rule("11.6")
  @Test
  void hostThatDoesNotResolve() {
    // A label of 64 characters is no name at all, so nobody outside has to be asked.
    String host = "a".repeat(64) + ".example";
    Capture client = bench().connect(client().host(host).port(443).build());
    assertCannotConnect(client, ErrorCode.ENOTFOUND);
  }

  @Rule("11.6")
  @Test
  void portOnWhichNobodyListens() {
    assertCannotConnect(
        bench().connect(RawListener.closedPort(), client()), ErrorCode.ECONNREFUSED);
  }

  private static void assertCannotConnect(Capture client, ErrorCode code) {
    TlsException error = client.awaitError();
    assertEquals(code, error.code(), error::toString);
    assertTrue(error instanceof TransportException, error::toString);
    client.awaitClose();
    assertEquals(List.of(Capture.error(code), "close"), client.events());
    assertEquals(code, Patience.awaitFailure(client.socket().secured(), "secured()").code());
  }

  @Rule("11.7")
  @EachVersion
  void listenerThatThrowsDestroysTheSocket(ProtocolVersion version) {
    Connection connection = connection(version);
    Capture client = connection.client();
    client
        .socket()
        .onData(
            data -> {
              throw new IllegalStateException("made by the test");
            });
    connection.server().collect().socket().write("hello");
    TlsException error = client.awaitError();
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, error.code());
    client.awaitClose();
    connection.server().awaitClose();
    assertEquals(1, client.errors().size());
  }

  @Rule("11.7")
  @EachVersion
  void loopLivesOnAfterAListenerThrew(ProtocolVersion version) {
    Tls oneLoop = bench().tls(builder -> builder.eventLoops(1));
    ServerCapture listener = bench().listen(oneLoop, server(version).build());
    Capture other = bench().connect(oneLoop, listener.port(), client(version));
    other.awaitSecure();
    Capture peer = listener.next();
    peer.collect().awaitSecure();
    Capture client = bench().connect(oneLoop, listener.port(), client(version));
    client
        .socket()
        .onSecureConnect(
            () -> {
              throw new AssertionError("made by the test");
            });
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, client.awaitError().code());
    client.awaitClose();
    assertEquals(1, client.errors().size());
    other.socket().write("hello");
    peer.awaitBytes(5);
    assertEquals(List.of(), other.errors());
  }

  @Rule("11.8")
  @EachVersion
  void dataEventsAndBlockingViewExcludeEachOther(ProtocolVersion version) throws IOException {
    Connection connection = connection(version);
    connection.client().collect();
    assertThrows(IllegalStateException.class, () -> connection.client().socket().inputStream());
    try (var view = connection.server().socket().inputStream()) {
      assertThrows(IllegalStateException.class, () -> connection.server().collect());
      connection.client().socket().write("hello");
      assertEquals("hello", new String(view.readNBytes(5), StandardCharsets.UTF_8));
    }
  }

  @Rule("11.8")
  @EachVersion
  void blockingViewIsRefusedOnAnEventLoop(ProtocolVersion version) {
    CompletableFuture<Boolean> refused = new CompletableFuture<>();
    connection(
        version,
        server -> {
          try {
            server.socket().inputStream();
            refused.complete(false);
          } catch (IllegalStateException expected) {
            refused.complete(true);
          }
        });
    assertTrue(Patience.await(refused, "the answer"), "a view on its own loop would block it");
  }

  @Rule("11.8")
  @EachVersion
  void blockingViewEndsAtTheEndAndTellsTheCause(ProtocolVersion version) throws IOException {
    Joined joined = pairs(version);
    var wire = joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    try (var view = joined.client().socket().inputStream()) {
      joined.server().socket().write("hello");
      assertEquals("hello", new String(view.readNBytes(5), StandardCharsets.UTF_8));
      wire.cut();
      IOException failed = assertThrows(IOException.class, view::read);
      assertTrue(failed.getCause() instanceof TlsException, failed::toString);
    }
  }

  @Rule("11.9")
  @EachVersion
  void buffersOfDataEventsAreReadOnly(ProtocolVersion version) {
    AtomicReference<ByteBuffer> seen = new AtomicReference<>();
    Connection connection = connection(version, server -> server.socket().onData(seen::set));
    connection.client().socket().write("hello");
    Patience.until(() -> seen.get() != null, () -> "data");
    assertTrue(seen.get().isReadOnly());
  }

  @Rule("11.9")
  @EachVersion
  void writeTakesACopy(ProtocolVersion version) {
    Connection connection = connection(version, Capture::collect);
    byte[] bytes = "before".getBytes(StandardCharsets.UTF_8);
    connection.client().socket().write(bytes);
    bytes[0] = 'X';
    assertEquals("before", connection.server().awaitBytes(6).text());
  }

  @Rule("11.10")
  @EachVersion
  void eventsRunWhereTheApplicationSays(ProtocolVersion version) {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "the application's"));
    bench().keep(executor::shutdownNow);
    var other = bench().tls(builder -> builder.callbackExecutor(executor));
    Connection connection = connection(version, server -> server.socket().pipeTo(server.socket()));
    List<String> threads = new CopyOnWriteArrayList<>();
    Capture client =
        Capture.of(
            other.connect(
                client(version).host("127.0.0.1").port(connection.listener().port()).build()));
    client.socket().onSecureConnect(() -> threads.add(Thread.currentThread().getName()));
    client.collect(data -> threads.add(Thread.currentThread().getName()));
    client.socket().write("hello");
    client.awaitBytes(5);
    client.socket().onClose(() -> threads.add(Thread.currentThread().getName()));
    client.socket().destroy();
    client.awaitClose();
    Patience.until(() -> threads.size() >= 3, () -> "three events, so far on " + threads);
    assertEquals(java.util.Set.of("the application's"), java.util.Set.copyOf(threads));
  }

  @Rule("11.11")
  @EachVersion
  void listenersRunInTheOrderInWhichTheyWereAdded(ProtocolVersion version) {
    List<String> order = new CopyOnWriteArrayList<>();
    Connection connection =
        connection(
            version,
            server ->
                server
                    .socket()
                    .onData(data -> order.add("first"))
                    .onData(data -> order.add("second")));
    connection.client().socket().write("hello");
    Patience.until(() -> order.size() >= 2, () -> "both listeners");
    assertEquals(List.of("first", "second"), order);
    CompletableFuture<Void> late = new CompletableFuture<>();
    connection.client().socket().onSecureConnect(() -> late.complete(null));
    Patience.await(late, "secureConnect, for a listener that came late");
  }

  @Rule("11.12")
  @EachVersion
  void socketTellsWhatItIs(ProtocolVersion version) {
    TLSSocket client = connection(version).client().socket();
    assertTrue(client.encrypted());
    assertTrue(client.secure());
    assertEquals(tls().provider().name(), client.provider());
  }
}
