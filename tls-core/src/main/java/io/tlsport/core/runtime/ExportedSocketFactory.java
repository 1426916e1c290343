package io.tlsport.core.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes clients' sockets of a secure context, and sockets over those of others. */
final class ExportedSocketFactory extends SSLSocketFactory {
  private final Supplier<ExportedEngine> engines;

  ExportedSocketFactory(Supplier<ExportedEngine> engines) {
    this.engines = engines;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return engines.get().getEnabledCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return engines.get().getSupportedCipherSuites();
  }

  private ExportedEngine client() {
    ExportedEngine engine = engines.get();
    engine.setUseClientMode(true);
    return engine;
  }

  @Override
  public Socket createSocket() {
    return new ExportedSocket(client(), new Socket(), InputStream.nullInputStream(), true);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(resolved(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(resolved(host, port), new InetSocketAddress(local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  private static InetSocketAddress resolved(String host, int port) throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    return address;
  }

  private Socket connected(InetSocketAddress peer, @Nullable InetSocketAddress local)
      throws IOException {
    Socket made = createSocket();
    try {
      if (local != null) {
        made.bind(local);
      }
      made.connect(peer);
    } catch (IOException unreachable) {
      made.close();
      throw unreachable;
    }
    return made;
  }

  @Override
  public Socket createSocket(Socket transport, String host, int port, boolean autoClose)
      throws IOException {
    requireConnected(transport);
    ExportedEngine engine = client();
    engine.peer(host, port);
    return new ExportedSocket(engine, transport, InputStream.nullInputStream(), autoClose);
  }

  /** A server's, over a transport of which something was read already. */
  @Override
  public Socket createSocket(Socket transport, @Nullable InputStream consumed, boolean autoClose)
      throws IOException {
    requireConnected(transport);
    return new ExportedSocket(
        engines.get(),
        transport,
        consumed == null ? InputStream.nullInputStream() : consumed,
        autoClose);
  }

  private static void requireConnected(Socket transport) throws SocketException {
    if (!transport.isConnected()) {
      throw new SocketException("the transport is not connected");
    }
  }
}
