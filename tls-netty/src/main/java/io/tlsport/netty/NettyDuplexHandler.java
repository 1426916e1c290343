package io.tlsport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Where a {@link NettyDuplex} stands in its pipeline. */
final class NettyDuplexHandler extends ChannelInboundHandlerAdapter {
  private final NettyDuplex duplex;
  private @Nullable ChannelHandlerContext context;

  NettyDuplexHandler(NettyDuplex duplex) {
    this.duplex = duplex;
  }

  /** Writes from here, so that the handlers before see it. */
  ChannelFuture write(ByteBuf bytes) {
    ChannelHandlerContext current = context;
    if (current == null) {
      throw new IllegalStateException("the handler is in no pipeline");
    }
    return current.writeAndFlush(bytes);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    duplex.active();
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (message instanceof ByteBuf bytes) {
      duplex.received(bytes);
      return;
    }
    ReferenceCountUtil.release(message);
    duplex.failed(
        new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_TYPE,
            "NettyDuplex got a "
                + message.getClass().getSimpleName()
                + " and no bytes: remove the handler that decodes before it"));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      duplex.inputEnded();
    }
    from.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    duplex.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    duplex.failed(cause);
  }
}
