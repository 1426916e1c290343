package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.CountingFactory;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.OpenSockets;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers come, and go at any moment: nothing of them stays. */
public abstract class ChurnContract extends ProviderContract {
  private static final int CONNECTIONS = 1000;

  /** The first bytes of a ClientHello that never comes: type, version, length. */
  private static final byte[] TORN_HELLO = {22, 3, 1, 2, 0, 1, 0};

  @Rule("14.1")
  @Test
  @Timeout(120)
  void thousandConnectionsThatAreDroppedLeaveNothing() throws IOException {
    CountingFactory engines = new CountingFactory(bench().kit().factory());
    Tls runtime = bench().keep(bench().kit().newTls().provider(engines).build());
    ServerCapture server = listening(runtime);
    OptionalInt before = OpenSockets.count();
    for (int i = 0; i < CONNECTIONS; i++) {
      switch (i % 4) {
        case 0 -> silent(server.port());
        case 1 -> torn(server.port());
        case 2 -> vanishing(runtime, server.port());
        default -> secure(runtime, server.port());
      }
    }
    Patience.until(
        () -> server.server().connections() == 0,
        () -> "no connection to be left, there are " + server.server().connections());
    Patience.until(
        () -> engines.freed() == engines.made(),
        () -> engines.made() + " engines to be freed, so far " + engines.freed());
    assertTrue(engines.made() >= CONNECTIONS / 2, () -> engines.made() + " engines were made");
    // NIO gives a descriptor back with the next turn of its selector, after the socket's `close`.
    Patience.until(
        () -> OpenSockets.count().equals(before),
        () -> before + " open sockets, there are " + OpenSockets.count());
    secure(runtime, server.port());
  }

  private ServerCapture listening(Tls runtime) {
    io.tlsport.Server server = runtime.createServer(server(Identities.server()).build());
    ServerCapture capture = ServerCapture.of(server, socket -> {});
    Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
    return capture;
  }

  private static Socket raw(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void silent(int port) throws IOException {
    raw(port).close();
  }

  private static void torn(int port) throws IOException {
    try (Socket socket = raw(port)) {
      socket.getOutputStream().write(TORN_HELLO);
    }
  }

  /** Gone while the handshake runs, wherever that is. */
  private static void vanishing(Tls runtime, int port) {
    TLSSocket socket = runtime.connect(client().host("127.0.0.1").port(port).build());
    socket.destroy();
    Patience.await(socket.closed(), "close of a socket that was destroyed");
  }

  private static void secure(Tls runtime, int port) {
    TLSSocket socket = runtime.connect(client().host("127.0.0.1").port(port).build());
    Patience.await(socket.secured(), "a client to be secure");
    socket.destroy();
    Patience.await(socket.closed(), "close of a socket that was destroyed");
  }
}
