package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.RawPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that end in the wrong way, and wires that damage what they carry. */
@Timeout(60)
class EndRowsTest {
  private static final List<ProtocolVersion> VERSIONS =
      Arrays.asList(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13);

  /** How a connection is cut off. */
  private interface Cut {
    void cut(TlsAttacker attacker) throws IOException;
  }

  private static void truncated(String provider, ErrorCode code, Cut cut) throws IOException {
    for (ProtocolVersion version : VERSIONS) {
      AtomicInteger delivered = new AtomicInteger();
      AtomicInteger ends = new AtomicInteger();
      try (Victim victim =
              Victim.of(
                  provider,
                  options -> {},
                  settings -> {},
                  socket -> {
                    socket.onEnd(ends::incrementAndGet);
                    socket.onData(
                        data -> {
                          delivered.addAndGet(data.remaining());
                          socket.write(data);
                        });
                  });
          TlsAttacker attacker = TlsAttacker.connect(victim.port(), version)) {
        attacker.write(new byte[1000]);
        attacker.read(1000);
        cut.cut(attacker);
        victim.broke(1, code);
        assertEquals(1000, delivered.get(), "what came before the cut");
        assertEquals(0, ends.get(), "a cut is no end");
        victim.isFreeAfter(attacker);
      }
    }
  }

  @EachProvider
  void row16_anEndWithoutCloseNotifyIsAnError(String provider) throws IOException {
    truncated(
        provider,
        ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING,
        attacker -> attacker.socket().shutdownOutput());
  }

  @EachProvider
  void row16_anEndInARecordIsAnError(String provider) throws IOException {
    truncated(
        provider,
        ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING,
        attacker -> {
          attacker.socket().getOutputStream().write(new byte[] {23, 3, 3, 1, 0, 1, 2, 3});
          attacker.socket().shutdownOutput();
        });
  }

  @EachProvider
  void row16_aResetIsAnError(String provider) throws IOException {
    truncated(
        provider,
        ErrorCode.ECONNRESET,
        attacker -> {
          attacker.socket().setSoLinger(true, 0);
          attacker.socket().close();
        });
  }

  @EachProvider
  void row17_aPeerThatDoesNotAnswerCloseNotifyKeepsNoDescriptor(String provider)
      throws IOException {
    Duration patience = Duration.ofSeconds(1);
    for (ProtocolVersion version : VERSIONS) {
      try (Victim victim =
              Victim.of(
                  provider,
                  options -> options.closeTimeout(patience),
                  settings -> {},
                  socket -> {
                    socket.onData(data -> {});
                    socket.end();
                  });
          TlsAttacker attacker = TlsAttacker.connect(victim.port(), version)) {
        long began = System.nanoTime();
        assertTrue(
            Patience.holdsWithin(() -> victim.server().connections() == 0, patience.plusSeconds(1)),
            "the connection is still there");
        assertTrue(System.nanoTime() - began < patience.plusSeconds(1).toNanos());
        attacker.awaitEnd();
        victim.isFreeAfter(attacker);
      }
    }
  }

  /** CVE-2026-42577: a reset behind a half-close was not seen. The others know no half-close. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"jdk", "bctls"})
  void row16_resetsBehindAHalfCloseLeaveNothing(String provider) throws IOException {
    try (Victim victim =
        Victim.of(
            provider,
            options ->
                options
                    .allowHalfOpen(true)
                    .context(
                        context ->
                            context
                                .key(Identities.server().key())
                                .cert(Identities.server().chain())
                                .minVersion(io.tlsport.ProtocolVersion.TLS_1_3)),
            settings -> {},
            socket -> {
              socket.onData(data -> {});
              socket.onEnd(
                  () -> {
                    socket.write(ByteBuffer.allocate(1));
                    socket.end();
                  });
            })) {
      for (int i = 0; i < 300; i++) {
        RawPeer peer = RawPeer.connect(victim.port());
        peer.end();
        peer.reset();
      }
      for (int i = 0; i < 20; i++) {
        TlsAttacker attacker = TlsAttacker.connect(victim.port());
        attacker.record(TlsAttacker.ALERT, (byte) 1, (byte) 0);
        attacker.socket().shutdownOutput();
        attacker.socket().setSoLinger(true, 0);
        attacker.close();
      }
      victim.isFreeAfter();
    }
  }

  /** Nobody tells a server that the network has gone: its own clock does. */
  @EachProvider
  void row32_aPeerThatVanishedIsLeftByTheIdleTimeout(String provider) throws IOException {
    try (Victim victim =
            Victim.of(
                provider,
                options -> {},
                settings -> {},
                socket -> {
                  socket.setTimeout(Duration.ofMillis(300));
                  socket.onTimeout(socket::destroy);
                  socket.pipeTo(socket);
                });
        TlsAttacker attacker = TlsAttacker.connect(victim.port())) {
      attacker.write((byte) 1);
      attacker.read(1);
      attacker.awaitEnd();
      victim.isFreeAfter(attacker);
    }
  }

  // --- faults on the wire

  /** A handshake and an echo over that wire; true if all of it came back. */
  private static boolean echoes(Tls tls, int port, List<TlsException> errors) {
    byte[] data = new byte[5000];
    Arrays.fill(data, (byte) 'd');
    TLSSocket socket =
        tls.connect(
            ConnectOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .servername("localhost")
                .handshakeTimeout(Victim.HANDSHAKE)
                .context(context -> context.ca(Identities.ca()))
                .build());
    ByteBuffer back = ByteBuffer.allocate(data.length);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    socket.setTimeout(Duration.ofSeconds(1));
    socket.onTimeout(socket::destroy);
    socket.onError(errors::add);
    socket.onClose(
        () -> {
          done.complete(false);
          closed.complete(null);
        });
    socket.onData(
        bytes -> {
          back.put(bytes);
          if (!back.hasRemaining()) {
            done.complete(true);
          }
        });
    socket.write(ByteBuffer.wrap(data));
    boolean whole = Patience.await(done, "the echo, or the end");
    if (whole) {
      assertArrayEquals(data, back.array());
    }
    socket.destroy();
    Patience.await(closed, "the close");
    return whole;
  }

  @EachProvider
  void row16_aWireThatOnlyChopsAndDelaysHarmsNothing(String provider) throws IOException {
    List<TlsException> errors = new CopyOnWriteArrayList<>();
    try (Victim victim = Victim.of(provider);
        FaultProxy slow =
            FaultProxy.to(
                victim.port(),
                () -> FaultProxy.chop(7),
                () -> FaultProxy.delay(Duration.ofMillis(20)))) {
      assertTrue(echoes(victim.tls(), slow.port(), errors));
      assertEquals(List.of(), errors);
    }
  }

  /** At many places of both flights and of the data, in both directions. */
  @EachProvider
  void row16_aDamagedWireIsATypedErrorOnceAndNothingStaysBehind(String provider)
      throws IOException {
    List<FaultProxy.Faults> faults = new ArrayList<>();
    for (long place : new long[] {3, 60, 300, 700, 1300, 2500}) {
      faults.add(() -> FaultProxy.corrupt(place));
      faults.add(() -> FaultProxy.reset(place));
      faults.add(() -> FaultProxy.halfClose(place));
      faults.add(() -> FaultProxy.duplicate(place));
    }
    faults.add(() -> FaultProxy.drop(200));
    try (Victim victim = Victim.of(provider)) {
      for (FaultProxy.Faults fault : faults) {
        damaged(victim, fault, FaultProxy::nothing);
        damaged(victim, FaultProxy::nothing, fault);
      }
      victim.isWellAfter();
    }
  }

  private static void damaged(Victim victim, FaultProxy.Faults toServer, FaultProxy.Faults toClient)
      throws IOException {
    List<TlsException> errors = new CopyOnWriteArrayList<>();
    try (FaultProxy wire = FaultProxy.to(victim.port(), toServer, toClient)) {
      echoes(victim.tls(), wire.port(), errors);
      assertTrue(errors.size() <= 1, () -> "one error: " + errors);
    }
  }
}
