package io.tlsport.core.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.tlsport.Address;
import io.tlsport.TcpOptions;
import io.tlsport.TlsException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Accepts connections on one address. */
// Futures of closing and writing: what fails there comes again as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyListener {
  /** How long nothing is accepted after a failure. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final EventLoops loops;
  private final TcpOptions tcp;
  private final Events events;
  private volatile @Nullable Channel channel;

  /** What a listener tells; called on event loops. */
  public interface Events {
    /**
     * A connection came; called before anything is read of it.
     *
     * @return false to close it at once
     */
    boolean accepted(TlsChannelHandler handler, Supplier<Optional<Address>> remote);

    /** Accepting failed; it is tried again, and told once until it succeeds. */
    void failed(TlsException error);

    /** Nothing is accepted any more. */
    void closed();
  }

  /** A listener that is not bound. */
  public NettyListener(EventLoops loops, TcpOptions tcp, Events events) {
    this.loops = loops;
    this.tcp = tcp;
    this.events = events;
  }

  /** Binds; exactly one of the two is called, on the loop that accepts. */
  public void bind(
      SocketAddress address, Consumer<Address> onBound, Consumer<TlsException> onFailure) {
    ServerBootstrap bootstrap =
        loops
            .serverBootstrap(address)
            .option(ChannelOption.SO_BACKLOG, 511)
            .handler(new Acceptor())
            .childHandler(new Child());
    if (address instanceof InetSocketAddress) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      TcpSettings.apply(loops, tcp, bootstrap::childOption);
    }
    ChannelFuture future = bootstrap.bind(address);
    future.addListener(
        done -> {
          if (done.isSuccess()) {
            Channel bound = future.channel();
            channel = bound;
            bound.closeFuture().addListener(closed -> events.closed());
            onBound.accept(Addresses.of(bound.localAddress()).orElseThrow());
          } else {
            onFailure.accept(NetErrors.of("listen " + text(address), done.cause()));
          }
        });
  }

  private static String text(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet.getHostString() + ":" + inet.getPort()
        : address.toString();
  }

  /** Stops accepting. */
  public void close() {
    Channel bound = channel;
    if (bound != null) {
      bound.close();
    }
  }

  /**
   * Reports failures to accept, such as a lack of descriptors, and lets some time pass then: the
   * connection still waits, and its announcement would come again at once, for ever.
   */
  private final class Acceptor extends ChannelInboundHandlerAdapter {
    private boolean failing;

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      failing = false;
      context.fireChannelRead(accepted);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      ChannelConfig config = context.channel().config();
      config.setAutoRead(false);
      context
          .executor()
          .schedule(() -> config.setAutoRead(true), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      if (!failing) {
        failing = true;
        events.failed(NetErrors.of("accept", cause));
      }
    }
  }

  private final class Child extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel accepted) {
      PeersEnd.watch(accepted);
      TlsChannelHandler handler = new TlsChannelHandler(new NettyLoop(accepted.eventLoop()));
      if (events.accepted(handler, () -> Addresses.of(accepted.remoteAddress()))) {
        accepted.pipeline().addLast(handler);
      } else {
        accepted.close();
      }
    }
  }
}
