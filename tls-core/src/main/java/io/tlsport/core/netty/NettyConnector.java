package io.tlsport.core.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.tlsport.TcpOptions;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes outgoing connections for one handler, which takes one of them; on its loop. Names and
 * deadlines are somebody else's.
 */
// Futures of closing and writing: what fails there comes again as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyConnector {
  private final EventLoops loops;
  private final TlsChannelHandler handler;
  private final TcpOptions tcp;

  /** For that handler. */
  public NettyConnector(EventLoops loops, TlsChannelHandler handler, TcpOptions tcp) {
    this.loops = loops;
    this.handler = handler;
    this.tcp = tcp;
  }

  /** One attempt. */
  public interface Attempt {
    /** The handler takes the connection, which stands. */
    void take();

    /** Nobody wants it any more, whether it stands or not. */
    void abandon();
  }

  /**
   * Begins an attempt.
   *
   * @param local where to connect from; null for anywhere
   * @param done told once, later, on the loop: null if the connection stands
   */
  public Attempt connect(
      SocketAddress remote, @Nullable SocketAddress local, Consumer<@Nullable Throwable> done) {
    Bootstrap bootstrap =
        loops
            .bootstrap(handler.loop(), remote)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(new Waiting());
    if (remote instanceof InetSocketAddress) {
      TcpSettings.apply(loops, tcp, bootstrap::option);
    }
    ChannelFuture future = bootstrap.connect(remote, local);
    // Later, also if it is over already: the caller does not know the attempt yet.
    future.addListener(over -> handler.loop().execute(() -> done.accept(over.cause())));
    return new ChannelAttempt(future.channel(), handler);
  }

  private record ChannelAttempt(Channel channel, TlsChannelHandler handler) implements Attempt {
    @Override
    public void take() {
      channel.pipeline().addLast(handler);
    }

    @Override
    public void abandon() {
      channel.close();
    }
  }

  /** Holds the place until the connection stands and the real handler takes it. */
  private static final class Waiting extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      PeersEnd.watch(context.channel());
    }
  }
}
