package io.tlsport.interop;

import io.tlsport.testpki.TestIdentity;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.TlsServerProtocol;

/** A server of TLS 1.2 for one connection, which does not know RFC 5746. */
final class BareServer implements Closeable {
  /** Whatever it waits for comes within this, in milliseconds, or it fails. */
  private static final int PATIENCE = 30_000;

  private final ServerSocket listener;
  private final TestIdentity identity;
  private final List<String> alerts = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /** Leaves as a whole: a client that goes away in the middle of it would not be heard. */
  private static final class Flight extends BufferedOutputStream {
    Flight(OutputStream out) {
      super(out, 64 * 1024);
    }

    @Override
    public void flush() {
      // Once all is written.
    }

    void leave() throws IOException {
      super.flush();
    }
  }

  /** The protocol, without the extension. */
  private final class Protocol extends TlsServerProtocol {
    Protocol(Socket socket) throws IOException {
      this(socket.getInputStream(), new Flight(socket.getOutputStream()));
    }

    private Protocol(InputStream in, Flight flight) {
      super(
          new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
              flight.leave();
              return super.read(bytes, offset, length);
            }
          },
          flight);
    }

    @Override
    protected void sendServerHelloMessage(ServerHello hello) throws IOException {
      hello.getExtensions().remove(EXT_RenegotiationInfo);
      super.sendServerHelloMessage(hello);
    }

    @Override
    protected void handleAlertMessage(short level, short description) throws IOException {
      alerts.add(AlertDescription.getText(description));
      super.handleAlertMessage(level, description);
    }

    void readOn() throws IOException {
      while (!isClosed()) {
        safeReadRecord();
      }
    }
  }

  private BareServer(TestIdentity identity) throws IOException {
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.identity = identity;
  }

  /** Listens. */
  static BareServer start(TestIdentity identity) throws IOException {
    BareServer server = new BareServer(identity);
    Thread thread = new Thread(server::serve, "bare server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve() {
    try (Socket socket = listener.accept()) {
      socket.setSoTimeout(PATIENCE);
      Protocol protocol = new Protocol(socket);
      protocol.accept(BarePeers.server(identity));
      protocol.readOn();
    } catch (IOException ended) {
      // However it is over.
    } finally {
      over.complete(null);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Completes when its connection is over. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** The client's alerts, in order. */
  List<String> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
