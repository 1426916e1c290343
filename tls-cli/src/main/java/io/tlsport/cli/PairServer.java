package io.tlsport.cli;

import io.tlsport.Address;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An echo server of one version and kind of key: clients come to it one after the other. */
final class PairServer {
  private static final int ACCEPT_SECONDS = 20;

  private final BlockingQueue<TLSSocket> accepted = new LinkedBlockingQueue<>();
  private final Queue<TLSSocket> open = new ConcurrentLinkedQueue<>();
  private final Server server;
  private final Address address;

  /** Listens on a port of its own, and is asked for these features. */
  PairServer(
      Tls tls, ProtocolVersion version, PairIdentities identities, List<PairFeature> features)
      throws ExecutionException, TimeoutException, InterruptedException {
    ServerOptions.Builder options =
        ServerOptions.builder()
            .context(
                c ->
                    c.key(identities.server().key())
                        .cert(identities.server().chain())
                        .ca(identities.ca())
                        .minVersion(version)
                        .maxVersion(version));
    features.forEach(feature -> feature.server(options, identities));
    this.server = tls.createServer(options.build(), this::serve);
    this.address = PairConnection.within(server.listen(0, "127.0.0.1"));
  }

  private void serve(TLSSocket socket) {
    open.add(socket);
    accepted.add(socket);
    socket.pipeTo(socket);
  }

  /** Where it listens. */
  int port() {
    return address.port();
  }

  /** The server's side of a client's connection. */
  TLSSocket peerOf(TLSSocket client) throws TimeoutException, InterruptedException {
    int port = client.address().map(Address::port).orElse(0);
    TLSSocket next = next();
    while (next.remote().map(Address::port).orElse(0) != port) {
      next = next();
    }
    return next;
  }

  /** The next connection that is open, in the order in which they became so. */
  TLSSocket next() throws TimeoutException, InterruptedException {
    TLSSocket next = accepted.poll(ACCEPT_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new TimeoutException("no connection within " + ACCEPT_SECONDS + " s");
    }
    return next;
  }

  /** Destroys what is open, and waits until the last connection is gone. */
  void end() throws ExecutionException, TimeoutException, InterruptedException {
    server.close();
    open.forEach(TLSSocket::destroy);
    PairConnection.within(server.closed());
  }
}
