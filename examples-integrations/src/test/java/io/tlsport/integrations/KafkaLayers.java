package io.tlsport.integrations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.function.IntFunction;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.network.ChannelMetadataRegistry;
import org.apache.kafka.common.network.CipherInformation;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.SslTransportLayer;
import org.jspecify.annotations.Nullable;

/** Two of Kafka's own transport layers that talk to each other, without a broker. */
final class KafkaLayers implements AutoCloseable {
  private static final int MOST_ROUNDS = 2000;
  private static final int WAIT_MILLIS = 50;

  private final Selector selector = Selector.open();
  private final SslTransportLayer client;
  private final SslTransportLayer server;

  private KafkaLayers(
      SocketChannel connecting, SSLEngine clients, SocketChannel accepted, SSLEngine servers)
      throws IOException {
    client = layer("client", connecting, clients);
    server = layer("server", accepted, servers);
  }

  /** Connected over the loopback interface; engines are made of the other side's port. */
  static KafkaLayers connect(IntFunction<SSLEngine> client, IntFunction<SSLEngine> server)
      throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel connecting = SocketChannel.open(listener.getLocalAddress());
      SocketChannel accepted = listener.accept();
      return new KafkaLayers(
          connecting,
          client.apply(accepted.socket().getLocalPort()),
          accepted,
          server.apply(connecting.socket().getLocalPort()));
    }
  }

  private SslTransportLayer layer(String id, SocketChannel channel, SSLEngine engine)
      throws IOException {
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    return SslTransportLayer.create(id, key, engine, new Registry());
  }

  void handshake() throws IOException {
    for (int round = 0; !client.ready() || !server.ready(); round++) {
      if (round > MOST_ROUNDS) {
        throw new AssertionError("no end of the handshake");
      }
      if (!client.ready()) {
        client.handshake();
      }
      if (!server.ready()) {
        server.handshake();
      }
      selector.select(key -> {}, WAIT_MILLIS);
    }
  }

  /** What arrives at the server. */
  String send(String text) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer heard = ByteBuffer.allocate(data.remaining());
    for (int round = 0; heard.hasRemaining(); round++) {
      if (round > MOST_ROUNDS) {
        throw new AssertionError("the text does not arrive");
      }
      client.write(data);
      server.read(heard);
      client.read(ByteBuffer.allocate(1)); // tickets
    }
    return new String(heard.array(), StandardCharsets.US_ASCII);
  }

  Principal principalOfTheClient() {
    return server.peerPrincipal();
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    selector.close();
  }

  private static final class Registry implements ChannelMetadataRegistry {
    private @Nullable CipherInformation cipher;
    private @Nullable ClientInformation software;

    @Override
    public void registerCipherInformation(CipherInformation information) {
      cipher = information;
    }

    @Override
    public @Nullable CipherInformation cipherInformation() {
      return cipher;
    }

    @Override
    public void registerClientInformation(ClientInformation information) {
      software = information;
    }

    @Override
    public @Nullable ClientInformation clientInformation() {
      return software;
    }

    @Override
    public void close() {}
  }
}
