package io.tlsport.core.netty;

import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioDomainSocketChannel;

/**
 * Lets a Unix domain socket outlive the end of its peer's side, as {@code ALLOW_HALF_CLOSURE} does
 * for TCP. Netty has no such option for these channels and closes them, with what is still to be
 * written. The end is seen here, where Netty counts what it has read.
 */
final class PeersEnd implements RecvByteBufAllocator {
  private final Channel channel;
  private final RecvByteBufAllocator usual;

  private PeersEnd(Channel channel, RecvByteBufAllocator usual) {
    this.channel = channel;
    this.usual = usual;
  }

  /** Of a channel that has read nothing yet. */
  static void watch(Channel channel) {
    if (channel instanceof NioDomainSocketChannel) {
      RecvByteBufAllocator usual = channel.config().getRecvByteBufAllocator();
      channel.config().setRecvByteBufAllocator(new PeersEnd(channel, usual));
    }
  }

  @Override
  public Reads newHandle() {
    return new Reads();
  }

  /** The reads of the channel, on its loop. */
  final class Reads extends DelegatingHandle {
    private boolean told;

    Reads() {
      super(usual.newHandle());
    }

    /** Netty closes the channel if what it asks for then is negative. */
    @Override
    public void lastBytesRead(int bytes) {
      super.lastBytesRead(Math.max(0, bytes));
      if (bytes < 0) {
        channel.config().setAutoRead(false);
        if (!told) {
          told = true;
          // Behind what was read before it.
          channel.eventLoop().execute(this::tell);
        }
      }
    }

    private void tell() {
      channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }
}
