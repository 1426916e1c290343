package io.tlsport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.Received;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.testpki.TestIdentity;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS over channels of Netty that the test owns, in both roles, on every provider. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is waited for elsewhere
class NettyDuplexTest {
  private static final int BULK = 2_000_000;

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final CompletableFuture<NettyDuplex> accepted = new CompletableFuture<>();

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static Stream<Arguments> everywhere() {
    return Stream.of("jdk", "conscrypt", "bcjsse", "bctls")
        .flatMap(
            name ->
                Stream.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)
                    .map(version -> Arguments.of(name, version)));
  }

  // --- channels

  private static ChannelInitializer<Channel> initializer(Consumer<Channel> wanted) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        wanted.accept(channel);
      }
    };
  }

  /** A listener that treats its channels so. */
  private InetSocketAddress listen(Consumer<Channel> children) {
    Channel bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer(children))
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    return (InetSocketAddress) bound.localAddress();
  }

  private InetSocketAddress listen() {
    return listen(channel -> accepted.complete(NettyDuplex.of(channel)));
  }

  /** A channel that still connects. */
  private NettyDuplex connect(InetSocketAddress where) {
    CompletableFuture<NettyDuplex> made = new CompletableFuture<>();
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(initializer(channel -> made.complete(NettyDuplex.of(channel))))
        .connect(where);
    return Patience.await(made, "the client's channel");
  }

  private NettyDuplex other() {
    return Patience.await(accepted, "the server's channel");
  }

  // --- sockets

  private static SocketOptions client(ProtocolVersion version) {
    return SocketOptions.builder()
        .servername("localhost")
        .rejectUnauthorized(true)
        .context(c -> c.ca(Identities.ca()).minVersion(version).maxVersion(version))
        .build();
  }

  private static SocketOptions server(ProtocolVersion version) {
    TestIdentity identity = Identities.server();
    return SocketOptions.builder()
        .isServer(true)
        .context(
            c ->
                c.key(identity.key())
                    .cert(identity.chain())
                    .minVersion(version)
                    .maxVersion(version))
        .build();
  }

  private static Tls tls(String provider) {
    return Tls.builder().provider(provider).build();
  }

  private static Capture over(Tls tls, Duplex transport, SocketOptions options) {
    return Capture.of(tls.tlsSocket(transport, options)).collect();
  }

  // --- TLS

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everywhere")
  void bulkPassesBothWays(String provider, ProtocolVersion version) {
    InetSocketAddress where = listen();
    try (Tls tls = tls(provider)) {
      Capture client = over(tls, connect(where), client(version));
      Capture server = over(tls, other(), server(version));
      Payload payload = Payload.of(BULK);
      client.socket().write(payload.bytes());
      server.socket().write(payload.bytes());
      client.awaitSecure();
      assertTrue(client.socket().authorized());
      assertEquals(payload.sha256(), client.awaitBulk(BULK).sha256());
      assertEquals(payload.sha256(), server.awaitBulk(BULK).sha256());
      assertEquals(where.getPort(), client.socket().remotePort());
      assertEquals("IPv4", client.socket().remote().orElseThrow().family());
      assertEquals(client.socket().address(), server.socket().remote());
      assertEquals(client.socket().remote(), server.socket().address());
      client.socket().end("the last words");
      server.awaitBytes(BULK + 14);
      // Some engines' close_notify waits for the peer's.
      server.socket().end();
      server.awaitClose();
      client.awaitClose();
      assertEquals(BULK + 14, server.received().count());
      assertEquals(List.of(), client.errors());
      assertEquals(List.of(), server.errors());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everywhere")
  void aPausedReaderStopsTheWriter(String provider, ProtocolVersion version) {
    InetSocketAddress where = listen();
    try (Tls tls = tls(provider)) {
      Capture client = over(tls, connect(where), client(version));
      Capture server = over(tls, other(), server(version));
      client.awaitSecure();
      server.awaitSecure();
      server.socket().pause();
      byte[] chunk = new byte[64 * 1024];
      Signal drained = new Signal();
      client.socket().onDrain(drained::fire);
      long written = 0;
      while (client.socket().writable()
          || Patience.holdsWithin(client.socket()::writable, java.time.Duration.ofMillis(500))) {
        client.socket().write(chunk);
        written += chunk.length;
        assertTrue(written < 64L * 1024 * 1024, "nothing stops the writer");
      }
      assertEquals(0, server.received().count());
      server.socket().resume();
      drained.await("drain");
      server.awaitBulk(written);
      assertEquals(written, server.received().count());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everywhere")
  void whatCameEarlyIsNotLost(String provider, ProtocolVersion version) {
    InetSocketAddress where = listen(channel -> channel.pipeline().addLast(new Greeting()));
    try (Tls tls = tls(provider)) {
      CompletableFuture<NettyDuplex> made = new CompletableFuture<>();
      new Bootstrap()
          .group(loops)
          .channel(NioSocketChannel.class)
          .handler(
              initializer(
                  channel -> {
                    // The word and the first of TLS in one packet: nobody waits for the answer.
                    NettyDuplex duplex = NettyDuplex.of(channel);
                    duplex.write("STARTTLS\n".getBytes(StandardCharsets.US_ASCII));
                    made.complete(duplex);
                  }))
          .connect(where);
      Capture client = over(tls, Patience.await(made, "the client's channel"), client(version));
      client.socket().write("early");
      Capture server = over(tls, other(), server(version));
      client.awaitSecure();
      server.awaitBytes(5);
      server.socket().write("answer");
      client.awaitBytes(6);
    }
  }

  /** Reads a line of plain text, and gives the rest to a duplex that nobody reads yet. */
  private final class Greeting extends ChannelInboundHandlerAdapter {
    private final ByteBuf read = Unpooled.buffer();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      read.writeBytes(bytes);
      bytes.release();
      int end = read.indexOf(read.readerIndex(), read.writerIndex(), (byte) '\n');
      if (end >= 0) {
        assertEquals(
            "STARTTLS\n", read.readCharSequence(end + 1, StandardCharsets.US_ASCII).toString());
        NettyDuplex duplex = NettyDuplex.of(context.channel());
        context.fireChannelRead(read);
        context.pipeline().remove(this);
        accepted.complete(duplex);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everywhere")
  void aCutIsNoEnd(String provider, ProtocolVersion version) {
    InetSocketAddress where = listen();
    try (Tls tls = tls(provider)) {
      NettyDuplex below = connect(where);
      Capture client = over(tls, below, client(version));
      Capture server = over(tls, other(), server(version));
      client.awaitSecure();
      server.awaitSecure();
      client.socket().write("half of it");
      server.awaitBytes(10);
      below.destroy();
      assertEquals(ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING, server.awaitError().code());
      server.awaitClose();
      client.awaitClose();
      assertEquals(0, server.count("end"));
    }
  }

  // --- the duplex itself

  @Test
  void eachSideEndsForItself() {
    InetSocketAddress where = listen();
    NettyDuplex client = connect(where);
    NettyDuplex server = other();
    Received atClient = new Received();
    Received atServer = new Received();
    Signal clientEnd = new Signal();
    client.onData(atClient::add).onEnd(clientEnd::fire);
    server.onData(atServer::add).onEnd(() -> server.write("late".getBytes(StandardCharsets.UTF_8)));
    client.write("early".getBytes(StandardCharsets.UTF_8));
    Patience.await(client.end(), "the client's end");
    Patience.until(() -> atClient.count() == 4, () -> "what is written after the peer's end");
    assertEquals(5, atServer.count());
    assertEquals(
        ErrorCode.ERR_STREAM_WRITE_AFTER_END,
        Patience.awaitFailure(client.write(new byte[1]), "a write after the end").code());
    server.end();
    clientEnd.await("the client's end event");
    Patience.await(client.closed(), "close");
    Patience.await(server.closed(), "close");
    Signal late = new Signal();
    client.onClose(late::fire).onEnd(late::fire);
    late.await("close, for a listener that came late");
    assertEquals(
        ErrorCode.ERR_STREAM_DESTROYED,
        Patience.awaitFailure(client.write(new byte[1]), "a write after close").code());
  }

  @Test
  void whatIsPausedIsNotRead() {
    InetSocketAddress where = listen();
    NettyDuplex client = connect(where);
    NettyDuplex server = other();
    byte[] chunk = new byte[64 * 1024];
    long written = 0;
    while (client.writable()
        || Patience.holdsWithin(client::writable, java.time.Duration.ofMillis(500))) {
      client.write(chunk);
      written += chunk.length;
    }
    Signal drained = new Signal();
    client.onDrain(drained::fire);
    client.end();
    Received received = new Received();
    Signal ended = new Signal();
    long all = written;
    server
        .onEnd(ended::fire)
        .onData(
            data -> {
              received.add(data);
              // On and off: nothing is lost and nothing comes meanwhile.
              server.pause();
              assertTrue(server.paused());
              server.resume();
            });
    drained.await("drain");
    ended.await("the end");
    assertEquals(all, received.count());
  }

  @Test
  void aListenerThatThrowsEndsIt() {
    InetSocketAddress where = listen();
    NettyDuplex client = connect(where);
    NettyDuplex server = other();
    CompletableFuture<TlsException> error = new CompletableFuture<>();
    server
        .onError(error::complete)
        .onData(
            data -> {
              throw new IllegalStateException("made by the test");
            });
    client.onData(data -> {});
    client.write(new byte[1]);
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, Patience.await(error, "the error").code());
    Patience.await(server.closed(), "close");
    client.end();
    Patience.await(client.closed(), "close of the other side");
  }

  @Test
  void whatIsNoBytesIsAnError() {
    EmbeddedChannel channel = new EmbeddedChannel();
    NettyDuplex duplex = NettyDuplex.of(channel);
    List<ErrorCode> errors = new ArrayList<>();
    List<String> events = new ArrayList<>();
    duplex.onError(error -> errors.add(error.code())).onClose(() -> events.add("close"));
    duplex.onData(data -> events.add("data"));
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[3]));
    channel.writeInbound("a text");
    assertEquals(List.of(ErrorCode.ERR_INVALID_ARG_TYPE), errors);
    assertEquals(List.of("data", "close"), events);
  }

  @Test
  void memoryComesBack() {
    EmbeddedChannel channel = new EmbeddedChannel();
    NettyDuplex duplex = NettyDuplex.of(channel);
    ByteBuf held = Unpooled.buffer().writeInt(1);
    channel.writeInbound(held);
    assertEquals(1, held.refCnt());
    duplex.destroy();
    channel.runPendingTasks();
    assertEquals(0, held.refCnt());
    ByteBuf late = Unpooled.buffer().writeInt(1);
    duplex.received(late);
    assertEquals(0, late.refCnt());
    assertTrue(duplex.closed().toCompletableFuture().isDone());
  }
}
