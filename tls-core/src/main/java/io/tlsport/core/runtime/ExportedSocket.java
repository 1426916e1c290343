package io.tlsport.core.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A blocking socket over an exported engine. The handshake begins with the first read or write, or
 * with {@code startHandshake}; who fails in it closes the transport, unless it was a time-out.
 */
final class ExportedSocket extends TransportSocket {
  /** How long an end waits for the peer's where the transport goes on, and no time-out is set. */
  private static final int PATIENCE_MILLIS = 3000;

  private static final System.Logger LOG = System.getLogger(ExportedSocket.class.getName());

  private final ExportedEngine engine;
  private final SocketRecords records;
  private final boolean autoClose;
  private final List<HandshakeCompletedListener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock first = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final InputStream in = new In();
  private final OutputStream out = new Out();
  private volatile boolean secure;
  private volatile boolean inputShut;
  private volatile boolean outputShut;
  private @Nullable BiFunction<SSLSocket, List<String>, String> selector;

  /**
   * Over that transport, which may be connected later.
   *
   * @param consumed what somebody has read from the transport already
   * @param autoClose whether the transport ends with it
   */
  ExportedSocket(ExportedEngine engine, Socket transport, InputStream consumed, boolean autoClose) {
    super(transport);
    this.engine = engine;
    this.records = new SocketRecords(engine, transport, consumed);
    this.autoClose = autoClose;
  }

  // --- the connection

  @Override
  public void connect(SocketAddress peer) throws IOException {
    connect(peer, 0);
  }

  @Override
  public void connect(SocketAddress peer, int millis) throws IOException {
    transport.connect(peer, millis);
    if (peer instanceof InetSocketAddress address) {
      engine.peer(address.getHostString(), address.getPort());
    }
  }

  @Override
  public void startHandshake() throws IOException {
    if (!secured()) {
      records.handshake();
      completed();
    }
  }

  /** Shakes hands for the first time; false if that was done before. */
  private boolean secured() throws IOException {
    requireOpen();
    if (secure) {
      return false;
    }
    first.lock();
    try {
      if (secure) {
        return false;
      }
      records.handshake();
      // Somebody may have closed it meanwhile, which ends a handshake without an error.
      requireOpen();
      secure = true;
    } catch (InterruptedIOException late) {
      throw late; // it goes on with the next call
    } catch (IOException failed) {
      close();
      throw failed;
    } finally {
      first.unlock();
    }
    completed();
    return true;
  }

  private void requireOpen() throws SocketException {
    if (closed.get()) {
      throw new SocketException("Socket is closed");
    }
    if (!transport.isConnected()) {
      throw new SocketException("Socket is not connected");
    }
  }

  private void completed() {
    for (HandshakeCompletedListener listener : listeners) {
      try {
        listener.handshakeCompleted(new HandshakeCompletedEvent(this, engine.getSession()));
      } catch (RuntimeException failed) {
        LOG.log(System.Logger.Level.WARNING, "a HandshakeCompletedListener failed", failed);
      }
    }
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    if (!listeners.remove(listener)) {
      throw new IllegalArgumentException("this listener was not added");
    }
  }

  // --- streams

  @Override
  public InputStream getInputStream() throws IOException {
    requireOpen();
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    requireOpen();
    return out;
  }

  private final class In extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (inputShut && !closed.get()) {
        return -1;
      }
      secured();
      try {
        int got = records.read(target, offset, length);
        if (got < 0 && closed.get()) {
          throw new SocketException("Socket is closed"); // by us: the peer has not ended
        }
        return got;
      } catch (IOException failed) {
        if (inputShut) {
          return -1;
        }
        throw failed;
      }
    }

    @Override
    public int available() {
      return inputShut || closed.get() ? 0 : records.available();
    }

    @Override
    public void close() throws IOException {
      ExportedSocket.this.close();
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (outputShut) {
        throw new SocketException("Socket output is shutdown");
      }
      secured();
      records.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      ExportedSocket.this.close();
    }
  }

  // --- the end

  /** Sends close_notify. What the peer still says can be read where the engine can. */
  @Override
  public void shutdownOutput() throws IOException {
    secured();
    outputShut = true;
    records.end();
  }

  /** Nothing more is read; the peer is not told. */
  @Override
  public void shutdownInput() throws IOException {
    requireOpen();
    inputShut = true;
    transport.shutdownInput();
  }

  @Override
  public boolean isInputShutdown() {
    return inputShut;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShut;
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  /**
   * Sends close_notify and closes the transport. Where the transport goes on, the peer's
   * close_notify is waited for, so that what comes behind it is left to the transport's owner.
   */
  @Override
  public synchronized void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (autoClose) {
      try {
        records.close(false);
      } finally {
        transport.close();
      }
      return;
    }
    int before;
    try {
      before = transport.getSoTimeout();
      transport.setSoTimeout(before == 0 ? PATIENCE_MILLIS : before);
    } catch (SocketException gone) {
      records.close(false);
      throw gone;
    }
    try {
      records.close(secure);
    } finally {
      transport.setSoTimeout(before);
    }
  }

  // --- what was agreed on

  /** Shakes hands if that was not done; after a failure a session that tells nothing. */
  @Override
  public SSLSession getSession() {
    try {
      secured();
    } catch (IOException failed) {
      return engine.getSession(); // as JSSE has it: its suite is SSL_NULL_WITH_NULL_NULL
    }
    return engine.getSession();
  }

  @Override
  public @Nullable SSLSession getHandshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public @Nullable String getApplicationProtocol() {
    return engine.getApplicationProtocol();
  }

  @Override
  public @Nullable String getHandshakeApplicationProtocol() {
    return engine.getHandshakeApplicationProtocol();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      @Nullable BiFunction<SSLSocket, List<String>, String> chosen) {
    selector = chosen;
    engine.setHandshakeApplicationProtocolSelector(
        chosen == null ? null : (asked, offered) -> chosen.apply(this, offered));
  }

  @Override
  public @Nullable BiFunction<SSLSocket, List<String>, String>
      getHandshakeApplicationProtocolSelector() {
    return selector;
  }

  // --- parameters

  @Override
  public String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public SSLParameters getSSLParameters() {
    return engine.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    engine.setSSLParameters(parameters);
  }

  @Override
  public void setUseClientMode(boolean client) {
    engine.setUseClientMode(client);
  }

  @Override
  public boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean create) {
    engine.setEnableSessionCreation(create);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }

  @Override
  public String toString() {
    return "TLS over " + transport;
  }
}
