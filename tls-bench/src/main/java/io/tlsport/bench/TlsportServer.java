package io.tlsport.bench;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.testpki.TestIdentity;
import java.nio.ByteBuffer;

/** A server of ours. */
final class TlsportServer extends MeasuredServer {
  private final Tls tls;
  private final Work work;
  private final int port;

  /** One that listens. */
  TlsportServer(String provider, ProtocolVersion version, Work work, TestIdentity identity) {
    this.work = work;
    this.tls =
        Tls.builder()
            .provider(provider)
            .eventLoops(1)
            .handshakeExecutor(Runnable::run)
            .allowPartial(Capability.SESSION_RESUMPTION)
            .build();
    Server server =
        tls.createServer(
            ServerOptions.builder()
                .context(
                    context ->
                        context
                            .key(identity.key())
                            .cert(identity.chain())
                            .minVersion(version)
                            .maxVersion(version))
                .build(),
            this::serve);
    this.port = Clients.within(server.listen(0, "127.0.0.1")).port();
  }

  @Override
  int port() {
    return port;
  }

  private void serve(TLSSocket socket) {
    worksHere();
    switch (work) {
      case CONNECT, ECHO -> socket.onData(socket::write);
      case UP -> socket.onData(data -> moved(data.remaining()));
      case DOWN, SMALL_WRITES -> {
        ByteBuffer chunk = ByteBuffer.allocate(work.chunk());
        socket.onDrain(() -> pump(socket, chunk));
        pump(socket, chunk);
      }
    }
  }

  private void pump(TLSSocket socket, ByteBuffer chunk) {
    while (socket.writable()) {
      socket.write(chunk.duplicate());
      moved(chunk.remaining());
    }
  }

  @Override
  public void close() {
    tls.close();
  }
}
