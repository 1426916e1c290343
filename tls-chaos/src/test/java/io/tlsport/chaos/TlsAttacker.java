package io.tlsport.chaos;

import io.tlsport.tck.fixture.Patience;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.function.UnaryOperator;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A client that shakes hands as it should, trusting everybody, and then sends whatever records the
 * test wants, under the right keys. Over a blocking socket.
 */
final class TlsAttacker implements AutoCloseable {
  /** Types of records (RFC 8446 section 5.1). */
  static final int ALERT = 21;

  /** An extension (RFC 8879 section 3). */
  static final int COMPRESS_CERTIFICATE = 27;

  static final int HANDSHAKE = 22;
  static final int DATA = 23;

  private final Socket socket;
  private final Protocol protocol;

  private TlsAttacker(Socket socket, Protocol protocol) {
    this.socket = socket;
    this.protocol = protocol;
  }

  /** Shakes hands with a server of this machine. */
  static TlsAttacker connect(int port, ProtocolVersion version) throws IOException {
    Socket socket = open(port);
    Protocol protocol = new Protocol(socket, socket.getOutputStream());
    protocol.connect(new Client(version));
    return new TlsAttacker(socket, protocol);
  }

  private static Socket open(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        (int) Patience.NORMAL.toMillis());
    socket.setSoTimeout((int) Patience.NORMAL.toMillis());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** With TLS 1.2, one suite, and a hand on the bytes that leave. */
  static TlsAttacker connect(int port, int suite, UnaryOperator<byte[]> wire) throws IOException {
    Socket socket = open(port);
    Protocol protocol =
        new Protocol(
            socket,
            new FilterOutputStream(socket.getOutputStream()) {
              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(wire.apply(Arrays.copyOfRange(bytes, offset, offset + length)));
              }
            });
    protocol.connect(
        new Client(ProtocolVersion.TLSv12) {
          @Override
          protected int[] getSupportedCipherSuites() {
            return new int[] {suite};
          }
        });
    return new TlsAttacker(socket, protocol);
  }

  /** That says it understands compressed certificates (RFC 8879). */
  static TlsAttacker decompressing(int port) throws IOException {
    Socket socket = open(port);
    Protocol protocol = new Protocol(socket, socket.getOutputStream());
    protocol.connect(
        new Client(ProtocolVersion.TLSv13) {
          @Override
          @SuppressWarnings("unchecked") // older than generics
          public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
            extensions.put(COMPRESS_CERTIFICATE, new byte[] {6, 0, 1, 0, 2, 0, 3});
            return extensions;
          }
        });
    return new TlsAttacker(socket, protocol);
  }

  /** What of its proof a client leaves out. */
  enum Omission {
    NOTHING,
    CERTIFICATE_VERIFY,
    CERTIFICATE_AND_VERIFY
  }

  /** That shows what it has in place of a certificate, as far as it shows anything. */
  static TlsAttacker showing(
      int port, ProtocolVersion version, RawCredentials credentials, Omission omission)
      throws IOException {
    Socket socket = open(port);
    Protocol protocol =
        new Protocol(socket, socket.getOutputStream()) {
          @Override
          protected void send13CertificateMessage(Certificate shown) throws IOException {
            if (omission != Omission.CERTIFICATE_AND_VERIFY) {
              super.send13CertificateMessage(shown);
            }
          }

          @Override
          protected void sendCertificateMessage(Certificate shown, OutputStream hashed)
              throws IOException {
            if (omission != Omission.CERTIFICATE_AND_VERIFY) {
              super.sendCertificateMessage(shown, hashed);
            }
          }

          @Override
          protected void send13CertificateVerifyMessage(DigitallySigned proof) throws IOException {
            if (omission == Omission.NOTHING) {
              super.send13CertificateVerifyMessage(proof);
            }
          }

          @Override
          protected void sendCertificateVerifyMessage(DigitallySigned proof) throws IOException {
            if (omission == Omission.NOTHING) {
              super.sendCertificateVerifyMessage(proof);
            }
          }
        };
    protocol.connect(
        new Client(version) {
          @Override
          TlsCredentials credentials() throws IOException {
            return credentials.signer(context, (BcTlsCrypto) getCrypto());
          }
        });
    return new TlsAttacker(socket, protocol);
  }

  /** With TLS 1.3. */
  static TlsAttacker connect(int port) throws IOException {
    return connect(port, ProtocolVersion.TLSv13);
  }

  Socket socket() {
    return socket;
  }

  /** One record of that type. */
  void record(int type, byte... content) throws IOException {
    protocol.record(type, content);
  }

  /** A KeyUpdate that asks for one. */
  void keyUpdate() throws IOException {
    protocol.keyUpdate();
  }

  void write(byte... data) throws IOException {
    protocol.writeApplicationData(data, 0, data.length);
  }

  /** Decrypts so many bytes. */
  byte[] read(int count) throws IOException {
    return protocol.getInputStream().readNBytes(count);
  }

  /** What may fail because the other side has had enough; true if it did. */
  static boolean untilCut(Attack attack) {
    try {
      attack.run();
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  /** What a test sends. */
  @FunctionalInterface
  interface Attack {
    void run() throws IOException;
  }

  /** Reads what comes, without looking at it, until the other side is gone. */
  void awaitEnd() {
    awaitEnd(socket);
  }

  /** Reads what comes, without looking at it, until the other side is gone. */
  static void awaitEnd(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      byte[] space = new byte[8192];
      while (in.read(space) >= 0) {
        // Nobody looks at it.
      }
    } catch (java.net.SocketTimeoutException late) {
      throw new AssertionError("the other side keeps the connection", late);
    } catch (IOException reset) {
      // Gone is gone.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static class Protocol extends TlsClientProtocol {
    Protocol(Socket socket, OutputStream out) throws IOException {
      super(socket.getInputStream(), out);
    }

    void record(int type, byte... content) throws IOException {
      writeRecord((short) type, content, 0, content.length);
    }

    void keyUpdate() throws IOException {
      send13KeyUpdate(true);
    }
  }

  private static class Client extends DefaultTlsClient {
    private final ProtocolVersion version;

    Client(ProtocolVersion version) {
      super(new BcTlsCrypto(new SecureRandom()));
      this.version = version;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return version.only();
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate shown) {}

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest asked) throws IOException {
          return credentials();
        }
      };
    }

    @SuppressWarnings("NullAway") // null is how this library says that there is none
    TlsCredentials credentials() throws IOException {
      return null;
    }
  }
}
