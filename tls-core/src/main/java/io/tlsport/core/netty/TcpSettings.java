package io.tlsport.core.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.tlsport.TcpOptions;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** TCP options for a bootstrap, and for a channel that exists. */
final class TcpSettings {
  /** Sets one option. */
  @FunctionalInterface
  interface Target {
    <T> Object set(ChannelOption<T> option, T value);
  }

  private TcpSettings() {}

  /**
   * Sets them; the delay of keep-alive where the system can. What Netty's channels and new sockets
   * are by themselves, without delay and silent, is not set once more for each connection.
   */
  static void apply(EventLoops loops, TcpOptions tcp, Target target) {
    if (!tcp.noDelay()) {
      target.set(ChannelOption.TCP_NODELAY, false);
    }
    if (tcp.keepAlive()) {
      keepAlive(loops.epoll(), true, tcp.keepAliveInitialDelay(), target);
    }
  }

  private static void keepAlive(boolean epoll, boolean on, Duration delay, Target target) {
    target.set(ChannelOption.SO_KEEPALIVE, on);
    int seconds = (int) delay.toSeconds();
    if (seconds > 0) {
      target.set(
          epoll
              ? EpollChannelOption.TCP_KEEPIDLE
              : NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
          seconds);
    }
  }

  /** Of a channel; one that is closed, or no TCP, is left alone. */
  static void noDelay(Channel channel, boolean on) {
    set(channel, ChannelOption.TCP_NODELAY, on);
  }

  /** Of a channel; one that is closed, or no TCP, is left alone. */
  static void keepAlive(Channel channel, boolean on, Duration delay) {
    boolean epoll = channel instanceof EpollSocketChannel;
    keepAlive(
        epoll,
        on,
        delay,
        new Target() {
          @Override
          public <T> Object set(ChannelOption<T> option, T value) {
            return TcpSettings.set(channel, option, value);
          }
        });
  }

  private static <T> boolean set(Channel channel, ChannelOption<T> option, T value) {
    try {
      return channel.config().setOption(option, value);
    } catch (ChannelException closed) {
      // It matters to nobody any more.
      return false;
    }
  }
}
