package io.tlsport.chaos;

import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.tck.fixture.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Serves each client in a thread of its own, as badly as the test wants. */
final class HostileServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Service service;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * What is done with a connection; it is closed afterwards, and what fails is the client's doing.
   */
  @FunctionalInterface
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  /** What is sent once the handshake is complete. */
  @FunctionalInterface
  interface After {
    void run(Protocol protocol) throws IOException;
  }

  private HostileServer(ServerSocket listener, Service service) {
    this.listener = listener;
    this.service = service;
    Thread thread = new Thread(this::accept, "hostile server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Speaks whatever it wants from the first byte on. */
  static HostileServer raw(Service service) {
    try {
      return new HostileServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), service);
    } catch (IOException failed) {
      throw new UncheckedIOException("the test could not listen", failed);
    }
  }

  /**
   * Shakes hands with a P-256 certificate.
   *
   * @param signature changes the signature that proves the key
   */
  static HostileServer of(
      Made identity, ProtocolVersion version, UnaryOperator<byte[]> signature, After after) {
    return of(RawCredentials.of(identity, signature), version, after);
  }

  /** Shakes hands with whatever it has in place of a certificate and a signature. */
  static HostileServer of(RawCredentials credentials, ProtocolVersion version, After after) {
    return raw(
        socket -> {
          Protocol protocol = new Protocol(socket);
          protocol.accept(new Peer(credentials, version));
          after.run(protocol);
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Patience.NORMAL.toMillis());
        Thread thread = new Thread(() -> serve(socket), "hostile connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      service.serve(socket);
    } catch (IOException gone) {
      // That it goes is what the test looks at, on the other side.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** With records of any type. */
  static final class Protocol extends TlsServerProtocol {
    Protocol(Socket socket) throws IOException {
      super(socket.getInputStream(), socket.getOutputStream());
    }

    void record(int type, byte... content) throws IOException {
      writeRecord((short) type, content, 0, content.length);
    }

    /** Until the client has gone, which it must within the patience of a test. */
    void awaitEnd() throws IOException {
      byte[] space = new byte[1024];
      while (getInputStream().read(space) >= 0) {
        // Nobody looks at it.
      }
    }
  }

  private static final class Peer extends DefaultTlsServer {
    private final RawCredentials credentials;
    private final ProtocolVersion version;

    Peer(RawCredentials credentials, ProtocolVersion version) {
      super(new BcTlsCrypto(new SecureRandom()));
      this.credentials = credentials;
      this.version = version;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return version.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
      return new int[] {
        CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
      };
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
      return credentials.signer(context, (BcTlsCrypto) getCrypto());
    }
  }

  // --- by hand

  /** The next record, with its header. */
  static byte[] readRecord(Socket socket) throws IOException {
    byte[] header = socket.getInputStream().readNBytes(5);
    if (header.length < 5) {
      throw new IOException("the client has gone");
    }
    byte[] body = socket.getInputStream().readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
    byte[] record = new byte[5 + body.length];
    System.arraycopy(header, 0, record, 0, 5);
    System.arraycopy(body, 0, record, 5, body.length);
    return record;
  }

  /** The session that a hello in one record names. */
  static byte[] session(byte[] hello) {
    int at = 5 + 4 + 2 + 32;
    byte[] session = new byte[hello[at] & 0xff];
    System.arraycopy(hello, at + 1, session, 0, session.length);
    return session;
  }
}
