package io.tlsport.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Set;

/** Vert.x over the engine of the JDK, as its users get it. */
// A write that fails ends its connection, which the load on it notices.
@SuppressWarnings("FutureReturnValueIgnored")
final class VertxServer extends OwnThreads implements MeasuredServer {
  private static final String ACCEPTOR = "vert.x-acceptor-thread";

  private final Vertx vertx;
  private final Work work;
  private final NetServer server;

  /** One that listens. */
  VertxServer(Row row, Identities identities) {
    this.work = row.work();
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.server =
        vertx
            .createNetServer(
                new NetServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setKeyValue(Buffer.buffer(identities.key(row.key()).bytes()))
                            .setCertValue(Buffer.buffer(identities.chain(row.key()).bytes())))
                    .setEnabledSecureTransportProtocols(Set.of(row.version().id()))
                    .addEnabledCipherSuite(Clients.SUITE_13)
                    .addEnabledCipherSuite("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                    .addEnabledCipherSuite("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
            .connectHandler(this::serve);
    Clients.within(server.listen().toCompletionStage());
    // It accepts on a thread of its own.
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(ACCEPTOR))
        .forEach(this::works);
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  private void serve(NetSocket socket) {
    worksHere();
    if (work.echoes()) {
      socket.handler(socket::write);
    } else if (work.answers()) {
      Buffer chunk = Buffer.buffer(new byte[work.chunk()]);
      socket.handler(
          question -> {
            for (int i = 0; i < work.burst(); i++) {
              socket.write(chunk);
            }
          });
    } else if (work.receives()) {
      socket.handler(data -> {});
    } else {
      new Sender(socket).send();
    }
  }

  /** Sends as fast as the client takes it, a bit at a time. */
  private final class Sender {
    private final NetSocket socket;
    private final Buffer chunk = Buffer.buffer(new byte[work.chunk()]);
    private boolean closed;
    private boolean waits;

    Sender(NetSocket socket) {
      this.socket = socket;
      socket.drainHandler(drained -> turn());
      socket.closeHandler(over -> closed = true);
    }

    void send() {
      waits = false;
      int left = work.burst();
      while (left > 0 && !closed && !socket.writeQueueFull()) {
        socket.write(chunk);
        left--;
      }
      if (left == 0 && !closed) {
        turn();
      }
    }

    private void turn() {
      if (!waits) {
        waits = true;
        vertx.runOnContext(next -> send());
      }
    }
  }

  @Override
  public void close() {
    Clients.within(vertx.close().toCompletionStage());
  }
}
