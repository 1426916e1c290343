package io.tlsport.core.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.tlsport.TcpOptions;
import jdk.net.ExtendedSocketOptions;

/** TCP options for a bootstrap. */
final class TcpSettings {
  /** Sets one option. */
  @FunctionalInterface
  interface Target {
    <T> Object set(ChannelOption<T> option, T value);
  }

  private TcpSettings() {}

  /** Sets them; the delay of keep-alive where the system can. */
  static void apply(EventLoops loops, TcpOptions tcp, Target target) {
    target.set(ChannelOption.TCP_NODELAY, tcp.noDelay());
    target.set(ChannelOption.SO_KEEPALIVE, tcp.keepAlive());
    int seconds = (int) tcp.keepAliveInitialDelay().toSeconds();
    if (seconds > 0) {
      target.set(
          loops.epoll()
              ? EpollChannelOption.TCP_KEEPIDLE
              : NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
          seconds);
    }
  }
}
