package io.tlsport.integrations;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.tlsport.Pem;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.netty.TlsportSslContext;
import java.io.File;
import javax.net.ssl.SSLException;

/** What Netty's builder makes, and the same of a secure context: docs/from-netty.md has both. */
public final class FromNetty {
  private FromNetty() {}

  /** Netty's server. */
  public static SslContext serverOfNetty(File chain, File key, File roots) throws SSLException {
    return SslContextBuilder.forServer(chain, key)
        .trustManager(roots)
        .clientAuth(ClientAuth.REQUIRE)
        .applicationProtocolConfig(alpn("h2", "http/1.1"))
        .build();
  }

  /** Netty's client. */
  public static SslContext clientOfNetty(File chain, File key, File roots) throws SSLException {
    return SslContextBuilder.forClient()
        .keyManager(chain, key)
        .trustManager(roots)
        .applicationProtocolConfig(alpn("h2", "http/1.1"))
        .build();
  }

  private static ApplicationProtocolConfig alpn(String... protocols) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  /** Keys and trust, for both sides. */
  public static SecureContext context(Tls tls, File chain, File key, File roots) {
    return tls.createSecureContext(
        SecureContextOptions.builder()
            .cert(Pem.read(chain.toPath()))
            .key(Pem.read(key.toPath()))
            .ca(Pem.read(roots.toPath()))
            .build());
  }

  /** Our server. */
  public static SslContext server(SecureContext context) {
    return TlsportSslContext.forServer(context, "h2", "http/1.1").clientAuth(ClientAuth.REQUIRE);
  }

  /** Our client. */
  public static SslContext client(SecureContext context) {
    return TlsportSslContext.forClient(context, "h2", "http/1.1");
  }

  /** Both: a context for each name. */
  public static void names(Channel channel, SslContext first, SslContext second) {
    channel.pipeline().addLast(new SniHandler(name -> "b.example".equals(name) ? second : first));
  }
}
