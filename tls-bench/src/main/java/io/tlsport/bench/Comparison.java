package io.tlsport.bench;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Tls;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Servers of several providers, measured in one run. Everything runs in this JVM over loopback: TLS
 * with AES-128-GCM, X25519 and an ECDSA P-256 certificate. Not safe for several threads.
 */
public final class Comparison implements AutoCloseable {
  private static final int PARALLEL = 4;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Pairing> pairings = new ArrayList<>();
  private final TestIdentity identity =
      TestPki.shared().selfSigned(CertificateSpec.server("localhost").key(KeyKind.EC_P256));
  private final Clients clients;
  private double compiling;
  private double collecting;

  /**
   * A comparison of nothing.
   *
   * @param clientProvider what all clients run on
   */
  public Comparison(String clientProvider) {
    this.clients = new Clients(clientProvider, identity);
    open.add(clients);
  }

  /** The versions that are measured. */
  public static List<ProtocolVersion> versions() {
    return Cell.VERSIONS;
  }

  /** Whether Netty's SslHandler runs over that provider's engine. */
  public static boolean hasPeer(String provider) {
    return SslHandlerServer.isPossible(provider);
  }

  /** Whether a server of that provider and version resumes sessions. */
  public static boolean resumes(Tls provider, ProtocolVersion version) {
    return provider.capabilities().of(Capability.SESSION_RESUMPTION).covers(version);
  }

  /** Full handshakes against resumed ones, on the same server. */
  public void addResumption(String provider, ProtocolVersion version) {
    MeasuredServer server = ours(provider, version, Work.CONNECT);
    String name = provider + " " + version;
    pairings.add(
        new Pairing(
            provider,
            version,
            Work.CONNECT,
            new Cell(name + ", full", server, connect(server, version, false)),
            new Cell(name + ", resumed", server, connect(server, version, true))));
  }

  /** Netty's SslHandler against us, over the same engine. */
  public void addPeer(String provider, ProtocolVersion version, Work work) {
    MeasuredServer ours = ours(provider, version, work);
    MeasuredServer peer = new SslHandlerServer(provider, version, work, identity);
    open.add(peer);
    String name = provider + " " + version + " " + work;
    pairings.add(
        new Pairing(
            provider,
            version,
            work,
            new Cell(name + ", SslHandler", peer, load(peer, version, work)),
            new Cell(name + ", tlsport", ours, load(ours, version, work))));
  }

  private MeasuredServer ours(String provider, ProtocolVersion version, Work work) {
    MeasuredServer server = new TlsportServer(provider, version, work, identity);
    open.add(server);
    return server;
  }

  private Load load(MeasuredServer server, ProtocolVersion version, Work work) {
    return work == Work.CONNECT
        ? connect(server, version, false)
        : new FlowLoad(clients, server, version, work);
  }

  private Load connect(MeasuredServer server, ProtocolVersion version, boolean resume) {
    return new ConnectLoad(clients, server.port(), version, resume, PARALLEL);
  }

  /** Measures what was added; {@code progress} is told what runs. */
  public List<Outcome> run(Plan plan, Consumer<String> progress) {
    Rounds rounds = new Rounds(pairings, plan, progress);
    List<Outcome> outcomes = rounds.run();
    compiling = rounds.compiling();
    collecting = rounds.collecting();
    return outcomes;
  }

  /**
   * What part of the measured time a compiler ran on the other core; a run with much is no good.
   */
  public double compiling() {
    return compiling;
  }

  /** What part of the measured time memory was collected, which no server is charged with. */
  public double collecting() {
    return collecting;
  }

  @Override
  public void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
    open.clear();
  }
}
