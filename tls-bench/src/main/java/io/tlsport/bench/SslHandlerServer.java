package io.tlsport.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import io.tlsport.ProtocolVersion;
import io.tlsport.testpki.TestIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.conscrypt.Conscrypt;

/** Netty's own TLS over the same engine, as its users set it up. */
// A write that fails ends its connection, which the load on it notices.
@SuppressWarnings("FutureReturnValueIgnored")
final class SslHandlerServer extends MeasuredServer {
  private static final List<String> SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  private static final int PATIENCE_SECONDS = 10;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Work work;
  private final Channel channel;
  private final ByteBuf chunk;

  /** Whether SslHandler can work over that provider's engine: bctls has one of our own. */
  static boolean isPossible(String provider) {
    return engines(provider).isPresent() || provider.equals("jdk");
  }

  private static Optional<Provider> engines(String provider) {
    return switch (provider) {
      case "conscrypt" -> Optional.of(Conscrypt.newProvider());
      case "bcjsse" -> Optional.of(bouncyCastle());
      default -> Optional.empty();
    };
  }

  /** Its cryptography is the JDK's: Bouncy Castle's own AES would make it fifty times slower. */
  private static Provider bouncyCastle() {
    SecureRandom random = new SecureRandom();
    return new BouncyCastleJsseProvider(
        false,
        new JcaTlsCryptoProvider() {
          @Override
          public JcaTlsCrypto create(SecureRandom ignored) {
            return create(random, random);
          }
        });
  }

  /** One that listens. */
  SslHandlerServer(String provider, ProtocolVersion version, Work work, TestIdentity identity) {
    this.work = work;
    this.chunk = Unpooled.directBuffer(work.chunk()).writeZero(work.chunk());
    SslContext context = context(provider, version, identity);
    this.channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    worksHere();
                    connection
                        .pipeline()
                        .addLast(context.newHandler(connection.alloc()), new App());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  private static SslContext context(
      String provider, ProtocolVersion version, TestIdentity identity) {
    try {
      Optional<Provider> engines = engines(provider);
      SslContextBuilder builder =
          (provider.equals("bcjsse")
                  ? SslContextBuilder.forServer(keys(engines.orElseThrow(), identity))
                  : SslContextBuilder.forServer(
                      new ByteArrayInputStream(identity.chain().bytes()),
                      new ByteArrayInputStream(identity.key().bytes())))
              .sslProvider(SslProvider.JDK)
              .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
              .protocols(version.id());
      engines.ifPresent(builder::sslContextProvider);
      return builder.build();
    } catch (IOException | GeneralSecurityException refused) {
      throw new IllegalStateException(refused);
    }
  }

  /** BC-JSSE shows no certificate of another's key managers in TLS 1.3. */
  private static KeyManagerFactory keys(Provider engines, TestIdentity identity)
      throws IOException, GeneralSecurityException {
    String pem = new String(identity.key().bytes(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
    char[] password = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry(
        "server",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
        password,
        new Certificate[] {identity.x509()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX", engines);
    keys.init(store, password);
    return keys;
  }

  @Override
  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private final class App extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
        pump(context);
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      pump(context);
    }

    private void pump(ChannelHandlerContext context) {
      if (work != Work.DOWN && work != Work.SMALL_WRITES) {
        return;
      }
      while (context.channel().isActive() && context.channel().isWritable()) {
        context.writeAndFlush(chunk.retainedDuplicate());
        moved(work.chunk());
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      switch (work) {
        case CONNECT, ECHO -> context.writeAndFlush(message);
        default -> {
          moved(((ByteBuf) message).readableBytes());
          ReferenceCountUtil.release(message);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    chunk.release();
  }
}
