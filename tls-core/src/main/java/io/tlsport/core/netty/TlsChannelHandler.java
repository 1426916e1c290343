package io.tlsport.core.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.tlsport.Address;
import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import io.tlsport.TransportException;
import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Slab;
import io.tlsport.core.engine.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects one channel with one driver. It exists before its channel does, so that a socket can be
 * used, and destroyed, while it still connects.
 */
// Futures of closing and writing: what fails there comes again as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
public final class TlsChannelHandler extends ChannelInboundHandlerAdapter implements Transport {
  private final NettyLoop loop;
  private @Nullable EngineDriver driver;
  private @Nullable Runnable onActive;
  private @Nullable Runnable onGivenUp;
  private @Nullable ChannelHandlerContext ctx;
  private final List<Consumer<Channel>> changes = new ArrayList<>();
  private boolean reading = true;
  private boolean over;
  private volatile @Nullable Channel channel;

  /** A handler for a channel of that loop. */
  public TlsChannelHandler(NettyLoop loop) {
    this.loop = loop;
  }

  /** Its loop. */
  public NettyLoop loop() {
    return loop;
  }

  /** Sets the driver and what starts it once the channel is connected. */
  public void bind(EngineDriver driver, Runnable onActive) {
    this.driver = driver;
    this.onActive = onActive;
  }

  /** What stops the attempt to connect if the connection is given up meanwhile. */
  public void onGivenUp(Runnable stop) {
    this.onGivenUp = stop;
  }

  /** Our end of the connection. */
  public Optional<Address> local() {
    Channel current = channel;
    return current == null ? Optional.empty() : Addresses.of(current.localAddress());
  }

  /** The peer's end of the connection. */
  public Optional<Address> remote() {
    Channel current = channel;
    return current == null ? Optional.empty() : Addresses.of(current.remoteAddress());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel().isActive()) {
      active(context);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    active(context);
  }

  private void active(ChannelHandlerContext context) {
    if (ctx != null) {
      return;
    }
    ctx = context;
    channel = context.channel();
    if (over) {
      context.close();
      return;
    }
    changes.forEach(change -> change.accept(context.channel()));
    changes.clear();
    context.channel().config().setAutoRead(reading);
    Runnable start = onActive;
    if (start != null) {
      start.run();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buf = (ByteBuf) message;
    try {
      // Nobody keeps it: that a view for a moment is made only once saves one for every read.
      ByteBuffer bytes =
          buf.nioBufferCount() == 1
              ? buf.internalNioBuffer(buf.readerIndex(), buf.readableBytes())
              : buf.nioBuffer();
      driver().received(bytes);
    } finally {
      buf.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    driver().readComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      driver().transportEnded();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    driver()
        .transportFailed(
            cause instanceof IOException
                ? NetErrors.of("connection", cause)
                : new ProviderException(
                    ErrorCode.ERR_PROVIDER_FAILURE, "tlsport itself failed: " + cause, cause));
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over = true;
    driver().transportClosed();
  }

  private EngineDriver driver() {
    EngineDriver current = driver;
    if (current == null) {
      throw new IllegalStateException("a channel without a driver");
    }
    return current;
  }

  @Override
  public void send(Slab slab, @Nullable Accepted accepted) {
    ChannelHandlerContext context = ctx;
    if (context == null) {
      slab.release();
      if (accepted != null) {
        accepted.done(new TransportException(ErrorCode.EPIPE, "the connection does not exist"));
      }
      return;
    }
    ByteBuf message = ((NettyBuffers.Sendable) slab).toMessage();
    if (accepted == null) {
      context.write(message, context.voidPromise());
      return;
    }
    ChannelPromise promise = context.newPromise();
    promise.addListener(
        future -> accepted.done(future.isSuccess() ? null : NetErrors.of("write", future.cause())));
    context.write(message, promise);
  }

  @Override
  public long pending() {
    ChannelHandlerContext context = ctx;
    ChannelOutboundBuffer queue =
        context == null ? null : context.channel().unsafe().outboundBuffer();
    return queue == null ? 0 : queue.totalPendingWriteBytes();
  }

  @Override
  public void flush() {
    ChannelHandlerContext context = ctx;
    if (context != null) {
      context.flush();
    }
  }

  @Override
  public void read(boolean on) {
    reading = on;
    ChannelHandlerContext context = ctx;
    if (context != null) {
      context.channel().config().setAutoRead(on);
    }
  }

  @Override
  public void noDelay(boolean on) {
    tune(tuned -> TcpSettings.noDelay(tuned, on));
  }

  @Override
  public void keepAlive(boolean on, Duration initialDelay) {
    tune(tuned -> TcpSettings.keepAlive(tuned, on, initialDelay));
  }

  /** Now, or once there is a channel. */
  private void tune(Consumer<Channel> change) {
    ChannelHandlerContext context = ctx;
    if (context == null) {
      changes.add(change);
    } else {
      change.accept(context.channel());
    }
  }

  @Override
  public void close() {
    ChannelHandlerContext context = ctx;
    if (context == null) {
      giveUp();
    } else {
      // Closing a channel drops what it still has to write, so the close queues behind that.
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void abort() {
    ChannelHandlerContext context = ctx;
    if (context == null) {
      giveUp();
    } else {
      context.close();
    }
  }

  private void giveUp() {
    if (!over) {
      over = true;
      Runnable stop = onGivenUp;
      if (stop != null) {
        stop.run();
      }
      loop.execute(() -> driver().transportClosed());
    }
  }
}
