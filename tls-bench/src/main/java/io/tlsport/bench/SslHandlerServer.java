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
import io.tlsport.testpki.KeyKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
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
final class SslHandlerServer extends OwnThreads implements MeasuredServer {
  /** The suites of all versions, by JSSE's names. */
  static final List<String> SUITES =
      List.of(
          Clients.SUITE_13,
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  /** BoringSSL through Netty's own engine: none of ours has that. */
  static final String TCNATIVE = "tcnative";

  private static final int PATIENCE_SECONDS = 10;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Work work;
  private final SslContext context;
  private final Channel channel;
  private final ByteBuf chunk;

  /** What makes engines of that name; empty for those of the JDK and of Netty. */
  static Optional<Provider> engines(String provider) {
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
  SslHandlerServer(String engine, Row row, Identities identities) {
    this.work = row.work();
    this.chunk = Unpooled.directBuffer(work.chunk()).writeZero(work.chunk());
    this.context = context(engine, row, identities);
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

  private static SslContext context(String engine, Row row, Identities identities) {
    try {
      Optional<Provider> engines = engines(engine);
      SslContextBuilder builder =
          (engine.equals("bcjsse")
                  ? SslContextBuilder.forServer(keys(engines.orElseThrow(), row.key(), identities))
                  : SslContextBuilder.forServer(
                      identities.chainFile(row.key()).toFile(),
                      identities.keyFile(row.key()).toFile()))
              .sslProvider(engine.equals(TCNATIVE) ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
              .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
              .protocols(row.version().id());
      engines.ifPresent(builder::sslContextProvider);
      return builder.build();
    } catch (IOException | GeneralSecurityException refused) {
      throw new IllegalStateException(refused);
    }
  }

  /** BC-JSSE shows no certificate of another's key managers in TLS 1.3. */
  private static KeyManagerFactory keys(Provider engines, KeyKind kind, Identities identities)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(identities.keyFile(kind), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
    char[] password = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    try (InputStream chain = Files.newInputStream(identities.chainFile(kind))) {
      store.setKeyEntry(
          "server",
          KeyFactory.getInstance(kind == KeyKind.RSA_2048 ? "RSA" : "EC")
              .generatePrivate(new PKCS8EncodedKeySpec(der)),
          password,
          new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(chain)});
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX", engines);
    keys.init(store, password);
    return keys;
  }

  @Override
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private final class App extends ChannelInboundHandlerAdapter {
    private boolean pumping;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
        pump(context);
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        // Not within the flush that tells of it: what is written there is not flushed by itself.
        turn(context);
      }
    }

    private void pump(ChannelHandlerContext context) {
      pumping = false;
      int left = work.sends() ? work.burst() : 0;
      while (left > 0 && context.channel().isActive() && context.channel().isWritable()) {
        context.writeAndFlush(chunk.retainedDuplicate());
        left--;
      }
      if (left == 0 && context.channel().isActive() && work.sends()) {
        turn(context);
      }
    }

    private void answer(ChannelHandlerContext context) {
      for (int i = 0; work.answers() && i < work.burst(); i++) {
        context.writeAndFlush(chunk.retainedDuplicate());
      }
    }

    private void turn(ChannelHandlerContext context) {
      if (!pumping) {
        pumping = true;
        context.executor().execute(() -> pump(context));
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (work.echoes()) {
        context.writeAndFlush(message);
      } else {
        ReferenceCountUtil.release(message);
        answer(context);
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
    ReferenceCountUtil.release(context);
  }
}
