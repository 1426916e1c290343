package io.tlsport.spi.jsse;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Has no opinion of its own: it shows what the peer sent to the core, which may refuse it. What the
 * core does not refuse here it judges after the handshake, resumed ones included, and cuts off. An
 * engine with this manager must never be used without the core.
 */
public final class AcceptingTrustManager extends X509ExtendedTrustManager {
  private final List<X509Certificate> authorities;
  private final PeerChecks checks;

  /**
   * A manager for one context.
   *
   * @param authorities whose names a server tells its clients
   * @param checks whom to show what a peer sent
   */
  public AcceptingTrustManager(List<X509Certificate> authorities, PeerChecks checks) {
    this.authorities = List.copyOf(authorities);
    this.checks = checks;
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
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checks.check(engine, chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checks.check(engine, chain);
  }
}
