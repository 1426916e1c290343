package io.tlsport;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Identity, trust and algorithms, loaded and checked: what the seed's {@code
 * tls.createSecureContext} returns. Immutable, safe for any number of threads, connections and
 * servers of the {@link Tls} that made it; refused by any other one. Native resources are freed
 * when the {@link Tls} is closed. One that can be replaced is a {@link ReloadableContext}.
 */
public interface SecureContext {
  /** The name of the provider that it belongs to. */
  String provider();

  /** The options that it was made from. */
  SecureContextOptions options();

  /**
   * Whether it is FIPS approved, asked now: what {@link Tls#fipsStatus} tells, and the versions,
   * suites, groups and signature schemes that it enables, its security level and its certificates.
   */
  FipsStatus fipsStatus();

  /**
   * An engine for those who have a transport and a loop of their own, such as a pipeline of Netty:
   * policy, hooks, verdict and errors are those of a {@link TLSSocket}, on every provider. A peer
   * that is refused is an {@link javax.net.ssl.SSLHandshakeException} whose cause is the {@link
   * HandshakeException}. Handshakes, and the waiting for hooks, are delegated tasks: they may take
   * their time, and {@code handshakeTimeout} is the business of who moves the engine.
   *
   * <p>{@code SSLParameters} narrow what this context allows, and never widen it; the name of a
   * server is always checked, as {@code servername} or as the host of the engine. A peer that is
   * not authorized has no certificates in the {@code SSLSession}.
   *
   * @param options without a context; a client's have a {@code servername}
   * @throws ConfigurationException if they have a context or do not fit
   * @throws UnsupportedFeatureException if the provider cannot do it
   */
  SSLEngine newEngine(SocketOptions options);

  /**
   * The same as a context of JSSE, for libraries that take one: {@code HttpClient}, {@code
   * HttpsServer}. Its engines are servers until {@code setUseClientMode(true)}; a client's has to
   * be made with a host. It is complete: {@code init} fails.
   *
   * <p>Its socket factories make blocking sockets over such engines, for libraries that take those:
   * {@code HttpsURLConnection}, OkHttp, mail. Their handshake begins with the first read or write;
   * {@code setSoTimeout} limits each wait for the peer, and after {@code
   * java.net.SocketTimeoutException} the same call may be made again. {@code shutdownOutput} sends
   * close_notify; whether the peer can still answer is {@link Capability#HALF_CLOSE} of its own
   * engine. Listeners of handshakes are called by the thread that completed it.
   */
  SSLContext sslContext();
}
