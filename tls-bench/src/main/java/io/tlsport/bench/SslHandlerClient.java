package io.tlsport.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Clients by Netty's own TLS over the same engine; JSSE's trust manager verifies, and the name. */
// What fails ends its connection, which is noticed.
@SuppressWarnings("FutureReturnValueIgnored")
final class SslHandlerClient extends OwnThreads implements MeasuredClient {
  private static final int PATIENCE_SECONDS = 20;
  private static final int PORTS = 65_535;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Bootstrap bootstrap;
  private final SslContext context;
  private final int parallel;
  private final Semaphore idle;
  private final AtomicInteger connections = new AtomicInteger();
  private final ByteBuf question = Unpooled.directBuffer().writeZero(Work.CLIENT.chunk());
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean running;

  /** Clients of the server on that port. */
  SslHandlerClient(String engine, Row row, Identities identities, int port) {
    this.context = context(engine, row, identities);
    this.parallel = row.connections();
    this.idle = new Semaphore(parallel);
    this.bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .remoteAddress(InetAddress.getLoopbackAddress(), port)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    worksHere();
                    // Engines keep sessions by host and port: none finds one of another port.
                    int named = 1 + connections.getAndIncrement() % PORTS;
                    connection
                        .pipeline()
                        .addLast(
                            context.newHandler(connection.alloc(), "localhost", named), new App());
                  }
                });
  }

  private static SslContext context(String engine, Row row, Identities identities) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      try (InputStream authority = Files.newInputStream(identities.authorityFile())) {
        trusted.setCertificateEntry(
            "authority", CertificateFactory.getInstance("X.509").generateCertificate(authority));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .trustManager(verifier(engine, trust))
              .endpointIdentificationAlgorithm("HTTPS")
              .sslProvider(
                  engine.equals(SslHandlerServer.TCNATIVE)
                      ? SslProvider.OPENSSL_REFCNT
                      : SslProvider.JDK)
              .ciphers(SslHandlerServer.SUITES, SupportedCipherSuiteFilter.INSTANCE)
              .protocols(row.version().id());
      SslHandlerServer.engines(engine).ifPresent(builder::sslContextProvider);
      return builder.build();
    } catch (IOException | GeneralSecurityException refused) {
      throw new IllegalStateException(refused);
    }
  }

  private static TrustManager verifier(String engine, TrustManagerFactory trust) {
    TrustManager jdk = trust.getTrustManagers()[0];
    return engine.equals("conscrypt") && jdk instanceof X509ExtendedTrustManager extended
        ? new GenericAuthTrust(extended)
        : jdk;
  }

  @Override
  public void start() {
    awaitAll();
    running = true;
    for (int chain = 0; chain < parallel; chain++) {
      next();
    }
  }

  @Override
  public void stop() {
    running = false;
    awaitAll();
    idle.release(parallel);
    check();
  }

  private void awaitAll() {
    try {
      if (!idle.tryAcquire(parallel, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("connections do not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void check() {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  private void next() {
    bootstrap.connect().channel().closeFuture().addListener(closed -> ended());
  }

  private void ended() {
    if (running && failure.get() == null) {
      next();
    } else {
      idle.release();
    }
  }

  private final class App extends ChannelInboundHandlerAdapter {
    private boolean answered;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done) {
        if (done.isSuccess()) {
          context.writeAndFlush(question.retainedDuplicate());
        } else {
          failure.set(done.cause());
        }
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      answered = true;
      ReferenceCountUtil.release(message);
      // As Node's end(): the server's own end closes the connection.
      context.pipeline().get(SslHandler.class).closeOutbound();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!answered) {
        failure.compareAndSet(null, new IOException("a connection has ended without an answer"));
      }
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failure.compareAndSet(null, cause);
      context.close();
    }
  }

  @Override
  public void close() {
    running = false;
    group
        .shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    question.release();
    ReferenceCountUtil.release(context);
  }
}
