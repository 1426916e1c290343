package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.InsecureKeyLog;
import io.tlsport.ProtocolVersion;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.ServerCapture;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The secrets of connections, for those who ask for them by a loud name. */
@Requires(Capability.KEY_LOG)
public abstract class KeyLogContract extends ProviderContract {
  private static final List<String> TLS_1_3 =
      List.of(
          "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
          "CLIENT_TRAFFIC_SECRET_0",
          "EXPORTER_SECRET",
          "SERVER_HANDSHAKE_TRAFFIC_SECRET",
          "SERVER_TRAFFIC_SECRET_0");

  private Tls logging(InsecureKeyLog log) {
    return bench().tls(builder -> builder.insecureKeyLog(log));
  }

  /** A connection; the server's secureConnection is the last that happens. */
  private void connect(Tls clients, Tls servers, ProtocolVersion version) {
    ServerCapture server = bench().listen(servers, server(version).build());
    Capture client = bench().connect(clients, server.port(), client(version));
    client.awaitSecure();
    server.next().awaitSecure();
  }

  @Rule("24.1")
  @EachVersion
  void bothSidesTellTheSameSecrets(ProtocolVersion version) {
    Queue<String> client = new ConcurrentLinkedQueue<>();
    Queue<String> server = new ConcurrentLinkedQueue<>();
    Tls clients = logging(client::add);
    Tls servers = logging(server::add);
    connect(clients, servers, version);
    boolean tls13 = version == ProtocolVersion.TLS_1_3;
    for (String line : client) {
      assertTrue(
          line.matches(
              tls13
                  ? "[A-Z0_]+ [0-9a-f]{64} ([0-9a-f]{64}|[0-9a-f]{96})"
                  : "CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}"),
          "a line of another form");
    }
    List<String> labels = client.stream().map(line -> line.split(" ", -1)[0]).sorted().toList();
    assertEquals(tls13 ? TLS_1_3 : List.of("CLIENT_RANDOM"), labels);
    assertEquals(1, client.stream().map(line -> line.split(" ", -1)[1]).distinct().count());
    assertEquals(
        client.size(), client.stream().map(line -> line.split(" ", -1)[2]).distinct().count());
    assertTrue(new TreeSet<>(client).equals(new TreeSet<>(server)), "the sides tell different");
  }

  @Rule("24.2")
  @EachVersion
  void onlyWhoAsksIsTold(ProtocolVersion version) {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    Tls servers = logging(told::add);
    connect(tls(), servers, version);
    int before = told.size();
    assertTrue(before > 0);
    connect(tls(), tls(), version);
    assertEquals(before, told.size());
  }

  @Rule("24.3")
  @EachVersion
  void logThatThrowsDisturbsNothing(ProtocolVersion version) {
    Tls throwing =
        logging(
            line -> {
              throw new AssertionError("made by the test");
            });
    connect(throwing, throwing, version);
  }
}
