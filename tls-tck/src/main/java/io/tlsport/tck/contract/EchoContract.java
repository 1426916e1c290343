package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.Duplex;
import io.tlsport.ProtocolVersion;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.Workbench.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Timeout;

/** What arrives is what was sent. */
public abstract class EchoContract extends ProviderContract {
  private static final int BULK = 20 * 1024 * 1024;
  private static final int PIECE = 64 * 1024;

  @Rule("2.1")
  @EachVersion
  @Timeout(60)
  void bulkComesBackIntact(ProtocolVersion version) {
    Payload payload = Payload.of(bench().bulk(BULK));
    Connection connection = connection(version, server -> server.socket().pipeTo(server.socket()));
    Capture client = connection.client().collect();
    new Sender(client.socket(), payload).start();
    assertEquals(payload.sha256(), client.awaitBulk(payload.size()).sha256());
  }

  @Rule("2.2")
  @EachVersion
  @Timeout(60)
  void bulkPassesBothWaysAtOnce(ProtocolVersion version) {
    Payload payload = Payload.of(bench().bulk(BULK));
    Connection connection = connection(version);
    Capture client = connection.client().collect();
    Capture server = connection.server().collect();
    new Sender(client.socket(), payload).start();
    new Sender(server.socket(), payload).start();
    assertEquals(payload.sha256(), server.awaitBulk(payload.size()).sha256());
    assertEquals(payload.sha256(), client.awaitBulk(payload.size()).sha256());
  }

  @Rule("2.3")
  @EachVersion
  @Timeout(60)
  void transportOfSingleBytesCarriesEverything(ProtocolVersion version) {
    Payload payload = Payload.of(64 * 1024);
    var joined = pairs(version);
    joined.server().socket().pipeTo(joined.server().socket());
    joined.client().collect();
    joined.join(1);
    joined.client().socket().write(payload.bytes());
    assertEquals(payload.sha256(), joined.client().awaitBulk(payload.size()).sha256());
  }

  @Rule("2.4")
  @EachVersion
  void writesBeforeTheHandshakeWaitForIt(ProtocolVersion version) {
    var joined = pairs(version);
    joined.client().socket().write("one, ");
    joined.client().socket().write("two, ");
    joined.server().socket().write("three, ");
    joined.server().socket().write("four");
    joined.server().collect();
    joined.client().collect();
    joined.join();
    joined.client().awaitSecure();
    assertEquals("one, two, ", joined.server().awaitBytes(10).text());
    assertEquals("three, four", joined.client().awaitBytes(11).text());
  }

  @Rule("2.5")
  @EachVersion
  void everySizeAroundARecordArrives(ProtocolVersion version) {
    Connection connection = connection(version, server -> server.socket().pipeTo(server.socket()));
    Capture client = connection.client().collect();
    int[] sizes = {1, 2, 511, 512, 16383, 16384, 16385, 32768, 32769, 65535, 65536, 65537};
    java.io.ByteArrayOutputStream sent = new java.io.ByteArrayOutputStream();
    for (int size : sizes) {
      byte[] bytes = Payload.of(size).bytes();
      sent.writeBytes(bytes);
      client.socket().write(bytes);
    }
    assertArrayEquals(sent.toByteArray(), client.awaitBytes(sent.size()).bytes());
  }

  @Rule("2.6")
  @EachVersion
  void writeCompletesOnceTheTransportTookIt(ProtocolVersion version) {
    Connection connection = connection(version);
    Capture server = connection.server().collect();
    CompletionStage<Void> written = connection.client().socket().write(Payload.of(100).bytes());
    Patience.await(written, "the write to complete");
    assertEquals(100, connection.client().socket().bytesWritten());
    server.awaitBytes(100);
    assertEquals(100, server.socket().bytesRead());
  }

  @Rule("2.7")
  @EachVersion
  @Timeout(60)
  void blockingViewsCarryBulk(ProtocolVersion version) throws IOException {
    Payload payload = Payload.of(bench().bulk(4 * 1024 * 1024));
    Connection connection = connection(version, server -> server.socket().pipeTo(server.socket()));
    try (InputStream in = connection.client().socket().inputStream();
        OutputStream out = connection.client().socket().outputStream()) {
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(out, payload));
      byte[] back = in.readNBytes(payload.size());
      Patience.await(sent, "the sending thread");
      assertArrayEquals(payload.bytes(), back);
    }
  }

  private static void send(OutputStream out, Payload payload) {
    try {
      out.write(payload.bytes());
      out.flush();
    } catch (IOException failed) {
      throw new AssertionError("writing to the blocking view failed", failed);
    }
  }

  /** Sends a payload in pieces, no faster than the socket takes them. */
  private static final class Sender {
    private final Duplex target;
    private final Payload payload;
    private int sent;

    Sender(Duplex target, Payload payload) {
      this.target = target;
      this.payload = payload;
    }

    void start() {
      target.onDrain(this::send);
      send();
    }

    private synchronized void send() {
      while (sent < payload.size() && target.writable()) {
        int size = Math.min(PIECE, payload.size() - sent);
        sent += size;
        target.write(payload.slice(sent - size, size));
      }
    }
  }
}
