package io.tlsport.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkAlpnApplicationProtocolNegotiator;
import io.netty.handler.ssl.JdkApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContext;
import io.tlsport.SocketOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * A {@link SecureContext} as the {@link SslContext} of Netty, for those who own a pipeline: in the
 * place of what {@code SslContextBuilder} builds, on every provider, with this library's policy,
 * hooks, verdicts and errors. {@code newHandler} makes the {@link SslHandler}, {@code SniHandler}
 * takes it, and so do libraries that take an {@code SslContext}.
 *
 * <p>A client's name is checked always: {@code newHandler(alloc, host, port)}. Handshakes are
 * computed, and hooks are waited for, by {@link #executor}, and never on the event loop. Immutable,
 * and safe for any number of threads and channels; it follows a reloadable context.
 */
@SuppressWarnings("deprecation") // negotiators are what SslContext and its users show ALPN by
public final class TlsportSslContext extends SslContext {
  private final SecureContext context;
  private final SSLContext engines;
  private final boolean client;
  private final Optional<SocketOptions> options;
  private final ClientAuth auth;
  private final Executor executor;
  private final List<String> protocols;

  private TlsportSslContext(
      SecureContext context,
      boolean client,
      Optional<SocketOptions> options,
      ClientAuth auth,
      Executor executor,
      List<String> protocols) {
    this.context = context;
    this.engines = context.sslContext();
    this.client = client;
    this.options = options;
    this.auth = auth;
    this.executor = executor;
    this.protocols = protocols;
  }

  /**
   * For clients.
   *
   * @param protocols of ALPN, the most wanted first; none leaves the extension out
   */
  public static TlsportSslContext forClient(SecureContext context, String... protocols) {
    return plain(context, true, protocols);
  }

  /**
   * For servers that ask for no certificate, see {@link #clientAuth}.
   *
   * @param protocols of ALPN, the most wanted first; none answers no client's extension
   */
  public static TlsportSslContext forServer(SecureContext context, String... protocols) {
    return plain(context, false, protocols);
  }

  private static TlsportSslContext plain(
      SecureContext context, boolean client, String... protocols) {
    return new TlsportSslContext(
        Objects.requireNonNull(context, "context"),
        client,
        Optional.empty(),
        ClientAuth.NONE,
        ForkJoinPool.commonPool(),
        List.of(protocols));
  }

  /**
   * For connections with options that {@code SslContextBuilder} has no word for: a hook for the
   * server's name, pre-shared keys, stapling.
   *
   * @param options without a context, as for {@link SecureContext#newEngine}; a client's have a
   *     {@code servername}, which stands above the host of {@code newHandler}
   * @throws ConfigurationException if the options are a client's and name no server
   */
  public static TlsportSslContext of(SecureContext context, SocketOptions options) {
    if (!options.isServer() && options.servername().isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_REQUIRED_SERVER_NAME,
          "a client's options have to name the server: set servername, or use forClient and"
              + " newHandler(alloc, host, port)");
    }
    return new TlsportSslContext(
        Objects.requireNonNull(context, "context"),
        !options.isServer(),
        Optional.of(options),
        ClientAuth.NONE,
        ForkJoinPool.commonPool(),
        options.alpnProtocols());
  }

  /**
   * The same, whose servers ask for a certificate. A client without a good one is refused by {@code
   * REQUIRE}. With {@code OPTIONAL} it is served, and has no certificates in the {@code
   * SSLSession}.
   *
   * @throws ConfigurationException on a client, and where options were given, which say it
   */
  public TlsportSslContext clientAuth(ClientAuth wanted) {
    if (client || options.isPresent()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "clientAuth is for servers without options of their own: use requestCert and"
              + " rejectUnauthorized");
    }
    return new TlsportSslContext(context, false, options, wanted, executor, protocols);
  }

  /**
   * The same with another executor for handshakes and for hooks that take their time; by default
   * {@link ForkJoinPool#commonPool()}. Handlers that are made with an executor use that one.
   */
  public TlsportSslContext executor(Executor wanted) {
    return new TlsportSslContext(
        context, client, options, auth, Objects.requireNonNull(wanted, "executor"), protocols);
  }

  @Override
  public boolean isClient() {
    return client;
  }

  @Override
  public List<String> cipherSuites() {
    return List.of(engines.createSSLEngine().getEnabledCipherSuites());
  }

  @Override
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return () -> protocols;
  }

  /** Empty: sessions are the secure context's. */
  @Override
  public SSLSessionContext sessionContext() {
    return client ? engines.getClientSessionContext() : engines.getServerSessionContext();
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return finished(options.map(context::newEngine).orElseGet(engines::createSSLEngine));
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
    return finished(
        options.map(context::newEngine).orElseGet(() -> engines.createSSLEngine(host, port)));
  }

  private SSLEngine finished(SSLEngine engine) {
    engine.setUseClientMode(client);
    switch (auth) {
      case REQUIRE -> engine.setNeedClientAuth(true);
      case OPTIONAL -> engine.setWantClientAuth(true);
      case NONE -> {} // or as the options have it
    }
    if (protocols.isEmpty()) {
      return engine;
    }
    JdkApplicationProtocolNegotiator negotiator =
        new JdkAlpnApplicationProtocolNegotiator(protocols);
    return negotiator.wrapperFactory().wrapSslEngine(engine, negotiator, !client);
  }

  @Override
  protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls) {
    return newHandler(allocator, startTls, executor);
  }

  @Override
  protected SslHandler newHandler(
      ByteBufAllocator allocator, String host, int port, boolean startTls) {
    return newHandler(allocator, host, port, startTls, executor);
  }
}
