package io.tlsport.bench;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.nio.ByteBuffer;

/** A server of ours. */
final class TlsportServer extends OwnThreads implements MeasuredServer {
  private final Tls tls;
  private final Work work;
  private final int port;

  /** One that listens. */
  TlsportServer(Contestant contestant, Row row, Identities identities) {
    this.work = row.work();
    Tls.Builder builder =
        Tls.builder()
            .provider(contestant.provider())
            .eventLoops(1)
            .handshakeExecutor(Runnable::run)
            .allowPartial(Capability.SESSION_RESUMPTION);
    contestant.accelerator().ifPresent(builder::accelerator);
    this.tls = builder.build();
    Server server =
        tls.createServer(
            ServerOptions.builder()
                .context(
                    context -> {
                      context
                          .key(identities.key(row.key()))
                          .cert(identities.chain(row.key()))
                          .minVersion(row.version())
                          .maxVersion(row.version());
                      if (row.version() == ProtocolVersion.TLS_1_2) {
                        context.ciphers(Clients.SUITES);
                      }
                    })
                .build(),
            this::serve);
    this.port = Clients.within(server.listen(0, "127.0.0.1")).port();
  }

  /** Whether a server of that provider and version resumes sessions. */
  static boolean resumes(String provider, ProtocolVersion version) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      return tls.capabilities().of(Capability.SESSION_RESUMPTION).covers(version);
    }
  }

  @Override
  public int port() {
    return port;
  }

  private void serve(TLSSocket socket) {
    worksHere();
    if (work.echoes()) {
      socket.onData(socket::write);
    } else if (work.answers()) {
      ByteBuffer chunk = ByteBuffer.allocate(work.chunk());
      socket.onData(
          question -> {
            for (int i = 0; i < work.burst(); i++) {
              socket.write(chunk);
            }
          });
    } else if (work.receives()) {
      socket.onData(data -> {});
    } else {
      ByteBuffer chunk = ByteBuffer.allocate(work.chunk());
      socket.onDrain(() -> pump(socket, chunk));
      pump(socket, chunk);
    }
  }

  private static void pump(TLSSocket socket, ByteBuffer chunk) {
    while (socket.writable()) {
      socket.write(chunk);
    }
  }

  @Override
  public void close() {
    tls.close();
  }
}
