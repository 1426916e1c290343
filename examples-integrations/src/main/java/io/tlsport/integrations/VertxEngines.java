package io.tlsport.integrations;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.tlsport.SecureContext;
import io.tlsport.netty.TlsportSslContext;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** Vert.x 5: in the place of {@code JdkSSLEngineOptions}, for its servers and its clients. */
public final class VertxEngines extends SSLEngineOptions {
  private final SecureContext context;

  /** Engines of that context: keys and trust of Vert.x's own options are not read. */
  public VertxEngines(SecureContext context) {
    this.context = context;
  }

  /** Vert.x's servers want to have keys; these are none, since those of the context are taken. */
  public static KeyCertOptions noKeys() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return KeyCertOptions.wrap((X509KeyManager) factory.getKeyManagers()[0]);
  }

  @Override
  public SSLEngineOptions copy() {
    return new VertxEngines(context).setUseWorkerThread(getUseWorkerThread());
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(context);
  }

  private static final class Factory implements SslContextFactory {
    private final SecureContext context;
    private boolean client;
    private ClientAuth auth = ClientAuth.NONE;
    private List<String> protocols = List.of();

    Factory(SecureContext context) {
      this.context = context;
    }

    @Override
    public SslContextFactory forClient(boolean on) {
      client = on;
      return this;
    }

    @Override
    public SslContextFactory clientAuth(ClientAuth wanted) {
      auth = wanted;
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> offered) {
      protocols = offered;
      return this;
    }

    @Override
    public SslContext create() {
      String[] alpn = protocols.toArray(String[]::new);
      return client
          ? TlsportSslContext.forClient(context, alpn)
          : TlsportSslContext.forServer(context, alpn).clientAuth(auth);
    }
  }
}
