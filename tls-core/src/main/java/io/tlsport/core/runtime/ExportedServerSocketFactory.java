package io.tlsport.core.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes server sockets of a secure context. */
final class ExportedServerSocketFactory extends SSLServerSocketFactory {
  /** The length of the queue where none is given; zero is the system's. */
  private static final int DEFAULT_BACKLOG = 0;

  private final Supplier<ExportedEngine> engines;

  ExportedServerSocketFactory(Supplier<ExportedEngine> engines) {
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

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ExportedServerSocket(engines);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return createServerSocket(port, DEFAULT_BACKLOG, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return createServerSocket(port, backlog, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress local)
      throws IOException {
    ServerSocket made = createServerSocket();
    try {
      made.bind(new InetSocketAddress(local, port), backlog);
    } catch (IOException taken) {
      made.close();
      throw taken;
    }
    return made;
  }
}
