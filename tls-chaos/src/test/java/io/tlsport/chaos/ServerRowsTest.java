package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Blame;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.tck.fixture.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Timeout;

/** Our client against servers that are up to something. */
@Timeout(60)
class ServerRowsTest {
  private static final List<ProtocolVersion> VERSIONS =
      Arrays.asList(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13);
  private static final Made SERVER = CertificateMaker.leaf("CN=host").hosts("localhost").make();
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int FLOOD = 10_000;

  /** How a ServerHello says that it is a HelloRetryRequest (RFC 8446 section 4.1.3). */
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  /** A client of such a server, and all that it tells. */
  private static final class Client implements AutoCloseable {
    private final Tls tls;
    private final TLSSocket socket;
    private final List<TlsException> errors = new CopyOnWriteArrayList<>();
    private final AtomicLong received = new AtomicLong();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    Client(String provider, HostileServer server) {
      this.tls = Tls.builder().provider(provider).build();
      this.socket =
          tls.connect(
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(server.port())
                  .servername("localhost")
                  .handshakeTimeout(DEADLINE)
                  .context(context -> context.ca(Pem.of(SERVER.pem())))
                  .build());
      socket.onError(errors::add);
      socket.onData(data -> received.addAndGet(data.remaining()));
      socket.onClose(() -> closed.complete(null));
    }

    /** It ends by one error that is the server's fault, and no data came. */
    TlsException refuses() {
      TlsException error = fails();
      assertEquals(Blame.PEER, error.blame(), error::toString);
      return error;
    }

    /** It ends by one error, and no data came. */
    TlsException fails() {
      Patience.await(closed, "the client to have had enough");
      assertEquals(1, errors.size(), errors::toString);
      assertEquals(0, received.get(), "data of a server that was refused");
      return errors.get(0);
    }

    @Override
    public void close() {
      tls.close();
    }
  }

  private static void refused(
      String provider, UnaryOperator<byte[]> signature, HostileServer.After after)
      throws IOException {
    for (ProtocolVersion version : VERSIONS) {
      try (HostileServer server = HostileServer.of(SERVER, version, signature, after);
          Client client = new Client(provider, server)) {
        client.refuses();
      }
    }
  }

  private static void data(HostileServer.Protocol protocol) throws IOException {
    protocol.record(TlsAttacker.DATA, (byte) 'x');
    protocol.awaitEnd();
  }

  @EachProvider
  void row36_aWrongSignatureIsRefused(String provider) throws IOException {
    refused(
        provider,
        signature -> {
          signature[signature.length - 1] ^= 1;
          return signature;
        },
        ServerRowsTest::data);
  }

  /** CVE-2022-21449: r = s = 0 was taken for everybody's signature. */
  @EachProvider
  void row36_aSignatureOfZerosIsRefused(String provider) throws IOException {
    refused(provider, signature -> new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}, ServerRowsTest::data);
  }

  /** r and s of the size that they should have, and of the group's order, which is zero again. */
  @EachProvider
  void row36_aSignatureOfTheOrderIsRefused(String provider) throws IOException {
    byte[] order =
        HexFormat.of()
            .parseHex("00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0x30, 70});
    for (int i = 0; i < 2; i++) {
      out.write(new byte[] {2, 33});
      out.write(order);
    }
    refused(provider, signature -> out.toByteArray(), ServerRowsTest::data);
  }

  /** What it would show is otherwise the certificate of somebody else. */
  @EachProvider
  void row36_anHonestServerIsServedFrom(String provider) throws IOException {
    for (ProtocolVersion version : VERSIONS) {
      try (HostileServer server =
              HostileServer.of(
                  SERVER,
                  version,
                  UnaryOperator.identity(),
                  protocol -> {
                    for (int i = 0; i < 16_384; i++) {
                      protocol.record(TlsAttacker.DATA, (byte) i);
                    }
                    protocol.close();
                  });
          Client client = new Client(provider, server)) {
        Patience.until(
            () -> client.received.get() == 16_384,
            () -> "records of one byte, of which came " + client.received + ", " + client.errors);
        Patience.await(client.closed, "the end");
        assertEquals(List.of(), client.errors);
      }
    }
  }

  private static void cut(String provider, ProtocolVersion version, byte[] message)
      throws IOException {
    try (HostileServer server =
            HostileServer.of(
                SERVER,
                version,
                UnaryOperator.identity(),
                protocol -> {
                  for (int i = 0; i < FLOOD; i++) {
                    protocol.record(TlsAttacker.HANDSHAKE, message);
                  }
                  protocol.awaitEnd();
                });
        Client client = new Client(provider, server)) {
      assertNotEquals(Blame.PROVIDER, client.fails().blame());
    }
  }

  @EachProvider
  void row36_aFloodOfTicketsIsCut(String provider) throws IOException {
    byte[] ticket = new byte[4 + 4 + 4 + 1 + 2 + 64 + 2];
    ticket[0] = 4;
    ticket[3] = (byte) (ticket.length - 4);
    ticket[6] = 1; // a lifetime of 256 s
    ticket[14] = 64;
    cut(provider, ProtocolVersion.TLSv13, ticket);
  }

  @EachProvider
  void row36_aFloodOfHelloRequestsIsCut(String provider) throws IOException {
    cut(provider, ProtocolVersion.TLSv12, new byte[4]);
  }

  // --- by hand

  private static byte[] record(byte[] message) {
    byte[] record = new byte[5 + message.length];
    record[0] = 22;
    record[1] = 3;
    record[2] = 3;
    record[3] = (byte) (message.length >> 8);
    record[4] = (byte) message.length;
    System.arraycopy(message, 0, record, 5, message.length);
    return record;
  }

  private static byte[] serverHello(byte[] random, byte[] session, int suite, byte[] extensions) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = 2 + 32 + 1 + session.length + 2 + 1 + 2 + extensions.length;
    out.writeBytes(new byte[] {2, 0, (byte) (length >> 8), (byte) length, 3, 3});
    out.writeBytes(random);
    out.write(session.length);
    out.writeBytes(session);
    out.writeBytes(new byte[] {(byte) (suite >> 8), (byte) suite, 0});
    out.writeBytes(new byte[] {(byte) (extensions.length >> 8), (byte) extensions.length});
    out.writeBytes(extensions);
    return record(out.toByteArray());
  }

  /** Agrees to TLS 1.2, and goes on in its own way. */
  private static HostileServer agreeing(HostileServer.Service next) {
    byte[] extensions = HexFormat.of().parseHex("ff01000100" + "00170000" + "000b00020100");
    return HostileServer.raw(
        socket -> {
          HostileServer.readRecord(socket);
          socket
              .getOutputStream()
              .write(serverHello(new byte[32], new byte[0], 0xc02b, extensions));
          next.serve(socket);
        });
  }

  private static void drain(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** Each hello is answered by the wish for another one. */
  @EachProvider
  void row36_aSecondHelloRetryRequestIsRefused(String provider) throws IOException {
    byte[] extensions = HexFormat.of().parseHex("002b00020304" + "002c0006000463757265");
    try (HostileServer server =
            HostileServer.raw(
                socket -> {
                  byte[] hello = HostileServer.readRecord(socket);
                  byte[] retry =
                      serverHello(RETRY, HostileServer.session(hello), 0x1301, extensions);
                  for (int i = 0; i < 5; i++) {
                    socket.getOutputStream().write(retry);
                  }
                  drain(socket);
                });
        Client client = new Client(provider, server)) {
      client.refuses();
    }
  }

  /** A chain without end is not collected. */
  @EachProvider
  void row36_endlessCertificatesAreRefused(String provider) throws IOException {
    AtomicLong sent = new AtomicLong();
    try (HostileServer server =
            agreeing(
                socket -> {
                  OutputStream out = socket.getOutputStream();
                  byte[] head = new byte[16_000];
                  Arrays.fill(head, 0, 4, (byte) 0xff);
                  head[0] = 11;
                  out.write(record(head));
                  byte[] rest = record(new byte[16_000]);
                  while (sent.get() < 256L << 20) {
                    out.write(rest);
                    sent.addAndGet(rest.length);
                  }
                });
        Client client = new Client(provider, server)) {
      client.refuses();
    }
    assertTrue(sent.get() < 64L << 20, () -> sent + " bytes were taken");
  }

  @EachProvider
  void row36_aServerThatSaysNothingIsLeftAtTheDeadline(String provider) throws IOException {
    try (HostileServer server = HostileServer.raw(ServerRowsTest::drain);
        Client client = new Client(provider, server)) {
      assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, client.refuses().code());
    }
  }

  /** CVE-2020-2816: data in the clear, in mid-handshake, was taken for data of the connection. */
  @EachProvider
  void row36_dataBeforeTheEndOfTheHandshakeIsRefused(String provider) throws IOException {
    try (HostileServer server =
            agreeing(
                socket -> {
                  OutputStream out = socket.getOutputStream();
                  out.write(new byte[] {23, 3, 3, 0, 2, 'h', 'i'});
                  drain(socket);
                });
        Client client = new Client(provider, server)) {
      client.refuses();
    }
  }
}
