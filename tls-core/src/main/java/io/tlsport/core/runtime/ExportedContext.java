package io.tlsport.core.runtime;

import java.io.Serial;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A secure context as JSSE knows one; its provider is installed nowhere. */
final class ExportedContext extends SSLContext {
  private ExportedContext(SSLContextSpi spi, Provider provider) {
    super(spi, provider, "TLS");
  }

  /**
   * Makes one.
   *
   * @param name of the provider
   * @param engines makes engines
   * @param sockets makes engines for blocking sockets
   */
  static SSLContext of(String name, Engines engines, Supplier<ExportedEngine> sockets) {
    return new ExportedContext(new Spi(engines, sockets), new NamedProvider("tlsport-" + name));
  }

  /** Makes engines that know whom they talk to. */
  interface Engines {
    /** An engine; a server's has neither host nor port. */
    SSLEngine engine(@Nullable String host, int port);
  }

  private static final class NamedProvider extends Provider {
    @Serial private static final long serialVersionUID = 1L;

    NamedProvider(String name) {
      super(name, "1", "engines of tlsport");
    }
  }

  private static final class Spi extends SSLContextSpi {
    private static final int NO_PORT = -1;

    private final Engines engines;
    private final Supplier<ExportedEngine> sockets;
    private final SSLSessionContext sessions = new NoSessions();

    Spi(Engines engines, Supplier<ExportedEngine> sockets) {
      this.engines = engines;
      this.sockets = sockets;
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException(
          "this context is complete: set keys and trust in SecureContextOptions");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return engines.engine(null, NO_PORT);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return engines.engine(host, port);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return new ExportedSocketFactory(sockets);
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return new ExportedServerSocketFactory(sockets);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return sessions;
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return sessions;
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      SSLEngine engine = engineCreateSSLEngine();
      return new SSLParameters(engine.getEnabledCipherSuites(), engine.getEnabledProtocols());
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      SSLEngine engine = engineCreateSSLEngine();
      return new SSLParameters(engine.getSupportedCipherSuites(), engine.getSupportedProtocols());
    }
  }

  /** Sessions are the secure context's: JSSE's view of them is empty. */
  private static final class NoSessions implements SSLSessionContext {
    @Override
    public @Nullable SSLSession getSession(byte[] id) {
      return null;
    }

    @Override
    public Enumeration<byte[]> getIds() {
      return Collections.emptyEnumeration();
    }

    @Override
    public void setSessionTimeout(int seconds) {
      if (seconds < 0) {
        throw new IllegalArgumentException("a time-out is not negative");
      }
    }

    @Override
    public int getSessionTimeout() {
      return 0;
    }

    @Override
    public void setSessionCacheSize(int size) {
      if (size < 0) {
        throw new IllegalArgumentException("a size is not negative");
      }
    }

    @Override
    public int getSessionCacheSize() {
      return 0;
    }
  }
}
