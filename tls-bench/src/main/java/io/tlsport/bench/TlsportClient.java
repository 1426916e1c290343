package io.tlsport.bench;

import io.tlsport.Pem;
import java.util.List;

/** Clients of ours. */
final class TlsportClient extends OwnThreads implements MeasuredClient {
  private final Clients clients;
  private final ConnectLoad load;

  /** Clients of the server on that port. */
  TlsportClient(Contestant contestant, Row row, Identities identities, int port) {
    this.clients = new Clients(contestant, 1, List.of(Pem.read(identities.authorityFile())));
    this.load = new ConnectLoad(clients, row, port, this::worksHere);
  }

  @Override
  public void start() {
    load.start();
  }

  @Override
  public void stop() {
    load.stop();
  }

  @Override
  public void check() {
    load.check();
  }

  @Override
  public void close() {
    load.close();
    clients.close();
  }
}
