package io.tlsport.bench;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.testpki.KeyKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A server with many contexts.
 *
 * @param provider of it
 * @param contexts how many hosts it has, each with a context of its own
 * @param micros CPU time for a handshake with the host that came last
 * @param heap bytes that each context holds
 */
public record Hosts(String provider, int contexts, Spread micros, double heap) {
  private static final int COLLECTIONS = 3;
  private static final Row ROW = new Row(Work.CONNECT, ProtocolVersion.TLS_1_3, KeyKind.EC_P256, 4);

  /** Servers with so many contexts, in turns. */
  static List<Hosts> measure(
      String provider, List<Integer> counts, Identities identities, Clients clients, Plan plan) {
    List<HostServer> servers = new ArrayList<>();
    List<Load> loads = new ArrayList<>();
    try {
      for (int count : counts) {
        HostServer server = new HostServer(provider, count, identities);
        servers.add(server);
        loads.add(new ConnectLoad(clients.named(host(count - 1)), ROW, server.port()));
      }
      List<List<Double>> rounds = new ArrayList<>();
      servers.forEach(server -> rounds.add(new ArrayList<>()));
      Contestant ours = new Contestant(Contestant.Kind.TLSPORT, provider);
      for (int round = -1; round < plan.rounds(); round++) {
        for (int i = 0; i < servers.size(); i++) {
          long nanos = round < 0 ? plan.warmUp().toNanos() : plan.turn().toNanos();
          Sample sample = new Cell(ours, servers.get(i), loads.get(i), 1).sample(nanos);
          if (round >= 0) {
            rounds.get(i).add(sample.micros());
          }
        }
      }
      return IntStream.range(0, servers.size())
          .mapToObj(
              i ->
                  new Hosts(
                      provider, counts.get(i), Spread.of(rounds.get(i)), servers.get(i).heap()))
          .toList();
    } finally {
      servers.forEach(HostServer::close);
    }
  }

  private static String host(int index) {
    return "host-" + index + ".example";
  }

  /** One server with many hosts. */
  private static final class HostServer extends OwnThreads implements MeasuredServer {
    private final Tls tls;
    private final int port;
    private final double heap;

    HostServer(String provider, int count, Identities identities) {
      this.tls =
          Tls.builder()
              .provider(provider)
              .eventLoops(1)
              .handshakeExecutor(Runnable::run)
              .allowPartial(Capability.SESSION_RESUMPTION)
              .build();
      SecureContextOptions options =
          SecureContextOptions.builder()
              .key(identities.key(ROW.key()))
              .cert(identities.chain(ROW.key()))
              .minVersion(ROW.version())
              .maxVersion(ROW.version())
              .build();
      Server server =
          tls.createServer(
              ServerOptions.builder().secureContext(tls.createSecureContext(options)).build(),
              socket -> {
                worksHere();
                socket.onData(socket::write);
              });
      long before = used();
      List<SecureContext> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        SecureContext context = tls.createSecureContext(options);
        made.add(context);
        server.addContext(host(i), context);
      }
      this.heap = (used() - before) / (double) made.size();
      this.port = Clients.within(server.listen(0, "127.0.0.1")).port();
    }

    private static long used() {
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
      }
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    double heap() {
      return heap;
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public void close() {
      tls.close();
    }
  }
}
