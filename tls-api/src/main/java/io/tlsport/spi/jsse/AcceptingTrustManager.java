package io.tlsport.spi.jsse;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts whatever the peer shows, because the core judges after every handshake, resumed ones
 * included, and cuts off. An engine with this manager must never be used without the core.
 */
public final class AcceptingTrustManager extends X509ExtendedTrustManager {
  private final List<X509Certificate> authorities;

  /**
   * A manager for one context.
   *
   * @param authorities whose names a server tells its clients
   */
  public AcceptingTrustManager(List<X509Certificate> authorities) {
    this.authorities = List.copyOf(authorities);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.toArray(new X509Certificate[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
}
