package io.tlsport.interop;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.RenegotiationPolicy;
import org.bouncycastle.tls.TlsClientProtocol;

/** A client of TLS 1.2 that does what a good one does not. Blocks; used by one thread at a time. */
final class BareClient extends TlsClientProtocol implements Closeable {
  /** Whatever it waits for comes within this, in milliseconds, or it fails. */
  private static final int PATIENCE = 30_000;

  private final Socket socket;
  private final boolean secure;
  private final List<String> alerts = new ArrayList<>();
  private byte[] lastHello = {};

  private BareClient(Socket socket, boolean secure) throws IOException {
    super(socket.getInputStream(), socket.getOutputStream());
    this.socket = socket;
    this.secure = secure;
  }

  /**
   * Connects and shakes hands.
   *
   * @param secure whether it knows RFC 5746
   */
  static BareClient connect(int port, boolean secure) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    socket.setTcpNoDelay(true);
    BareClient client = new BareClient(socket, secure);
    client.connect(BarePeers.client());
    return client;
  }

  /** Handshakes again, in full. */
  void renegotiate() throws IOException {
    beginHandshake(true);
    blockForHandshake();
  }

  /** Says the hello of a renegotiation that may be, and then the same again and again. */
  void flood(int times) throws IOException {
    beginHandshake(true);
    byte[] hello = lastHello;
    for (int i = 1; i < times; i++) {
      writeRecord(ContentType.handshake, hello, 0, hello.length);
    }
  }

  /** Says its first hello again, as if that began a renegotiation. */
  void repeatHello() throws IOException {
    writeRecord(ContentType.handshake, lastHello, 0, lastHello.length);
  }

  /** Reads what comes until the connection is over, however that is. */
  void awaitClose() {
    try {
      while (!isClosed() && !Thread.currentThread().isInterrupted()) {
        safeReadRecord();
      }
      while (socket.getInputStream().read() >= 0) {
        // What comes after the end is of no interest.
      }
    } catch (IOException over) {
      // That is how it is over, but for a server that stays silent.
      if (over instanceof java.net.SocketTimeoutException) {
        throw new AssertionError("the server leaves the connection open", over);
      }
    }
  }

  /** The server's alerts, in order, such as {@code handshake_failure(40)}. */
  List<String> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  protected void handleAlertMessage(short level, short description) throws IOException {
    alerts.add(AlertDescription.getText(description));
    super.handleAlertMessage(level, description);
  }

  @Override
  protected int getRenegotiationPolicy() {
    return RenegotiationPolicy.ACCEPT;
  }

  /** Without RFC 5746 it goes along all the same, with the hello that it has. */
  @Override
  protected boolean handleRenegotiation() throws IOException {
    if (secure) {
      return super.handleRenegotiation();
    }
    repeatHello();
    return false;
  }

  @Override
  protected void sendClientHelloMessage() throws IOException {
    if (!secure) {
      clientHello = without5746(clientHello);
    }
    super.sendClientHelloMessage();
  }

  private static ClientHello without5746(ClientHello hello) {
    int[] suites =
        Arrays.stream(hello.getCipherSuites())
            .filter(suite -> suite != CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV)
            .toArray();
    hello.getExtensions().remove(EXT_RenegotiationInfo);
    return new ClientHello(
        hello.getVersion(),
        hello.getRandom(),
        hello.getSessionID(),
        null,
        suites,
        hello.getExtensions(),
        hello.getBindersSize());
  }

  @Override
  protected void writeRecord(short type, byte[] bytes, int offset, int length) throws IOException {
    if (type == ContentType.handshake && bytes[offset] == HandshakeType.client_hello) {
      lastHello = Arrays.copyOfRange(bytes, offset, offset + length);
    }
    super.writeRecord(type, bytes, offset, length);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closedAlready) {
      throw new AssertionError(closedAlready);
    }
  }
}
