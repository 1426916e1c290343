package io.tlsport.core.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tlsport.core.engine.Buffers;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of one {@link io.tlsport.Tls}: epoll where Netty's native transport is on the
 * class path, else NIO. Threads start with their first connection and keep the JVM alive, as a
 * server in Node keeps its process.
 */
public final class EventLoops implements AutoCloseable {
  private final EventLoopGroup group;
  private final boolean epoll;
  private @Nullable EventLoopGroup portable;
  private boolean closed;
  private final Buffers buffers = new NettyBuffers(io.netty.buffer.ByteBufAllocator.DEFAULT);

  /** As many loops as {@code count}. */
  public EventLoops(int count) {
    this.epoll = Epoll.isAvailable();
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("tlsport-loop", false), handlers);
  }

  /**
   * The loop for the next connection over a channel of the JDK: one of those, unless they are of
   * the native transport, which knows no such channels.
   */
  public NettyLoop nextPortable() {
    return new NettyLoop(portable().next());
  }

  private synchronized EventLoopGroup portable() {
    if (!epoll) {
      return group;
    }
    EventLoopGroup made = portable;
    if (made == null) {
      made =
          new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory("tlsport-nio", false), NioIoHandler.newFactory());
      portable = made;
      if (closed) {
        stop(made);
      }
    }
    return made;
  }

  /** True if connections are epoll's. */
  boolean epoll() {
    return epoll;
  }

  /** The loop for the next connection. */
  public NettyLoop next() {
    return new NettyLoop(group.next());
  }

  /** Memory for drivers. */
  public Buffers buffers() {
    return buffers;
  }

  /** For a listener on that address; one of IPv4 accepts IPv4 only, and says so. */
  ServerBootstrap serverBootstrap(SocketAddress where) {
    if (where instanceof UnixDomainSocketAddress) {
      return new ServerBootstrap().group(portable()).channel(NioServerDomainSocketChannel.class);
    }
    SocketProtocolFamily family =
        where instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address
            ? SocketProtocolFamily.INET
            : SocketProtocolFamily.INET6;
    return new ServerBootstrap()
        .group(group)
        .channelFactory(
            () ->
                epoll
                    ? new EpollServerSocketChannel(family)
                    : new NioServerSocketChannel(SelectorProvider.provider(), family));
  }

  /** For a connection to that address; of a path, on a loop of {@link #nextPortable}. */
  Bootstrap bootstrap(NettyLoop loop, SocketAddress remote) {
    Bootstrap bootstrap = new Bootstrap().group(loop.eventLoop());
    if (remote instanceof UnixDomainSocketAddress) {
      return bootstrap.channel(NioDomainSocketChannel.class);
    }
    return bootstrap
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  /** Stops the loops once their tasks are done; waits for that unless called on a loop. */
  @Override
  public void close() {
    EventLoopGroup other;
    synchronized (this) {
      closed = true;
      other = portable;
    }
    stop(group);
    if (other != null) {
      stop(other);
    }
  }

  private static void stop(EventLoopGroup loops) {
    boolean onLoop = false;
    for (io.netty.util.concurrent.EventExecutor executor : loops) {
      onLoop |= executor.inEventLoop();
    }
    io.netty.util.concurrent.Future<?> done = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    if (!onLoop) {
      done.awaitUninterruptibly(6, TimeUnit.SECONDS);
    }
  }
}
