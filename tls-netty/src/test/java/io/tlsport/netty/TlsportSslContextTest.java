package io.tlsport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Promise;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.TestIdentity;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines of Netty with contexts of ours in the place of Netty's, and with Netty's as peers. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is waited for elsewhere
class TlsportSslContextTest {
  private static final String LINE = "through a pipeline " + "y".repeat(40_000) + "\n";

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  /** The handler of each connection that a server takes. */
  private final CompletableFuture<SslHandler> served = new CompletableFuture<>();

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static SecureContext context(Tls tls, TestIdentity identity) {
    return tls.createSecureContext(
        SecureContextOptions.builder()
            .key(identity.key())
            .cert(identity.chain())
            .ca(Identities.ca())
            .build());
  }

  private int listen(Function<Channel, ChannelHandler> tls) {
    Channel bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(tls.apply(channel)).addLast(new Echo());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) bound.localAddress()).getPort();
  }

  private int listen(SslContext context) {
    return listen(
        channel -> {
          SslHandler handler = context.newHandler(channel.alloc());
          served.complete(handler);
          return handler;
        });
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext pipeline, Object data) {
      pipeline.writeAndFlush(data);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext pipeline, Throwable thrown) {
      pipeline.close(); // what failed is the handshake's future
    }
  }

  /** Says the line, and completes with what came back. */
  private static final class Asks extends ChannelInboundHandlerAdapter {
    private final Promise<String> answer;
    private final StringBuilder heard = new StringBuilder();

    Asks(Promise<String> answer) {
      this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext pipeline, Object data) {
      ByteBuf bytes = (ByteBuf) data;
      heard.append(bytes.toString(StandardCharsets.US_ASCII));
      bytes.release();
      if (heard.indexOf("\n") >= 0) {
        answer.trySuccess(heard.toString());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext pipeline) {
      answer.tryFailure(new SSLException("the channel ended before an answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext pipeline, Throwable thrown) {
      answer.tryFailure(thrown.getCause() instanceof SSLException ? thrown.getCause() : thrown);
    }
  }

  private record Asked(SslHandler handler, CompletableFuture<String> answer) {
    String heard() {
      return Patience.await(answer, "the echo");
    }

    Throwable refusal() {
      return Objects.requireNonNull(
          assertThrows(CompletionException.class, answer::join).getCause(), "a cause");
    }
  }

  private Asked ask(SslContext context, String host, int port) {
    CompletableFuture<SslHandler> made = new CompletableFuture<>();
    CompletableFuture<String> answer = new CompletableFuture<>();
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                SslHandler handler = context.newHandler(channel.alloc(), host, port);
                made.complete(handler);
                Promise<String> told = channel.eventLoop().newPromise();
                told.addListener(
                    done -> {
                      if (done.isSuccess()) {
                        answer.complete(told.getNow());
                      } else {
                        answer.completeExceptionally(done.cause());
                      }
                    });
                channel.pipeline().addLast(handler).addLast(new Asks(told));
              }
            })
        .connect("127.0.0.1", port)
        .syncUninterruptibly()
        .channel()
        .writeAndFlush(io.netty.buffer.Unpooled.copiedBuffer(LINE, StandardCharsets.US_ASCII));
    return new Asked(Patience.await(made, "the handler"), answer);
  }

  private static ErrorCode code(Throwable thrown) {
    return assertInstanceOf(TlsException.class, thrown.getCause(), thrown::toString).code();
  }

  // --- Netty's own contexts, over the JDK's engine

  private static ByteArrayInputStream stream(io.tlsport.Pem pem) {
    return new ByteArrayInputStream(pem.bytes());
  }

  private static ApplicationProtocolConfig alpn(String... protocols) {
    if (protocols.length == 0) {
      return ApplicationProtocolConfig.DISABLED;
    }
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  private static SslContext nettyClient(String... protocols) throws SSLException {
    return SslContextBuilder.forClient()
        .sslProvider(SslProvider.JDK)
        .trustManager(stream(Identities.ca()))
        .applicationProtocolConfig(alpn(protocols))
        .build();
  }

  private static SslContext nettyServer(String... protocols) throws SSLException {
    TestIdentity identity = Identities.server();
    return SslContextBuilder.forServer(stream(identity.chain()), stream(identity.key()))
        .sslProvider(SslProvider.JDK)
        .applicationProtocolConfig(alpn(protocols))
        .build();
  }

  // --- tests

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aServerOfOursAndAClientOfNettysAgreeOnAProtocol(String provider) throws SSLException {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      int port =
          listen(TlsportSslContext.forServer(context(tls, Identities.server()), "h2", "other"));
      Asked asked = ask(nettyClient("http/1.1", "h2"), "localhost", port);
      assertEquals(LINE, asked.heard());
      assertEquals("h2", asked.handler().applicationProtocol());
      assertEquals("h2", Patience.await(served, "the server's").applicationProtocol());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aClientOfOursAndAServerOfNettysAgreeOnAProtocol(String provider) throws SSLException {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      int port = listen(nettyServer("h2", "http/1.1"));
      SecureContext trust = context(tls, Identities.client());
      Asked asked = ask(TlsportSslContext.forClient(trust, "http/1.1", "h2"), "localhost", port);
      assertEquals(LINE, asked.heard());
      assertEquals("h2", asked.handler().applicationProtocol());
      Asked without = ask(TlsportSslContext.forClient(trust), "localhost", port);
      assertEquals(LINE, without.heard());
      assertNull(without.handler().applicationProtocol());

      Asked wrong = ask(TlsportSslContext.forClient(trust), "other.example", port);
      assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, code(wrong.refusal()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aServerAsksForCertificates(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      int port =
          listen(
              TlsportSslContext.forServer(context(tls, Identities.server()))
                  .clientAuth(ClientAuth.REQUIRE));
      Asked known =
          ask(TlsportSslContext.forClient(context(tls, Identities.client())), "localhost", port);
      assertEquals(LINE, known.heard());
      X509Certificate shown =
          (X509Certificate)
              Patience.await(served, "the server's").engine().getSession().getPeerCertificates()[0];
      assertEquals(Identities.client().x509(), shown);
      Asked nobody = ask(nettyClient(), "localhost", port);
      assertInstanceOf(SSLException.class, nobody.refusal());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aStrangerIsServedWithoutANameWhereCertificatesAreOptional(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      int port =
          listen(
              TlsportSslContext.forServer(context(tls, Identities.server()))
                  .clientAuth(ClientAuth.OPTIONAL));
      SslContext stranger = TlsportSslContext.forClient(context(tls, Identities.strangeClient()));
      assertEquals(LINE, ask(stranger, "localhost", port).heard());
      SslHandler handler = Patience.await(served, "the server's");
      assertThrows(
          SSLPeerUnverifiedException.class,
          () -> handler.engine().getSession().getPeerCertificates());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void noProtocolInCommonIsARefusal(String provider) throws SSLException {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      int port = listen(TlsportSslContext.forServer(context(tls, Identities.server()), "h2"));
      assertInstanceOf(SSLException.class, ask(nettyClient("other"), "localhost", port).refusal());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aSniHandlerChoosesAmongContexts(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      TestIdentity other = Identities.root().leaf(Identities.localhost().dns("other.example"));
      SslContext first = TlsportSslContext.forServer(context(tls, Identities.server()));
      SslContext second = TlsportSslContext.forServer(context(tls, other));
      int port =
          listen(
              channel ->
                  new SniHandler((String name) -> "other.example".equals(name) ? second : first));
      Asked asked = ask(nettyClient(), "other.example", port);
      assertEquals(LINE, asked.heard());
      assertEquals(other.x509(), asked.handler().engine().getSession().getPeerCertificates()[0]);
    }
  }

  @Test
  void aHookMayWaitWhileTheLoopGoesOn() {
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      SecureContext context = context(tls, Identities.server());
      SocketOptions hooked =
          SocketOptions.builder()
              .isServer(true)
              .sniCallback(
                  name -> CompletableFuture.supplyAsync(() -> Optional.of(context), loops.next()))
              .build();
      int port = listen(TlsportSslContext.of(context, hooked));
      assertEquals(LINE, ask(TlsportSslContext.forClient(context), "localhost", port).heard());
    }
  }

  @Test
  void tasksRunOnTheExecutor() {
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      SecureContext context = context(tls, Identities.server());
      CompletableFuture<String> thread = new CompletableFuture<>();
      int port =
          listen(
              TlsportSslContext.forServer(context)
                  .executor(
                      task ->
                          new Thread(
                                  () -> {
                                    thread.complete(Thread.currentThread().getName());
                                    task.run();
                                  },
                                  "mine")
                              .start()));
      assertEquals(LINE, ask(TlsportSslContext.forClient(context), "localhost", port).heard());
      assertEquals("mine", thread.join());
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAtOnce() {
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      SecureContext context = context(tls, Identities.server());
      TlsportSslContext client = TlsportSslContext.forClient(context, "h2");
      assertThrows(ConfigurationException.class, () -> client.clientAuth(ClientAuth.REQUIRE));
      SocketOptions nameless = SocketOptions.builder().build();
      assertEquals(
          ErrorCode.ERR_TLS_REQUIRED_SERVER_NAME,
          assertThrows(ConfigurationException.class, () -> TlsportSslContext.of(context, nameless))
              .code());
      assertTrue(client.isClient());
      assertEquals(java.util.List.of("h2"), client.applicationProtocolNegotiator().protocols());
      assertTrue(client.cipherSuites().contains("TLS_AES_128_GCM_SHA256"));
      assertThrows(
          SSLException.class,
          () -> client.newEngine(UnpooledByteBufAllocator.DEFAULT).beginHandshake());
    }
  }
}
