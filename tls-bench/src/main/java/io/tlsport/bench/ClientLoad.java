package io.tlsport.bench;

import io.tlsport.Capability;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that are measured, and the server that answers them, which is the same for all, and of
 * which nothing is measured: it counts.
 */
final class ClientLoad implements Load {
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong resumed = new AtomicLong();
  private final Tls tls;
  private final MeasuredClient client;

  /** Clients of that contestant, and their server on that provider. */
  ClientLoad(Contestant contestant, String provider, Row row, Identities identities) {
    this.tls =
        Tls.builder()
            .provider(provider)
            .eventLoops(1)
            .handshakeExecutor(Runnable::run)
            .allowPartial(Capability.SESSION_RESUMPTION)
            .build();
    try {
      Server server =
          tls.createServer(
              ServerOptions.builder()
                  .context(
                      context ->
                          context
                              .key(identities.leafKey())
                              .cert(identities.leaf())
                              .minVersion(row.version())
                              .maxVersion(row.version()))
                  .build(),
              this::serve);
      int port = Clients.within(server.listen(0, "127.0.0.1")).port();
      this.client = contestant.connect(row, identities, port);
    } catch (RuntimeException failed) {
      tls.close();
      throw failed;
    }
  }

  private void serve(TLSSocket socket) {
    Clients.requireSuite(socket);
    if (socket.sessionReused()) {
      resumed.incrementAndGet();
    }
    socket.onData(
        question -> {
          done.incrementAndGet();
          socket.write(question);
        });
  }

  MeasuredClient client() {
    return client;
  }

  @Override
  public void start() {
    client.start();
  }

  @Override
  public void stop() {
    client.stop();
  }

  @Override
  public long units() {
    return done.get();
  }

  @Override
  public long resumed() {
    return resumed.get();
  }

  @Override
  public void check() {
    client.check();
  }

  /** The server; who reads the clients' meter closes them. */
  @Override
  public void close() {
    tls.close();
  }
}
