package io.tlsport.core.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TcpSettingsTest {
  @Test
  void aChannelIsTuned() {
    Channel channel = new NioSocketChannel();
    try {
      for (boolean on : new boolean[] {false, true, false}) {
        TcpSettings.noDelay(channel, on);
        assertEquals(on, channel.config().getOption(ChannelOption.TCP_NODELAY));
        TcpSettings.keepAlive(channel, on, Duration.ZERO);
        assertEquals(on, channel.config().getOption(ChannelOption.SO_KEEPALIVE));
      }
      TcpSettings.keepAlive(channel, true, Duration.ofSeconds(77));
      assertEquals(
          Optional.of(77),
          channel.config().getOptions().entrySet().stream()
              .filter(option -> option.getKey().name().endsWith("TCP_KEEPIDLE"))
              .map(Map.Entry::getValue)
              .findFirst());
      assertEquals(true, channel.config().getOption(ChannelOption.SO_KEEPALIVE));
    } finally {
      channel.unsafe().closeForcibly();
    }
  }

  @Test
  void whatIsNoTcpIsLeftAlone() {
    Channel path = new NioDomainSocketChannel();
    try {
      TcpSettings.noDelay(path, true);
      TcpSettings.keepAlive(path, true, Duration.ofSeconds(77));
    } finally {
      path.unsafe().closeForcibly();
    }
    TcpSettings.noDelay(path, true);
    EmbeddedChannel none = new EmbeddedChannel();
    TcpSettings.keepAlive(none, true, Duration.ofSeconds(77));
    none.finishAndReleaseAll();
  }
}
