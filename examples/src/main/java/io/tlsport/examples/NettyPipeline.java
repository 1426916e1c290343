package io.tlsport.examples;

import static io.tlsport.examples.Example.await;
import static io.tlsport.examples.Example.pem;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.tlsport.ConnectOptions;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** A pipeline of Netty whose {@code SslHandler} has an engine of a secure context. */
public final class NettyPipeline {
  private NettyPipeline() {}

  /** Sends a line there and back. */
  public static void main(String... args) {
    Example.main("NettyPipeline PROVIDER KEY CERT CA", args, NettyPipeline::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      SecureContext context =
          tls.createSecureContext(
              SecureContextOptions.builder()
                  .key(pem(args.get(1)))
                  .cert(pem(args.get(2)))
                  .ca(pem(args.get(3)))
                  .build());
      Channel server =
          new ServerBootstrap()
              .group(loops)
              .channel(NioServerSocketChannel.class)
              .childHandler(new Pipeline(context))
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .sync()
              .channel();
      int port = ((InetSocketAddress) server.localAddress()).getPort();
      TLSSocket client =
          tls.connect(ConnectOptions.builder().port(port).secureContext(context).build());
      await(client.secured());
      client.write("by a pipeline\n");
      out.accept("echoed: " + Example.line(client));
    } finally {
      Future<?> unused = loops.shutdownGracefully();
    }
  }

  /** Handshakes are computed beside the loop, and the loop echoes. */
  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final SecureContext context;

    Pipeline(SecureContext context) {
      this.context = context;
    }

    @Override
    protected void initChannel(Channel channel) {
      SocketOptions server = SocketOptions.builder().isServer(true).build();
      channel
          .pipeline()
          .addLast(new SslHandler(context.newEngine(server), ForkJoinPool.commonPool()))
          .addLast(new Echo());
    }
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext pipeline, Object data) {
      Future<?> unused = pipeline.writeAndFlush(data);
    }
  }
}
