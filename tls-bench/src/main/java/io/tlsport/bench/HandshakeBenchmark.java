package io.tlsport.bench;

import io.tlsport.ProtocolVersion;
import io.tlsport.testpki.KeyKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A connection over loopback, client and server together, by the clock. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HandshakeBenchmark {
  /** Of both sides. */
  @Param({"jdk", "conscrypt", "bcjsse", "bctls"})
  public String provider = "jdk";

  /** Of both sides. TLS 1.3 resumes on jdk and conscrypt. */
  @Param({"TLSv1.2", "TLSv1.3"})
  public String version = "TLSv1.3";

  /** Whether the session of the connection before is resumed. */
  @Param({"false", "true"})
  public boolean resumed;

  private Fixture fixture = Fixture.NONE;

  private record Fixture(
      AutoCloseable server, AutoCloseable clients, AutoCloseable identities, Runnable connection) {
    static final Fixture NONE = new Fixture(() -> {}, () -> {}, () -> {}, () -> {});
  }

  /** Starts a server. */
  @Setup
  public void start() {
    ProtocolVersion chosen = ProtocolVersion.byId(version).orElseThrow();
    Row row = new Row(resumed ? Work.RESUME : Work.CONNECT, chosen, KeyKind.EC_P256, 1);
    Identities identities = new Identities();
    MeasuredServer server =
        new Contestant(Contestant.Kind.TLSPORT, provider).startHere(row, identities);
    Clients clients = new Clients(provider, identities);
    ConnectLoad load = new ConnectLoad(clients, row, server.port());
    load.once();
    load.once();
    if (resumed && load.resumed() == 0) {
      clients.close();
      server.close();
      identities.close();
      throw new IllegalStateException(provider + " resumes no session of " + version);
    }
    fixture = new Fixture(server, clients, identities, load::once);
  }

  /** One connection. */
  @Benchmark
  public void connection() {
    fixture.connection().run();
  }

  /** Ends the server. */
  @TearDown
  public void stop() throws Exception {
    fixture.clients().close();
    fixture.server().close();
    fixture.identities().close();
  }
}
